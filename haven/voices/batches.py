"""Counting so that one more vote never tells which it was (statistics.md 5): a result from ten votes on, in per cent
rounded to five, drawn anew only when five more have come. Pure: knows no table and no person."""

from dataclasses import dataclass, replace
from typing import Final, Self

ANSWERS: Final = 5
FIRST, BATCH, STEP = 10, 5, 5


@dataclass(frozen=True)
class Batches:
    """`shown`: per cent of each answer as it was told last, of `basis` votes."""

    votes: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    basis: int = 0

    def add(self, choice: int) -> Self:
        """Raises IndexError for an answer that there is not."""
        if not 0 <= choice < ANSWERS:
            raise IndexError(choice)
        before = self.votes or (0,) * ANSWERS
        votes = tuple(count + (place == choice) for place, count in enumerate(before))
        total = sum(votes)
        if total < FIRST or total - self.basis < BATCH:
            return replace(self, votes=votes)
        return replace(self, votes=votes, shown=tuple(_share(count, total) for count in votes), basis=total)


def _share(count: int, total: int) -> int:
    """In per cent, to the nearest five. The shares of five answers need not make a hundred."""
    return STEP * ((2 * 100 * count + STEP * total) // (2 * STEP * total))


def coarse(count: int) -> int | None:
    """A number as it may be told: to the nearest five from ten on, and else not."""
    return STEP * ((count + STEP // 2) // STEP) if count >= FIRST else None
