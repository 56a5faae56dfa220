"""What there is to choose on a page, in its language: options of a question, people. Both doors ask the same."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from haven.people.readers import RouteReader
from haven.rulebook import shelf
from haven.rulebook.institution import HelpLine
from haven.rulebook.questions import Question, chosen


@dataclass(frozen=True)
class Choice:
    """An option of a question, or a person."""

    value: str
    label: str
    hint: str = ""
    note: str = ""
    checked: bool = False
    lines: tuple[HelpLine, ...] = ()  # whom to call, for who chooses this


def options_of(question: Question, answer: Any) -> list[Choice]:
    language, ticked = get_language() or "", chosen(answer) if question.options else ()
    guided = shelf.current().institution.emergency.guided
    return [
        Choice(
            value=option.key,
            label=option.label.say(language),
            hint=option.hint.say(language) if option.hint else "",
            note=option.note.say(language) if option.note else "",
            checked=option.key in ticked,
            lines=found.lines if (found := guided(option.guidance)) else (),
        )
        for option in question.options
    ]


def people(readers: Iterable[RouteReader], ticked: Container[str] = ()) -> list[Choice]:
    """Names and functions, by key id."""
    language = get_language() or ""
    return [Choice(r.kid, r.name, r.function(language), checked=r.kid in ticked) for r in readers]
