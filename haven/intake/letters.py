"""The questions of a letter of complaint whose options stand in a regulation; and whether a letter can be written."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from haven.complaints import regulation
from haven.complaints.regulation import NoRegulation
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FormKind
from haven.rulebook.procedure import Procedure
from haven.rulebook.questions import Answers, Option, Question
from haven.rulebook.words import Text

ENTITY = "entities"


def letter_of(answers: Answers) -> FormKind | None:
    """The form, when these answers are a letter of complaint."""
    found = shelf.current().intake.form(answers)
    return found if found and found.letter else None


def possible() -> bool:
    """Whether there is a regulation in force, and somebody who keeps complaints."""
    return shelf.current().routes.complaints is not None and bool(regulation.entities(localdate()))


def form() -> FormKind | None:
    """The letter of complaint of this rulebook, when one can be written."""
    return next((one for one in shelf.current().intake.forms if one.letter), None) if possible() else None


def offered_after(question: str, answers: Answers) -> FormKind | None:
    """The letter that is offered to who answers a general question so; None where none can be written."""
    found = None if letter_of(answers) else shelf.current().intake.offered_after(question, answers)
    return found if found and (possible() or not found.letter) else None


def asks(answers: Answers) -> Iterator[Question]:
    """The questions, with the options of the regulation. What that leaves nothing to choose in is not asked."""
    for question in shelf.current().intake.asks(answers):
        drawn = with_options(question, answers)
        if not question.draws or len(drawn.options) > 1:
            yield drawn


def with_options(question: Question, answers: Answers) -> Question:
    if not question.draws:
        return question
    if question.draws == ENTITY:
        return question.model_copy(update={"options": tuple(_entities())})
    rules = rules_for(answers)
    listed = getattr(rules, question.draws) if rules else ()
    options = [Option(key=one.key, label=one.label, hint=one.hint) for one in listed]
    return question.model_copy(update={"options": tuple(options)})


def entity_of(answers: Answers) -> str:
    """The legal entity that is named, or the only one there is."""
    open_now = regulation.entities(localdate())
    asked = next((one for one in shelf.current().intake.asks(answers) if one.draws == ENTITY), None)
    named = str(answers.get(asked.key, "")) if asked else ""
    return named if named in open_now else next(iter(open_now), "")


def rules_for(answers: Answers) -> Procedure | None:
    """The regulation under which this letter would be handled today."""
    try:
        return regulation.in_force(entity_of(answers), localdate())
    except NoRegulation:
        return None


def _entities() -> Iterator[Option]:
    names: dict[str, Text] = {one.key: one.name for one in shelf.current().institution.entities}
    yield from (Option(key=key, label=names[key]) for key in regulation.entities(localdate()))
