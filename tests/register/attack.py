"""Readers who try to find one case. Each has what everybody has: the plan, the method, every release.

A claim is something that a reader would hold for certain if figures were only rounded and masked. One that is right
once may be luck, since noise hits the truth now and then; one that is right however the noise falls is a success.

The informed reader knows every other case and both things that yours could be. What is shown follows from the counters,
so who saw the counters themselves would know no less: odds are reckoned from those, which is the worst that can be.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import exp
from typing import Any

import numpy
from scipy.optimize import linprog

from haven.register.engine import ALL, SMALLEST_SHOWN, Cell, Counted, Figure, sums

CERTAIN = 0.01  # of a case: the bounds leave room for one number only
type Truth = Mapping[str, Sequence[int]]
type Claim = tuple[str, str, Any]
type Shown = Mapping[tuple[str, Cell], int | None]


def log_odds(counted: Sequence[Counted], one: Truth, two: Truth) -> float:
    """How much more these counters speak for one truth than for the other."""
    return sum(
        (abs(seen - b) - abs(seen - a)) / table.scale
        for table in counted
        for seen, a, b in zip(table.values, one[table.name], two[table.name], strict=True)
    )


def belief(odds: float) -> float:
    """Of a reader who was fifty-fifty before."""
    return 1 / (1 + exp(-odds))


def claims(shown: Sequence[Figure], tables: Sequence[Counted], truth: Truth, *, within: float) -> set[Claim]:
    """What is claimed of small cells and is right. `within`: half a step of rounding."""
    values: Shown = {(figure.table, figure.cell): figure.shown for figure in shown}
    found = {("bounds", *place) for place in _by_bounds(values, tables, truth, within)}
    found |= {("difference", *place) for place in _by_difference(values, tables, truth)}
    return found | {("attribute", *place) for place in _by_attribute(values, tables, truth)}


def _by_bounds(values: Shown, tables: Sequence[Counted], truth: Truth, within: float) -> Iterator[tuple[str, int]]:
    """Linear programming over all figures of the tables together. Noise makes them contradict: then it says nothing."""
    starts = [0, *map(int, numpy.cumsum([len(table.cells) for table in tables]))]
    limits = list(_limits(values, tables, starts, within))
    matrix = numpy.array([sign * row for row, low, high in limits for sign in (1, -1)])
    edges = numpy.array([edge for _row, low, high in limits for edge in (high, -low)])
    for table, start in zip(tables, starts, strict=False):
        for place, there in enumerate(truth[table.name]):
            if not 0 < there < SMALLEST_SHOWN:
                continue
            aim = numpy.zeros(starts[-1])
            aim[start + place] = 1
            low, high = (linprog(sign * aim, A_ub=matrix, b_ub=edges) for sign in (1, -1))
            if low.status or high.status:
                return
            if -high.fun - low.fun < CERTAIN and abs(low.fun - there) < 0.5:
                yield table.name, place


def _limits(
    values: Shown, tables: Sequence[Counted], starts: Sequence[int], within: float
) -> Iterator[tuple[Any, float, float]]:
    """Each figure, and that tables which count the same cases have the same total."""
    whole: dict[str, Any] = {}
    for table, start in zip(tables, starts, strict=False):
        for cell, places in sums(table):
            row = numpy.zeros(starts[-1])
            row[[start + place for place in places]] = 1
            value = values[table.name, cell]
            yield row, 0 if value is None else value - within, SMALLEST_SHOWN if value is None else value + within
            if {*cell} <= {ALL}:
                yield row - whole.setdefault(table.group, row), 0, 0


def _by_difference(values: Shown, tables: Sequence[Counted], truth: Truth) -> Iterator[tuple[str, int]]:
    """One cell is hidden, and is what is left of a sum when the others are taken away."""
    for table in tables:
        for cell, places in sums(table):
            hidden = [place for place in places if values[table.name, table.cells[place]] is None]
            whole = values[table.name, cell]
            if ALL not in cell or whole is None or len(hidden) != 1:
                continue
            left = whole - sum(values[table.name, table.cells[place]] or 0 for place in places)
            if 0 < left == truth[table.name][hidden[0]] < SMALLEST_SHOWN:
                yield table.name, hidden[0]


def _by_attribute(values: Shown, tables: Sequence[Counted], truth: Truth) -> Iterator[tuple[str, Cell]]:
    """“All of these were …”: a sum that is one of its cells, where that is really so."""
    for table in tables:
        for cell, places in sums(table):
            there, whole = [truth[table.name][place] for place in places], values[table.name, cell]
            same = [place for place in places if values[table.name, table.cells[place]] == whole]
            if ALL in cell and len(places) > 1 and whole is not None and len(same) == 1 and max(there) == sum(there):
                yield table.name, cell


def between(year: Shown, quarters: Sequence[Shown], truth: Sequence[int]) -> set[Claim]:
    """Nested scopes: a hidden quarter is what is left of the year when the other quarters are taken away."""
    values = [next(iter(quarter.values())) for quarter in quarters]
    hidden = [place for place, value in enumerate(values) if value is None]
    totals = {value for (_table, cell), value in year.items() if {*cell} <= {ALL} and value is not None}
    found = {total - sum(value or 0 for value in values) for total in totals}
    if len(hidden) == 1 and truth[hidden[0]] in found and 0 < truth[hidden[0]] < SMALLEST_SHOWN:
        return {("nested", "quarter", hidden[0])}
    return set()
