"""The pages of the way from the first word to sending, and how one gets from each to the next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from haven.intake import letters, questionnaire
from haven.intake.state import Draft
from haven.intake.team import team_of
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FORM, FormKind
from haven.rulebook.questions import CONFIDENTIAL, Kind, Question

START, READERS, KEEPER, CHECK, CODE = "start", "readers", "keeper", "check", "code"
NOT_FOR = "not_for"  # after the question who one is, of a form that is for others
OFFER = "offer"  # after a question that can also be answered with a form of its own
ASK = "ask:"  # before the key of a question, so that no question can take the name of another page
FORWARD = frozenset({"next", "add", "send"})
"""The buttons that ask for the page to be in order. All others lead away from it, with what was typed."""


def steps(draft: Draft) -> list[str]:
    """Every page of this draft, in order. Depends on the answers: an answer can add and remove pages."""
    answers = draft.clean
    asked = list(_asked(draft))
    intake = shelf.current().intake
    if not intake.fits(answers):
        return [START, asked[0], NOT_FOR]
    keeper = [KEEPER] if intake.mode(answers) == CONFIDENTIAL else []
    return [START, *asked, READERS, *keeper, CHECK, CODE]


def _asked(draft: Draft) -> Iterator[str]:
    """The questions, and after one of them perhaps another way on."""
    for question in draft.asked:
        yield ASK + question.key
        if letters.offered_after(question.key, draft.clean):
            yield OFFER


def question_of(step: str, draft: Draft) -> Question | None:
    """The question of a page, with what there is to choose."""
    question = shelf.current().intake.question(step.removeprefix(ASK)) if step.startswith(ASK) else None
    return letters.with_options(question, draft.clean) if question else None


def offer(draft: Draft) -> FormKind | None:
    """The form that is offered on the way, when the draft stands where it is."""
    found = (letters.offered_after(question.key, draft.clean) for question in draft.asked)
    return next((form for form in found if form), None)


def press(draft: Draft, button: str, what: str = "") -> Draft:
    """Where a button leads. `what` says more: which page to change, which route to take, which file to remove."""
    if button in _MOVES:
        return _MOVES[button](draft)
    if button == "change":
        return replace(at(draft, what), changing=True)
    if button == "route":
        return replace(draft, route=what)
    if button == "form":
        return _take_form(draft, what)
    if button == "remove":
        return replace(draft, files=tuple(one for one in draft.files if one.info.blob.hex != what))
    return draft


def _take_form(draft: Draft, key: str) -> Draft:
    """Another form, or the general questions when there is no such form. What was answered stays."""
    answers = {**draft.answers, FORM: key}
    form = shelf.current().intake.form(answers)
    if form is None:
        answers.pop(FORM)
    start = replace(draft, answers=answers, route="", seen=frozenset(), changing=False)
    return at(start, START) if form else _forward(at(start, START))


def at(draft: Draft, step: str) -> Draft:
    """The same draft, standing at another page. To look everything over ends a change."""
    known = step if step in steps(draft) else START
    return replace(draft, at=known, seen=draft.seen | {known}, changing=draft.changing and known != CHECK)


def _forward(draft: Draft) -> Draft:
    """The next page. In the middle of a change, only pages that were not seen yet come before looking it all over."""
    later = [step for step in steps(draft) if _place(draft, step) > _place(draft, draft.at)]
    if draft.changing:
        later = [step for step in later if step not in draft.seen or step == CHECK]
    return at(draft, next(iter(later), CODE))


def _back(draft: Draft) -> Draft:
    earlier = [step for step in steps(draft) if _place(draft, step) < _place(draft, draft.at)]
    return replace(at(draft, earlier[-1] if earlier else START), changing=False)


def _unanswered(draft: Draft) -> Draft:
    """Who skips a question says nothing there, also not what was typed and is not meant to be sent."""
    question = question_of(draft.at, draft)
    return draft.answered(question.key, None) if question else draft


def _more(draft: Draft) -> Draft:
    """Room for one person more."""
    question = question_of(draft.at, draft)
    people = draft.answers.get(question.key) if question and question.kind is Kind.PEOPLE else None
    return draft.answered(question.key, [*(people or []), {}]) if question else draft


def _skip(draft: Draft) -> Draft:
    return _forward(_unanswered(draft))


_MOVES = {"next": _forward, "skip": _skip, "back": _back, "more": _more}


def _place(draft: Draft, step: str) -> int:
    """Where a page stands among all pages there are, also when this draft does not pass it any more."""
    intake = shelf.current().intake
    first, *asked = (ASK + question.key for question in intake.asks(draft.answers))
    for form in intake.forms:
        if form.offered_if and (step_before := ASK + form.offered_if.question) in (first, *asked):
            asked.insert([first, *asked].index(step_before), OFFER)
    every = [START, first, NOT_FOR, *asked, READERS, KEEPER, CHECK, CODE]
    return every.index(step) if step in every else 0


@dataclass(frozen=True)
class Progress:
    """Question `now` of about `all`: an answer can still add or remove questions."""

    now: int
    all: int


def progress(draft: Draft) -> Progress | None:
    asked = [step for step in steps(draft) if step.startswith(ASK)]
    return Progress(asked.index(draft.at) + 1, len(asked)) if draft.at in asked else None


def number(draft: Draft) -> int:
    """For the title of the page: it says how far, and not what."""
    order = steps(draft)
    return order.index(draft.at) + 1 if draft.at in order else 1


def obstacle(draft: Draft) -> str | None:
    """The page to see to before sending: an answer that is missing, readers not shown yet, no keeper chosen."""
    if unfit := questionnaire.first_unfit(draft.answers):
        return ASK + unfit.key
    now = team_of(draft)
    left = {one.kid for one in now.left}
    if not now.enough or not left <= draft.shown:
        return READERS
    return KEEPER if KEEPER in steps(draft) and not now.knows(draft.keeper, draft.deputy) else None
