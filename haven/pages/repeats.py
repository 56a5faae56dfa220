"""Does a text say twice what it said already? A hint for editors only (R-003-31)."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

FEWEST_WORDS: Final = 8  # a short line may well be the same every month
ALIKE: Final = 0.75


def repeated(paragraphs: Iterable[str], before: Iterable[str]) -> list[str]:
    """Each paragraph that much resembles one above it, or one of the text before."""
    return list(_repeated(paragraphs, [_words(one) for one in before]))


def _repeated(paragraphs: Iterable[str], known: list[list[str]]) -> Iterator[str]:
    for one in paragraphs:
        words = _words(one)
        if len(words) >= FEWEST_WORDS and any(_alike(words, other) for other in known):
            yield one
        known.append(words)


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _alike(one: list[str], other: list[str]) -> bool:
    """The two quick ratios are never below the true one, and spare most of it."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
