"""What no file can know alone: do the files speak of the same things, and in the right order?"""

from collections import Counter
from collections.abc import Iterable, Iterator

from haven.rulebook.book import Rulebook
from haven.rulebook.counsellors import NOTIFICATION
from haven.rulebook.problems import near
from haven.rulebook.questions import PREFER_NOT, Condition, Question
from haven.rulebook.routes import NOT_A_REPORT
from haven.rulebook.words import Keyed, Problem

INTAKE, ROUTES, PROVISIONS = "intake.toml", "routes.toml", "provisions.toml"
AFTERCARE, VOICES = "aftercare.toml", "voices.toml"


def check(book: Rulebook) -> Iterator[Problem]:
    yield from _keys_are_unique(book)
    yield from _conditions_look_back(book)
    yield from _columns_are_filled_once(book)
    yield from _kinds_are_known(book)
    yield from _what_is_no_report_is_counted_apart(book)
    yield from _audiences_are_known(book)
    yield from _pages_of_audiences_are_known(book)
    yield from _provisions_are_for_someone(book)
    yield from _routes_lead_somewhere(book)
    yield from _advisers_belong_to_a_team(book)
    yield from _counsellors_are_counted_apart(book)
    yield from _seats_belong_somewhere(book)
    yield from _every_unit_can_be_named(book)
    yield from _columns_are_kept_once(book)
    yield from _letterheads_are_of_an_entity(book)
    yield from _guidance_is_there(book)
    yield from _input_is_read_here(book)


def _keys_are_unique(book: Rulebook) -> Iterator[Problem]:
    lists: list[tuple[str, str, Iterable[Keyed]]] = [
        ("audiences.toml", "audiences", book.audiences),
        (PROVISIONS, "provisions", book.provisions),
        (INTAKE, "questions", book.intake.questions),
        (INTAKE, "before", book.intake.settled().before),
        (INTAKE, "kinds", book.intake.kinds),
        (ROUTES, "routes", book.routes),
        (ROUTES, "adviser_kinds", [*book.routes, *book.routes.adviser_kinds, book.routes.counsellors, *_seats(book)]),
        (ROUTES, "languages", book.routes.languages),
        (ROUTES, "outcomes", book.routes.outcomes),
        (ROUTES, "actions", book.routes.actions),
        (ROUTES, "consent", book.routes.consent),
        (ROUTES, "risk_grounds", book.routes.risk_grounds),
        (ROUTES, "destinations", book.destinations()),
        *_small_lists(book),
    ]
    lists += [(INTAKE, f"questions[{n}].options", question.options) for n, question in enumerate(book.intake.questions)]
    kinds = book.routes.adviser_kinds
    lists += [(ROUTES, f"adviser_kinds[{n}].trainings", kind.trainings) for n, kind in enumerate(kinds)]
    for file, path, items in lists:
        for key, times in Counter(item.key for item in items).items():
            if times > 1:
                yield Problem(
                    file,
                    path,
                    f"The key “{key}” is used {times} times in this list.",
                    "Give each its own key: answers and counts are found by it.",
                )


def _seats(book: Rulebook) -> Iterable[Keyed]:
    return book.routes.complaints.pools if book.routes.complaints else ()


def _small_lists(book: Rulebook) -> list[tuple[str, str, Iterable[Keyed]]]:
    institution, care = book.institution, book.aftercare
    return [
        ("institution.toml", "entities", institution.entities),
        ("institution.toml", "units", institution.units),
        (AFTERCARE, "check_ins", care.check_ins),
        (AFTERCARE, "steps", care.steps),
        (AFTERCARE, "evaluation", care.evaluation),
        ("privacy.toml", "rights", book.privacy.rights),
        ("privacy.toml", "decisions", book.privacy.decisions),
        ("privacy.toml", "answers", book.privacy.answers),
        (VOICES, "kinds", book.voices.kinds),
        (VOICES, "sources", book.voices.sources),
    ]


def _conditions_look_back(book: Rulebook) -> Iterator[Problem]:
    """A question may look at earlier ones only; a closing text and a route at all."""
    questions = book.intake.questions
    looks = [(INTAKE, f"questions[{n}].show_if", q.show_if, questions[:n]) for n, q in enumerate(questions)]
    looks += [(INTAKE, f"after[{n}].show_if", b.show_if, questions) for n, b in enumerate(book.intake.after)]
    looks += [(ROUTES, f"routes[{n}].when", route.when, questions) for n, route in enumerate(book.routes)]
    for file, path, condition, earlier in looks:
        if condition:
            yield from looks_at(file, path, condition, questions, earlier)


