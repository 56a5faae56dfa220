"""Forms for one purpose beside the general questionnaire, perhaps for one audience and with readers of their own.

Part of intake.toml. Which form it is travels among the answers, under a key that no question may have: so whatever
reads answers knows it, and no address ever does.
"""

from typing import Annotated, Final, Literal

from pydantic import Field

from haven.rulebook.questions import Condition, Question
from haven.rulebook.words import Key, Keyed, Text

FORM: Final = "form_kind"
"""Among the answers: the key of the form. Absent: the general questionnaire."""


class Told(Keyed):
    """Something that is told under a heading."""

    title: Text
    text: Text


class FormKind(Keyed):
    title: Text  # also the title of the case in a list
    purpose: Text  # what it is for, told where it is offered and on its first page
    kind: Key  # one of `kinds`: what it is counted as
    audiences: tuple[Key, ...] = ()  # for whom; empty: for everyone
    offered: tuple[Literal["start", "audience", "someone_confided", "lost_code"], ...] = ("start",)
    asks: Annotated[tuple[Key, ...], Field(min_length=1)]  # in this order, general questions and its own
    route: Key | None = None  # its own readers; absent: as the answers say
    offered_if: Condition | None = None  # offered after that general question, to who answers so
    letter: bool = False  # a letter of complaint under a regulation of procedures/, and no report
    privacy: bool = False  # a request about personal data: the terms of privacy.toml run
    before: tuple[Told, ...] = ()  # in place of the general text with the same key; all a letter tells
    questions: tuple[Question, ...] = ()  # its own
