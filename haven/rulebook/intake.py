"""What a reporter is told and asked, in this order. File: intake.toml."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from haven.rulebook.form_kinds import FORM, FormKind, Told
from haven.rulebook.questions import (
    ANONYMOUS,
    MODES,
    NAMED,
    PREFER_NOT,
    Answers,
    Condition,
    Kind,
    Option,
    Question,
)
from haven.rulebook.words import Key, Keyed, Listed, Rules, Text, wrong


class Topic(StrEnum):
    """What must be told before someone writes. Leaving one out is not a choice of house style."""

    READERS = "readers"
    ANSWER_TIME = "answer_time"
    ANONYMOUS = "anonymous"
    CONFIDENTIALITY = "confidentiality"
    LIMITS = "limits"
    EMERGENCY = "emergency"
    NO_PROCEDURE = "no_procedure"
    DEFINITION = "definition"
    OWN_WORDS = "own_words"


class Block(Told):
    messages: bool | None = None  # only when messages_when_anonymous is this; None: always
    show_if: Condition | None = None  # only in `after`: by what was answered


class Danger(Rules):
    """Asked on the first page and the last: is anyone in danger now? The mark is the reporter's own."""

    asks: Text
    text: Text
    mark: Text
    mark_hint: Text


class Files(Rules):
    max_count: Annotated[int, Field(ge=0, le=50)]
    max_bytes: Annotated[int, Field(ge=1_000_000, le=2_000_000_000)]


class Step(Keyed):
    """One step of the guide that stands folded on the start page."""

    title: Text
    text: Text


class Intake(Rules):
    title: Text
    lead: Text
    messages_when_anonymous: bool
    form_hours_valid: Annotated[int, Field(ge=1, le=168)] = 48
    default_kind: Key
    kinds: Annotated[tuple[Listed, ...], Field(min_length=1)]
    files: Files
    danger: Danger
    before: tuple[Block, ...]
    steps: tuple[Step, ...] = ()
    after: tuple[Block, ...]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    forms: tuple[FormKind, ...] = ()

    @property
    def every(self) -> tuple[Question, ...]:
        """The general questions, and those that only one form asks."""
        return (*self.questions, *(question for form in self.forms for question in form.questions))

    def question(self, key: str) -> Question | None:
        return next((question for question in self.every if question.key == key), None)

    def form(self, answers: Answers) -> FormKind | None:
        """The form these answers belong to; None for the general questionnaire."""
        return next((form for form in self.forms if form.key == answers.get(FORM)), None)

    def asks(self, answers: Answers) -> tuple[Question, ...]:
        """All questions of this form or of the general questionnaire, in order, whatever their conditions."""
        form = self.form(answers)
        return tuple(q for key in form.asks if (q := self.question(key))) if form else self.questions

    def fits(self, answers: Answers) -> bool:
        """Whether this form is for who fills it in. Who rather does not say is never refused."""
        form, asked = self.form(answers), self.counted_as("audience")
        keys = {option.key for option in asked.chosen(answers)} if asked else set()
        return form is None or not form.audiences or not keys or bool(keys & {*form.audiences, PREFER_NOT})

    def offered(self, place: str, audience: str = "") -> tuple[FormKind, ...]:
        """The forms that are offered in a place, to who is of this audience."""
        fit = (form for form in self.forms if place in form.offered)
        return tuple(form for form in fit if place == "start" or not form.audiences or audience in form.audiences)

    def offered_after(self, question: str, answers: Answers) -> FormKind | None:
        """The form that is offered after a general question to who answered it so."""
        here = (one for one in self.forms if one.offered_if and one.offered_if.question == question)
        return next((one for one in here if one.offered_if and one.offered_if.holds(answers)), None)

    def told_before(self, answers: Answers) -> tuple[Told, ...]:
        """What is told before writing; a form puts its own text in the place of a general one."""
        form = self.form(answers)
        if form and form.letter:
            return form.before
        own = {told.key: told for told in form.before} if form else {}
        return tuple(own.get(block.key, block) for block in self.before)

    def counted_as(self, column: str) -> Question | None:
        """The question whose answer fills this column of the register."""
        return next((q for q in self.questions if q.counts_as == column), None)

    def mode(self, answers: Answers) -> str:
        """How much of oneself the reporter shows. Not answered means anonymous: the safest. A letter has a name."""
        if (form := self.form(answers)) and form.letter:
            return NAMED
        question = next(q for q in self.questions if q.kind is Kind.MODE)
        return next((option.key for option in question.chosen(answers)), ANONYMOUS)

    def wants_contact(self, answers: Answers) -> bool:
        """Whether the first-contact clock runs (R-000-16, R-000-17). Silence means yes."""
        return not any(option.declines_contact for q in self.every for option in q.chosen(answers))

    def guided(self, answers: Answers) -> frozenset[str]:
        """The guidance of institution.toml that these answers ask for."""
        return frozenset(o.guidance for q in self.asks(answers) for o in q.chosen(answers) if o.guidance)

    def afterwards(self, answers: Answers) -> tuple[Block, ...]:
        """What is told after sending, for these answers."""
        return tuple(b for b in self.after if b.show_if is None or b.show_if.holds(answers))

    def settled(self) -> Self:
        """A copy in which texts about anonymous messages fit `messages_when_anonymous` (R-004-13)."""
        on = self.messages_when_anonymous
        return self.model_copy(
            update={
                "before": tuple(b for b in self.before if b.messages in (None, on)),
                "after": tuple(b for b in self.after if b.messages in (None, on)),
                "questions": self.questions if on else tuple(_silent(q) for q in self.questions),
            }
        )

    @model_validator(mode="after")
    def tells_before_it_asks(self) -> Self:
        on = self.messages_when_anonymous
        told = [block.key for block in self.before if block.messages in (None, on)]
        missing = [str(topic) for topic in Topic if topic not in told]
        if missing:
            raise wrong(
                f"Before someone writes, this must be told too: {', '.join(missing)}.",
                "Add a [[before]] block with that key.",
            )
        if told.index(Topic.LIMITS) != told.index(Topic.CONFIDENTIALITY) + 1:
            raise wrong(
                "The limits of confidentiality must stand directly below the promise of it.",
                "Move the block “limits” to just after “confidentiality”.",
            )
        return self

    @model_validator(mode="after")
    def one_may_stay_anonymous(self) -> Self:
        modes = [q for q in self.questions if q.kind is Kind.MODE]
        if len(modes) != 1:
            raise wrong(
                f"There are {len(modes)} questions of the kind “mode”; there must be one.",
                "Ask once how much of themselves someone wants to show.",
            )
        keys = {option.key for option in modes[0].options}
        if ANONYMOUS not in keys or not keys <= {*MODES}:
            raise wrong(
                "The options of the question “mode” must include anonymous.",
                f"Use these option keys: {', '.join(MODES)}.",
            )
        return self


def _silent(question: Question) -> Question:
    """The question as it reads where nobody can answer an anonymous reporter."""
    return question.model_copy(update={"options": tuple(_silenced(o) for o in question.options)})


def _silenced(option: Option) -> Option:
    return option.model_copy(update={"note": option.note_without_messages or option.note})
