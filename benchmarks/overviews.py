"""Overviews at full size: ten synthetic years of 60, 300, 1,500 and 20,000 cases. `python -m benchmarks.overviews`.

Utility as in docs/overviews.md, every attack on every year, the odds of one case, time and memory of a release.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from resource import RUSAGE_SELF, getrusage
from statistics import mean, quantiles
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from benchmarks.figures import Figure, table  # noqa: E402  Django must be set up first, here and below
from haven.register.engine import ALL, SMALLEST_SHOWN, Counted, released, solved, sums  # noqa: E402
from tests.register.trial import Outcome, empirical_epsilon, year_under_attack  # noqa: E402
from tests.register.year import YEAR, InMemory, cases, chance, declared_for  # noqa: E402

SIZES, YEARS, FALLS = (60, 300, 1500, 20000), 10, 10
CLOSE, RUNS = 0.2, 100_000
QUICK = "--quick" in sys.argv


@dataclass
class Errors:
    cells: list[float] = field(default_factory=list)  # of tables with more than one dimension
    margins: list[float] = field(default_factory=list)
    totals: list[float] = field(default_factory=list)  # as shares
    near: list[bool] = field(default_factory=list)  # of figures of ten and more
    seconds: float = 0

    def take(self, counted: Counted, rounded: Sequence[int], truth: Sequence[int]) -> None:
        for cell, places in sums(counted):
            there = sum(truth[place] for place in places)
            away = abs(sum(rounded[place] for place in places) - there)
            if {*cell} <= {ALL}:
                self.totals.append(away / there)
                continue
            (self.cells if len(cell) > 1 and ALL not in cell else self.margins).append(away)
            if there >= SMALLEST_SHOWN:
                self.near.append(away <= CLOSE * there)


def measured(number: int, errors: Errors) -> None:
    year = InMemory(declared_for(number))
    for seed in range(2 if QUICK else YEARS):
        truth = year.counts(cases(number, chance(seed)))
        for _fall in range(FALLS):
            for period, tables in year.counted(truth).items():
                began = perf_counter()
                released(tables)
                errors.seconds = max(errors.seconds, perf_counter() - began)
                for group in {one.group for one in tables}:
                    same = [one for one in tables if one.group == group]
                    for one, rounded in zip(same, solved(same), strict=True):
                        errors.take(one, rounded, truth[one.name, period])


def utility(number: int) -> list[Figure]:
    errors = Errors()
    measured(number, errors)
    large, small = number >= 300, number < 100
    figures = [
        Figure("figures of 10 and more within 20 %", 100 * mean(errors.near), 85 if large else 75, "%", least=True),
        Figure("total: mean distance", 100 * mean(errors.totals), 10 if small else 5, "%"),
        Figure("time of a release", errors.seconds, 60, "s"),
    ]
    if number < 2000:
        figures.append(Figure("margin: 19 of 20 within", quantiles(errors.margins, n=20)[-1], 15, "cases"))
    if number < 2000 and errors.cells:
        figures.append(Figure("cell: 19 of 20 within", quantiles(errors.cells, n=20)[-1], 10, "cases"))
    return figures


def attacks(number: int) -> Outcome:
    found = Outcome()
    for seed in range(2 if QUICK else YEARS):
        found += year_under_attack(number, chance(seed))
    return found


def main() -> int:
    bad = 0
    for number in SIZES:
        found = attacks(number)
        tried = [Figure(name.replace("_", " "), times, 0, "") for name, times in vars(found).items()]
        bad += table(f"{number} cases a year, {YEAR} and nine like it", [*utility(number), *tried])
    odds = empirical_epsilon(10_000 if QUICK else RUNS)
    memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    return bad + table(
        "all", [Figure("ε as measured, of one case", odds, 1, ""), Figure("memory of a release", memory, 500, "MB")]
    )


if __name__ == "__main__":
    sys.exit(min(1, main()))
