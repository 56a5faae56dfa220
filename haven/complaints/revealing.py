"""What in a text for everybody could point at somebody: small numbers, units, names (R-001-31). A hint with the rule
that it is about, for who wrote it to judge; nothing is refused for it, and nothing is kept of it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

NUMBER, UNIT, NAME = "number", "unit", "name"

_SMALL: Final = {
    "nl": "twee drie vier vijf zes zeven acht negen één eenmaal tweemaal",
    "en": "two three four five six seven eight nine single twice",
}
_DIGIT: Final = re.compile(r"(?<![\w.,/-])[1-9](?![\w/-]|[.,]\d)")
_SHORTEST_NAME: Final = 3


class Hint(NamedTuple):
    """`rule`: number, unit or name. `said`: the words as they stand in the text."""

    rule: str
    said: str


def hints(text: str, language: str, *, units: Iterable[str], names: Iterable[str]) -> list[Hint]:
    """In the order of the rules, each word once. Of a name that stands there whole its parts are not told again."""
    whole = [one.strip() for one in names if one.strip()]
    named = [*_said(text, NAME, whole)]
    rest = text
    for one in named:
        rest = rest.replace(one.said, " ")
    found = [*_numbers(text, language), *_said(text, UNIT, units), *named, *_said(rest, NAME, _parts(whole))]
    return list(dict.fromkeys(found))


def _numbers(text: str, language: str) -> Iterator[Hint]:
    yield from (Hint(NUMBER, one[0]) for one in _DIGIT.finditer(text))
    words = "|".join(_SMALL[language].split())
    yield from (Hint(NUMBER, one[0]) for one in re.finditer(rf"(?i)\b(?:{words})\b", text))


def _said(text: str, rule: str, known: Iterable[str]) -> Iterator[Hint]:
    for name in known:
        yield from (Hint(rule, one[0]) for one in re.finditer(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", text))


def _parts(names: Iterable[str]) -> list[str]:
    """What stands for somebody by itself: the parts of a name that are long enough, and begin as a name does."""
    return [part for one in names for part in one.split() if len(part) > _SHORTEST_NAME and part[:1].isupper()]
