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
    return form() is not None


def form() -> FormKind | None:
    """The letter of complaint of this rulebook, when one can be written."""
    if shelf.current().routes.complaints is None:
        return None
    letters = [one for one in shelf.current().intake.forms if one.letter]
    return next((one for one in letters if regulation.entities(one.kind, localdate())), None)


def kind_of(answers: Answers) -> str:
    """The kind of the regulation that this letter asks to follow: what its form is counted as."""
    found = letter_of(answers) or form()
    return found.kind if found else ""


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
        return question.model_copy(update={"options": tuple(_entities(kind_of(answers)))})
    rules = rules_for(answers)
    listed = getattr(rules, question.draws) if rules else ()
    options = [Option(key=one.key, label=one.label, hint=one.hint) for one in listed]
    return question.model_copy(update={"options": tuple(options)})


def entity_of(answers: Answers) -> str:
    """The legal entity that is named, or the only one there is."""
    open_now = regulation.entities(kind_of(answers), localdate())
    asked = next((one for one in shelf.current().intake.asks(answers) if one.draws == ENTITY), None)
    named = str(answers.get(asked.key, "")) if asked else ""
    return named if named in open_now else next(iter(open_now), "")


def rules_for(answers: Answers) -> Procedure | None:
    """The regulation under which this letter would be handled today."""
    try:
        return regulation.in_force(kind_of(answers), entity_of(answers), localdate())
    except NoRegulation:
        return None


def _entities(kind: str) -> Iterator[Option]:
    names: dict[str, Text] = {one.key: one.name for one in shelf.current().institution.entities}
    yield from (Option(key=key, label=names[key]) for key in regulation.entities(kind, localdate()))
