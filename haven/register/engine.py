"""From counters to what is shown: fit, round, mask. It knows nothing but numbers, and the same numbers give the same
figures; so all of it is free of charge for the promise (statistics.md 2.3)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from django.utils.module_loading import import_string

BASE: Final = 5
SMALLEST_SHOWN: Final = 10
SMALLEST_BASE: Final = 25
ALL: Final = "*"
type Cell = tuple[str, ...]


class Unsolved(Exception):
    """No figures that agree with each other were found."""


@dataclass(frozen=True)
class Counted:
    """A table of one period with its counters. `group`: tables of one group count the same cases."""

    name: str
    dims: tuple[str, ...]
    group: str
    scale: float
    cells: tuple[Cell, ...]
    values: tuple[int, ...]


@dataclass(frozen=True)
class Figure:
    """One number as it is shown. In `cell` a star stands where all values are taken together. None: below ten."""

    table: str
    cell: Cell
    shown: int | None


def released(tables: Sequence[Counted]) -> tuple[Figure, ...]:
    """What is shown of these tables. Raises Unsolved."""
    figures: list[Figure] = []
    for group in sorted({table.group for table in tables}):
        same = [table for table in tables if table.group == group]
        for table, rounded in zip(same, solved(same), strict=True):
            figures += _figures(table, rounded)
    return tuple(sorted(figures, key=lambda figure: (figure.table, figure.cell)))


def solved(tables: Sequence[Counted]) -> list[tuple[int, ...]]:
    """The cells of tables that count the same cases: fitted to agree, then rounded so that they still do."""
    solve: Callable[[Sequence[Counted]], list[tuple[int, ...]]] = import_string("haven.register.solving.solved")
    return solve(tables)


def sums(table: Counted) -> Iterator[tuple[Cell, tuple[int, ...]]]:
    """Every figure that a table shows, with the places of the cells it is the sum of. Cells first."""
    yield from ((cell, (place,)) for place, cell in enumerate(table.cells))
    domains = [[*dict.fromkeys(cell[at] for cell in table.cells), ALL] for at in range(len(table.dims))]
    for wanted in product(*domains):
        if ALL in wanted:
            yield wanted, tuple(place for place, cell in enumerate(table.cells) if fits(cell, wanted))


def fits(cell: Cell, wanted: Cell) -> bool:
    return all(asked in {ALL, there} for there, asked in zip(cell, wanted, strict=True))


def _figures(table: Counted, rounded: Sequence[int]) -> Iterator[Figure]:
    for cell, places in sums(table):
        number = sum(rounded[place] for place in places)
        yield Figure(table.name, cell, number if number >= SMALLEST_SHOWN else None)


def percent(part: int | None, base: int | None) -> int | None:
    """Only from what is shown, and never of fewer than 25."""
    if part is None or base is None or base < SMALLEST_BASE:
        return None
    return round(100 * part / base)
