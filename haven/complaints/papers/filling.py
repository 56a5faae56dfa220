"""What a paper says, filled in. Who draws it is told at once of everything that is not known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from haven.complaints.papers.document import Part, Signatures, Table
from haven.rulebook import dates, markup
from haven.rulebook.words import Text

type Value = str | date | time | Text | tuple[str, ...] | Table | Signatures

_ALONE: Final = re.compile(r"^\{([a-z_]+)\}$", re.MULTILINE)
_PLACE: Final = re.compile(r"(?:^|(?<=[.?!] ))\{(?P<first>[a-z_]+)\}|\{(?P<later>[a-z_]+)\}", re.MULTILINE)


@dataclass(frozen=True)
class Filling:
    """`parts`: the names of what people wrote, which can have paragraphs and lists. `lacking`: what was not known."""

    language: str
    values: Mapping[str, Value] = field(repr=False)
    parts: tuple[str, ...] = ()
    lacking: set[str] = field(default_factory=set)

    def pieces(self, words: str) -> Iterator[str | Part]:
        """The text with everything filled in; tables and signatures, which are no text, stand between its pieces."""
        for number, piece in enumerate(_ALONE.split(words)):
            yield self._alone(piece) if number % 2 else self.line(piece)

    def _alone(self, name: str) -> str | Part:
        value = self.values.get(name)
        match value:
            case Table() | Signatures():
                return value
            case tuple():
                return "\n".join(f"- {markup.escaped(line)}" for line in value)
            case str() if name in self.parts:
                return value
            case _:
                return self.line(f"{{{name}}}")

    def line(self, text: str) -> str:
        """What stands at the beginning of a sentence begins with a capital. A value is said as it is."""

        def said(found: re.Match[str]) -> str:
            words = markup.escaped(self.say(found["first"] or found["later"]))
            return words[:1].upper() + words[1:] if found["first"] else words

        return _PLACE.sub(said, text)

    def say(self, name: str) -> str:
        value = self.values.get(name)
        match value:
            case None:
                self.lacking.add(name)
                return ""
            case date():
                return dates.full(value, self.language)
            case time():
                return f"{value.hour}.{value.minute:02} uur" if self.language == "nl" else f"{value:%H:%M}"
            case Text():
                return value.say(self.language)
            case tuple():
                return "\n".join(value)
            case _:
                return str(value)


def shown(piece: str | Part) -> str:
    """A piece for a form. A part that is no text cannot be edited there."""
    match piece:
        case str():
            return piece.strip()
        case Table():
            return "\n".join(f"- {' · '.join(row)}" for row in piece.rows)
        case Signatures():
            return "\n".join(f"- {one.name}, {one.function}" for one in piece.signers)
        case _:
            return ""