def looks_at(
    file: str, path: str, condition: Condition, all_: Iterable[Question], earlier: Iterable[Question]
) -> Iterator[Problem]:
    """A condition may only look at options of a question that was asked before."""
    by_key = {question.key: question for question in earlier}
    asked = by_key.get(condition.question)
    if asked and asked.draws:
        return  # the keys of a regulation
    if asked:
        known = [option.key for option in asked.options]
        for option in condition.options():
            if option not in known:
                says = f"The question “{asked.key}” has no option “{option}”."
                yield Problem(file, path, says, near(option, known))
    elif any(question.key == condition.question for question in all_):
        says = f"This condition looks at “{condition.question}”, which is asked later or is this question."
        yield Problem(file, path, says, "Move that question up, or use an earlier question.")
    else:
        says = f"This condition looks at the question “{condition.question}”, which does not exist."
        yield Problem(file, path, says, near(condition.question, list(by_key)))


def _columns_are_filled_once(book: Rulebook) -> Iterator[Problem]:
    columns = Counter(q.counts_as for q in book.intake.questions if q.counts_as)
    for column, times in columns.items():
        if times > 1:
            says = f"{times} questions count as “{column}”."
            yield Problem(INTAKE, "questions", says, "Let one question fill each column.")


def _guidance_is_there(book: Rulebook) -> Iterator[Problem]:
    known = [one.key for one in book.institution.emergency.guidance]
    for option in (option for question in book.intake.every for option in question.options):
        if option.guidance and option.guidance not in known:
            says = f"The option “{option.key}” asks for the guidance “{option.guidance}”, which does not exist."
            yield Problem(INTAKE, "questions", says, near(option.guidance, known))


def _input_is_read_here(book: Rulebook) -> Iterator[Problem]:
    """On a route of staff: what is read outside cannot be answered within days."""
    teams, team = [route.key for route in book.routes if not route.outside], book.voices.team
    if team not in teams:
        yield Problem(VOICES, "team", f"“{team}” is not a team that reads with Haven.", near(team, teams))


def _kinds_are_known(book: Rulebook) -> Iterator[Problem]:
    kinds = [kind.key for kind in book.intake.kinds]
    remedy = "Add a line to [[kinds]], or set counts_as to one of them."
    if book.intake.default_kind not in kinds:
        says = f"default_kind “{book.intake.default_kind}” is not in [[kinds]]."
        yield Problem(INTAKE, "default_kind", says, remedy)
    for n, question in enumerate(book.intake.questions):
        for m, option in enumerate(question.options if question.counts_as == "kind" else ()):
            if (option.counts_as or option.key) not in kinds:
                says = f"“{option.key}” counts as no kind that is in [[kinds]]."
                yield Problem(INTAKE, f"questions[{n}].options[{m}].counts_as", says, remedy)


def _what_is_no_report_is_counted_apart(book: Rulebook) -> Iterator[Problem]:
    lists = ((INTAKE, "kinds", book.intake.kinds), (ROUTES, "outcomes", book.routes.outcomes))
    for file, path, lines in lists:
        if NOT_A_REPORT not in [line.key for line in lines]:
            says = f"What turns out to be spam has no line “{NOT_A_REPORT}” here."
            yield Problem(file, path, says, f"Add a line with that key to [[{path}]]: it is counted apart.")


def _audiences_are_known(book: Rulebook) -> Iterator[Problem]:
    known = [audience.key for audience in book.audiences]
    for n, question in enumerate(book.intake.questions):
        for m, option in enumerate(question.options if question.counts_as == "audience" else ()):
            if option.key not in (*known, PREFER_NOT):
                says = f"“{option.key}” is not an audience of audiences.toml."
                yield Problem(INTAKE, f"questions[{n}].options[{m}].key", says, near(option.key, known))
    provisions = [provision.key for provision in book.provisions]
    for n, audience in enumerate(book.audiences):
        if audience.redirect_to and audience.redirect_to not in provisions:
            says = f"“{audience.redirect_to}” is not a provision of provisions.toml."
            remedy = near(audience.redirect_to, provisions)
            yield Problem("audiences.toml", f"audiences[{n}].redirect_to", says, remedy)


def _pages_of_audiences_are_known(book: Rulebook) -> Iterator[Problem]:
    own = [audience.key for audience in book.audiences if not audience.page]
    for n, audience in enumerate(book.audiences):
        named = [(f"elsewhere[{m}].page", one.page) for m, one in enumerate(audience.elsewhere)]
        for field, key in (("page", audience.page), *named):
            if key and key not in own:
                says = f"“{key}” is not an audience with a page of its own."
                yield Problem("audiences.toml", f"audiences[{n}].{field}", says, near(key, own))


def _provisions_are_for_someone(book: Rulebook) -> Iterator[Problem]:
    audiences = [audience.key for audience in book.audiences]
    asked = book.intake.counted_as("category")
    categories = [option.key for option in asked.options] if asked else []
    for n, provision in enumerate(book.provisions):
        for name, keys, known in (
            ("for_audiences", provision.for_audiences, audiences),
            ("for_categories", provision.for_categories, categories),
            ("languages", provision.languages, [one.key for one in book.routes.languages]),
        ):
            for key in keys:
                if key not in known:
                    says = f"“{provision.key}” has in {name} “{key}”, which does not exist."
                    yield Problem(PROVISIONS, f"provisions[{n}].{name}", says, near(key, known))


