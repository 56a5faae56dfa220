"""Do the forms and the governing procedures fit the rest of the rulebook?"""

from collections import Counter
from collections.abc import Iterable, Iterator

from haven.rulebook.book import Rulebook
from haven.rulebook.crosscheck import INTAKE, ROUTES, looks_at
from haven.rulebook.form_kinds import FORM, FormKind
from haven.rulebook.problems import near
from haven.rulebook.questions import Condition, Question
from haven.rulebook.words import Problem


def check(book: Rulebook) -> Iterator[Problem]:
    yield from _keys_are_unique(book)
    for n, form in enumerate(book.intake.forms):
        path = f"forms[{n}]"
        yield from _names_what_exists(book, form, path)
        yield from _asks_in_order(book, form, path)
        yield from _looks_back(book, form, path)
        yield from _asks_for_whom_it_is(book, form, path)
        yield from _says_who_reads(book, form, path)
        yield from _is_offered_where_it_is_asked(book, form, path)
    yield from _governing_is_known(book)
    yield from _steps_lead_somewhere(book)


def _keys_are_unique(book: Rulebook) -> Iterator[Problem]:
    forms = [form.key for form in book.intake.forms]
    own = [question.key for form in book.intake.forms for question in form.questions]
    every = [question.key for question in book.intake.every]
    remedy = "Give each its own key: answers are found by it."
    for path, keys, among in (("forms", forms, forms), ("forms.questions", own, every)):
        for key in dict.fromkeys(keys):
            if (times := among.count(key)) > 1:
                yield Problem(INTAKE, path, f"The key “{key}” is used {times} times.", remedy)
    if FORM in every:
        says = f"“{FORM}” cannot be the key of a question: Haven keeps the form itself under it."
        yield Problem(INTAKE, "questions", says, "Choose another key.")


def _names_what_exists(book: Rulebook, form: FormKind, path: str) -> Iterator[Problem]:
    yield from _known(INTAKE, f"{path}.kind", "kind", [form.kind], [kind.key for kind in book.intake.kinds])
    yield from _known(INTAKE, f"{path}.audiences", "audience", form.audiences, [one.key for one in book.audiences])
    routes = [route.key for route in book.routes]
    yield from _known(INTAKE, f"{path}.route", "route", [form.route] if form.route else [], routes)
    told = [block.key for block in book.intake.before]
    if not form.letter:
        yield from _known(INTAKE, f"{path}.before", "text", [block.key for block in form.before], told)
    elif "anonymous" not in [block.key for block in form.before]:
        says = "Before a letter of complaint, it must be told that it cannot be anonymous."
        yield Problem(INTAKE, f"{path}.before", says, "Add [[forms.before]] with the key anonymous.")


def _asks_in_order(book: Rulebook, form: FormKind, path: str) -> Iterator[Problem]:
    """Every question exists and is asked once."""
    known = [*(q.key for q in book.intake.questions), *(q.key for q in form.questions)]
    yield from _known(INTAKE, f"{path}.asks", "question", form.asks, known)
    for key, times in Counter(form.asks).items():
        if times > 1:
            yield Problem(INTAKE, f"{path}.asks", f"“{key}” is asked {times} times.", "Ask it once.")
    for question in form.questions:
        if question.counted or question.key not in form.asks:
            says = f"“{question.key}” is a question of this form, but it is counted, or not asked."
            yield Problem(INTAKE, f"{path}.questions", says, "Leave out `counted`, and add its key to `asks`.")


def _looks_back(book: Rulebook, form: FormKind, path: str) -> Iterator[Problem]:
    asked = book.intake.asks({FORM: form.key})
    for n, question in enumerate(asked):
        if question.show_if:
            yield from _condition(book, question.show_if, f"{path}.asks[{n}]", asked, asked[:n])


def _condition(
    book: Rulebook, condition: Condition, path: str, asked: tuple[Question, ...], earlier: tuple[Question, ...]
) -> Iterator[Problem]:
    """A question of the general list that this form leaves out counts as not answered."""
    if condition.question in [question.key for question in asked] or book.intake.question(condition.question) is None:
        yield from looks_at(INTAKE, path, condition, asked, earlier)
    elif condition.any_of or condition.all_of:
        says = f"This would never be asked: this form does not ask “{condition.question}”."
        yield Problem(INTAKE, path, says, f"Add “{condition.question}” before it, or leave this question out.")


def _asks_for_whom_it_is(book: Rulebook, form: FormKind, path: str) -> Iterator[Problem]:
    asked = book.intake.counted_as("audience")
    if form.audiences and (asked is None or form.asks[0] != asked.key):
        says = "This form is for some audiences, but does not begin by asking who one is."
        yield Problem(INTAKE, f"{path}.asks", says, f"Put “{asked.key if asked else 'audience'}” first.")


def _is_offered_where_it_is_asked(book: Rulebook, form: FormKind, path: str) -> Iterator[Problem]:
    if form.offered_if:
        questions = book.intake.questions
        yield from looks_at(INTAKE, f"{path}.offered_if", form.offered_if, questions, questions)


def _says_who_reads(book: Rulebook, form: FormKind, path: str) -> Iterator[Problem]:
    if form.route and form.route != book.routes.first_for({}).key and "readers" not in [one.key for one in form.before]:
        says = "This form goes to readers of its own, and the general text about who reads is then not true."
        yield Problem(INTAKE, f"{path}.before", says, "Add [[forms.before]] with the key readers.")


def _governing_is_known(book: Rulebook) -> Iterator[Problem]:
    entities, provisions = [one.key for one in book.institution.entities], [one.key for one in book.provisions]
    questions = book.intake.questions
    for n, one in enumerate(book.routes.governing):
        path = f"governing[{n}]"
        yield from looks_at(ROUTES, f"{path}.when", one.when, questions, questions)
        yield from _known(ROUTES, f"{path}.entity", "entity", [one.entity] if one.entity else [], entities)
        yield from _known(ROUTES, f"{path}.turn_to", "provision", one.turn_to, provisions)


def _steps_lead_somewhere(book: Rulebook) -> Iterator[Problem]:
    provisions = [one.key for one in book.provisions]
    for n, audience in enumerate(book.audiences):
        keys = [step.provision for step in audience.steps if step.provision]
        yield from _known("audiences.toml", f"audiences[{n}].steps", "provision", keys, provisions)


def _known(file: str, path: str, what: str, keys: Iterable[str], known: list[str]) -> Iterator[Problem]:
    for key in keys:
        if key not in known:
            yield Problem(file, path, f"There is no {what} “{key}”.", near(key, known))
