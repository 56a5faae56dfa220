"""The arithmetic of a release. Large libraries: read when the first period closes (engine.py)."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import ceil
from typing import Any

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp

from haven.register.engine import BASE, Counted, Unsolved, sums
from haven.register.noise import variance

SECONDS = 50
HALF_STEP = BASE / 2


def solved(tables: Sequence[Counted]) -> list[tuple[int, ...]]:
    """See engine.solved."""
    same = _same(tables)
    rounded = iter(_rounded(tables, _fitted(tables, same), same))
    return [tuple(next(rounded) for _cell in table.cells) for table in tables]


def _same(tables: Sequence[Counted]) -> Any:
    """One row for each sum that two tables share: with one in the first, less one in the second."""
    starts, width = _starts(tables)
    rows = [numpy.zeros(width)]
    for one, two in combinations(range(len(tables)), 2):
        shared = [key for key in tables[one].dims if key in tables[two].dims]
        for wanted in _values(tables[one], shared):
            row = numpy.zeros(width)
            for sign, at in ((1, one), (-1, two)):
                places = [tables[at].dims.index(key) for key in shared]
                for number, cell in enumerate(tables[at].cells):
                    if tuple(cell[place] for place in places) == wanted:
                        row[starts[at] + number] = sign
            rows.append(row)
    return numpy.array(rows)


def _values(table: Counted, keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    places = [table.dims.index(key) for key in keys]
    return product(*(dict.fromkeys(cell[place] for cell in table.cells) for place in places))


def _starts(tables: Sequence[Counted]) -> tuple[list[int], int]:
    ends = numpy.cumsum([len(table.cells) for table in tables])
    return [0, *map(int, ends[:-1])], int(ends[-1])


def _fitted(tables: Sequence[Counted], same: Any) -> Any:
    """Weighted least squares: as near to the counters as agreeing allows, nearest to those with the least noise."""
    counted = numpy.array([value for table in tables for value in table.values], dtype=float)
    spread = numpy.array([variance(table.scale) for table in tables for _cell in table.cells])
    pull = same * spread
    return counted - pull.T @ (numpy.linalg.pinv(pull @ same.T) @ (same @ counted))


def _rounded(tables: Sequence[Counted], fitted: Any, same: Any) -> list[int]:
    """Multiples of five from zero up that agree as the fitted numbers do, with cells and sums as near as can be."""
    summing = numpy.array(list(_sums(tables)))
    width, lines = summing.shape[1], summing.shape[0]
    aims = summing @ fitted
    near = numpy.hstack([BASE * summing, -numpy.eye(lines)])
    far = numpy.hstack([BASE * summing, numpy.eye(lines)])
    alike = numpy.hstack([same, numpy.zeros((same.shape[0], lines))])
    found = milp(
        c=numpy.concatenate([numpy.zeros(width), numpy.ones(lines)]),
        integrality=numpy.concatenate([numpy.ones(width), numpy.zeros(lines)]),
        bounds=Bounds(lb=0),
        constraints=[
            LinearConstraint(near, ub=aims),
            LinearConstraint(far, lb=aims),
            LinearConstraint(alike, lb=0, ub=0),
        ],
        options={"time_limit": SECONDS},
    )
    if found.status != 0:
        raise Unsolved
    return [BASE * round(number) for number in found.x[:width]]


def _sums(tables: Sequence[Counted]) -> Iterator[Any]:
    starts, width = _starts(tables)
    for table, start in zip(tables, starts, strict=True):
        for _cell, places in sums(table):
            row = numpy.zeros(width)
            row[[start + place for place in places]] = 1
            yield row


def margin(scale: float, cells: int) -> int:
    """How far a sum of so many counters lies from what was counted, in 19 of 20 years: noise, and half a step of
    rounding. The fit makes it smaller, never larger."""
    q = numpy.exp(-1 / scale)
    size = int(scale * 30) + 1
    one = (1 - q) / (1 + q) * q ** numpy.abs(numpy.arange(-size, size + 1))
    both = one
    for _more in range(cells - 1):
        both = numpy.convolve(both, one)
    centre = len(both) // 2
    inside = both[centre] + numpy.concatenate([[0], numpy.cumsum(both[centre + 1 :] + both[:centre][::-1])])
    return ceil(int(numpy.searchsorted(inside, 0.95)) + HALF_STEP)