def _routes_lead_somewhere(book: Rulebook) -> Iterator[Problem]:
    known = [route.key for route in book.routes]
    following = {route.key: route.next for route in book.routes}
    for n, route in enumerate(book.routes):
        if route.next and route.next not in known:
            says = f"The next route “{route.next}” does not exist."
            yield Problem(ROUTES, f"routes[{n}].next", says, near(route.next, known))
            continue
        seen, step = {route.key}, route.next
        while step and step not in seen:
            seen.add(step)
            step = following.get(step)
        if step == route.key:
            says = f"From “{route.key}” the next routes lead back to itself."
            yield Problem(ROUTES, f"routes[{n}].next", says, "Leave `next` out of the last route.")


def _advisers_belong_to_a_team(book: Rulebook) -> Iterator[Problem]:
    """A team that opens nothing here can give nothing to an adviser."""
    teams = [route.key for route in book.routes if not route.outside]
    provisions = [provision.key for provision in book.provisions]
    for n, kind in enumerate(book.routes.adviser_kinds):
        if kind.team not in teams:
            says = f"“{kind.team}” is not a team that reads with Haven."
            yield Problem(ROUTES, f"adviser_kinds[{n}].team", says, near(kind.team, teams))
        if kind.provision not in provisions:
            says = f"“{kind.provision}” is not a provision of provisions.toml."
            yield Problem(ROUTES, f"adviser_kinds[{n}].provision", says, near(kind.provision, provisions))


def _counsellors_are_counted_apart(book: Rulebook) -> Iterator[Problem]:
    counsellors, capacity = book.routes.counsellors, book.intake.counted_as("capacity")
    teams = [route.key for route in book.routes if not route.outside]
    if counsellors.team not in teams:
        says = f"“{counsellors.team}” is not a team that reads with Haven."
        yield Problem(ROUTES, "counsellors.team", says, near(counsellors.team, teams))
    known = [option.counts_as or option.key for option in capacity.options] if capacity else []
    if counsellors.capacity not in known:
        says = f"“{counsellors.capacity}” is no answer to the question that counts as capacity."
        yield Problem(ROUTES, "counsellors.capacity", says, near(counsellors.capacity, known))
    if NOTIFICATION not in [kind.key for kind in book.intake.kinds]:
        says = f"What somebody tells a confidential counsellor has no line “{NOTIFICATION}” here."
        yield Problem(INTAKE, "kinds", says, "Add a line with that key to [[kinds]]: it is counted apart.")


def _seats_belong_somewhere(book: Rulebook) -> Iterator[Problem]:
    office, entities = book.routes.complaints, [one.key for one in book.institution.entities]
    teams = [route.key for route in book.routes if not route.outside]
    if office is None:
        return
    if office.team not in teams:
        yield Problem(
            ROUTES, "complaints.team", f"“{office.team}” is not a team that reads with Haven.", near(office.team, teams)
        )
    for n, pool in enumerate(office.pools):
        if pool.team != office.team:
            says = f"The keys of “{pool.key}” would be confirmed by others than the complaints officers."
            yield Problem(ROUTES, f"complaints.pools[{n}].team", says, f"Set it to “{office.team}”.")
        if pool.entity and pool.entity not in entities:
            says = f"“{pool.entity}” is not an entity of institution.toml."
            yield Problem(ROUTES, f"complaints.pools[{n}].entity", says, near(pool.entity, entities))


def _every_unit_can_be_named(book: Rulebook) -> Iterator[Problem]:
    """A unit that is no option of the question would keep nobody out, and nobody would notice."""
    units = [unit.key for unit in book.institution.units]
    asked = {question.key: question for question in book.intake.every if question.compartment == "report"}
    for n, route in enumerate(book.routes):
        path, key = f"routes[{n}].exclude_same_unit", route.exclude_same_unit
        if key is not None and key not in asked:
            yield Problem(ROUTES, path, f"There is no question “{key}” that could name a unit.", near(key, list(asked)))
        elif key is not None:
            for unit in units:
                if asked[key].option(unit) is None:
                    says = f"The question “{key}” has no option “{unit}”, so nobody can say that it is about that unit."
                    yield Problem(ROUTES, path, says, "Give it one option for each unit of institution.toml.")


def _columns_are_kept_once(book: Rulebook) -> Iterator[Problem]:
    columns = Counter((keep.table, column) for keep in book.retention.keep for column in keep.columns)
    for (table, column), times in columns.items():
        if times > 1:
            says = f"“{table}.{column}” has {times} rules."
            yield Problem("retention.toml", "keep", says, "Keep one rule for each column.")


def _letterheads_are_of_an_entity(book: Rulebook) -> Iterator[Problem]:
    known = [entity.key for entity in book.institution.entities]
    for n, head in enumerate(book.papers.letterheads):
        if head.entity not in known:
            says = f"“{head.entity}” is no legal entity of institution.toml."
            yield Problem("papers.toml", f"letterheads[{n}].entity", says, near(head.entity, known))
