"""Black words out: wherever they stand, with or without capitals and accents, whatever was put between them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

BLOCK: Final = "[…]"
_BETWEEN = r"[\W_]*"


def black_out(text: str, words: Sequence[str]) -> str:
    """Again and again until none is left: taking one out can bring two parts of another together."""
    sought = _sought(words)
    while sought and (found := _spans(text, sought)):
        for start, end in reversed(found):
            text = text[:start] + BLOCK + text[end:]
    return text


def _sought(words: Sequence[str]) -> re.Pattern[str] | None:
    """Longer ones first, so that a full name goes as one."""
    patterns = [_pattern(_folded(word)[0]) for word in sorted(words, key=len, reverse=True)]
    kept = [pattern for pattern in patterns if pattern]
    return re.compile("|".join(kept)) if kept else None


def _pattern(word: str) -> str:
    """Letters and digits in this order. What has none of them is not a word, and hides nobody."""
    return _BETWEEN.join(re.escape(part) for part in re.findall(r"[^\W_]+", word))


def _spans(text: str, sought: re.Pattern[str]) -> list[tuple[int, int]]:
    folded, places = _folded(text)
    return [(places[m.start()], _end(text, places[m.end() - 1] + 1)) for m in sought.finditer(folded)]


def _end(text: str, end: int) -> int:
    """With the accents and hidden characters that hang on the last letter."""
    while end < len(text) and _hangs(text[end]):
        end += 1
    return end


def _folded(text: str) -> tuple[str, list[int]]:
    """Small letters without accents and without what cannot be seen, and where each of them stood."""
    letters = [
        (one, place)
        for place, character in enumerate(text)
        for one in unicodedata.normalize("NFKD", character.casefold())
        if not _hangs(one)
    ]
    return "".join(one for one, _place in letters), [place for _one, place in letters]


def _hangs(character: str) -> bool:
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Cf"
