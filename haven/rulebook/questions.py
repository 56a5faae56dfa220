"""The words in which a questionnaire is written: question, option, condition. Part of intake.toml."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from haven.rulebook.words import Key, Keyed, Rules, Text, wrong

PREFER_NOT = "prefer_not"  # the option "I would rather not say", wherever it stands
ANONYMOUS, CONFIDENTIAL, NAMED = "anonymous", "confidential", "named"
MODES = (ANONYMOUS, CONFIDENTIAL, NAMED)

type Answers = Mapping[str, Any]
"""Question key → option key, list of option keys, text, or for a `when`: {"choice": …, "words": …}."""


class Kind(StrEnum):
    CHOICE = "choice"  # one option
    CHOICES = "choices"  # any number of options
    WORDS = "words"  # a line of text
    STORY = "story"  # as much text as one wants
    WHEN = "when"  # an option and, if one likes, a few words: memory is not a diary
    FILES = "files"
    MODE = "mode"  # how much of oneself to show: options anonymous, confidential, named
    CONTACT = "contact"  # in which way to be reached
    DAY = "day"  # one day
    PERIOD = "period"  # from a day until a day, either of which may be left out, and whether it happened more often
    PEOPLE = "people"  # one or more people: name, function, and one of the options, which say what they are here


WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.WHEN, Kind.MODE, Kind.CONTACT, Kind.PEOPLE})
COUNTABLE = ("kind", "category", "audience", "capacity", "mode")
"""The columns of the register that answers may fill. Free text is never among them."""


def chosen(answer: object) -> tuple[str, ...]:
    """The option keys in an answer, whatever its shape."""
    match answer:
        case str():
            return (answer,) if answer else ()
        case list() | tuple():
            return tuple(str(key) for key in answer)
        case {"choice": str(key)}:
            return (key,) if key else ()
        case _:
            return ()


class Condition(Rules):
    """Holds or not, by what was chosen at an earlier question. Not answered means nothing chosen."""

    question: Key
    any_of: tuple[Key, ...] = ()
    all_of: tuple[Key, ...] = ()
    none_of: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def asks_something(self) -> Self:
        if not self.options():
            raise wrong(
                "This condition names no options, so it never decides anything.",
                "Add any_of, all_of or none_of with one or more option keys.",
            )
        return self

    def options(self) -> tuple[str, ...]:
        return (*self.any_of, *self.all_of, *self.none_of)

    def holds(self, answers: Answers) -> bool:
        keys = {*chosen(answers.get(self.question))}
        return (
            (not self.any_of or bool(keys & {*self.any_of})) and keys >= {*self.all_of} and not keys & {*self.none_of}
        )


class Option(Keyed):
    label: Text
    short: Text | None = None  # for the title of a case, where the label is a whole sentence
    hint: Text | None = None
    note: Text | None = None  # shown when chosen
    note_without_messages: Text | None = None  # in its place when messages_when_anonymous = false
    counts_as: Key | None = None  # a coarser value for the register
    declines_contact: bool = False
    guidance: Key | None = None  # one of emergency.guidance: its lines to call are shown to who chooses this

    def name(self) -> Text:
        return self.short or self.label


class Question(Keyed):
    kind: Kind
    asks: Text
    why: Text
    hint: Text | None = None
    content_note: Text | None = None  # before strong examples; the page offers a way around them
    options: tuple[Option, ...] = ()
    draws: Literal["entities", "categories", "grounds_of_discrimination"] | None = (
        None  # its options: of the regulation
    )
    required: bool = False
    counted: bool = False
    counts_as: Literal["kind", "category", "audience", "capacity", "mode"] | None = None
    compartment: Literal["report", "identity"] = "report"
    show_if: Condition | None = None
    max_characters: Annotated[int, Field(ge=1, le=200_000)] = 20_000

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)

    def chosen(self, answers: Answers) -> tuple[Option, ...]:
        """The options chosen, in the order of the question; unknown keys are left out."""
        keys = chosen(answers.get(self.key))
        return tuple(option for option in self.options if option.key in keys)

    def coarse(self, answers: Answers) -> tuple[str, ...]:
        """What the register may hold of the answer: option keys or what they count as, once each."""
        return tuple(dict.fromkeys(option.counts_as or option.key for option in self.chosen(answers)))

    @model_validator(mode="after")
    def options_where_they_belong(self) -> Self:
        if self.kind in WITH_OPTIONS and len(self.options) < 2 and not self.draws:
            raise wrong(
                f"A question of the kind “{self.kind}” needs at least two options.",
                "Add [[questions.options]] below it, or make it a question in words.",
            )
        if self.kind not in WITH_OPTIONS and self.options:
            raise wrong(
                f"A question of the kind “{self.kind}” has no options.",
                "Remove the options, or change the kind to choice or choices.",
            )
        return self

    @model_validator(mode="after")
    def only_choices_are_counted(self) -> Self:
        if self.counted != (self.counts_as is not None):
            raise wrong(
                "`counted` and `counts_as` belong together.",
                f"Use both or neither. counts_as is one of: {', '.join(COUNTABLE)}.",
            )
        if self.counted and (self.kind not in WITH_OPTIONS or self.compartment == "identity"):
            raise wrong(
                "Only a choice can be counted. Free text and who someone is never are.",
                "Remove `counted` and `counts_as` from this question.",
            )
        return self
