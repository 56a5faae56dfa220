"""The chance noise in which a counter opens, and whether it looks as it has to."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from math import exp, log, sqrt
from typing import Any

type Sampler = Callable[[float, int], list[int]]
ONE_IN_A_MILLION = 4.9  # standard deviations
MANY = 4000


@cache
def _opendp() -> Any:
    """Read when the first counter opens, which is once a year in one process."""
    library = import_module("opendp.prelude")
    library.enable_features("contrib")
    return library


def draws(scale: float, count: int) -> list[int]:
    """Whole numbers from the discrete Laplace distribution of this scale."""
    dp = _opendp()
    measured = dp.m.make_laplace(dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int), scale=scale)
    found: list[int] = measured([0] * count)
    return found


def variance(scale: float) -> float:
    q = exp(-1 / scale)
    return 2 * q / (1 - q) ** 2


def looks_right(drawn: Sequence[tuple[float, int]]) -> bool:
    """Whether counters just opened hold noise of their scales: neither none, nor too little, nor too much. Of few
    draws only the whole size tells something, so it is compared on a logarithmic scale, where it is nearly normal."""
    size = sum(abs(value) / scale for scale, value in drawn)
    expected = sum(_mean_size(scale) / scale for scale, _value in drawn)
    if not size:
        return expected < 1
    return abs(log(size / expected)) * sqrt(len(drawn)) < ONE_IN_A_MILLION + 5 / sqrt(len(drawn))


def chi_square_passes(values: Sequence[int], scale: float) -> bool:
    """χ² of many draws against the distribution they should have. The limit is passed once in a million by chance."""
    q = exp(-1 / scale)
    last = max(1, int(scale * 3))
    seen = Counter(min(abs(value), last) for value in values)
    chances = [(1 - q) / (1 + q), *(2 * (1 - q) / (1 + q) * q**k for k in range(1, last))]
    chances.append(1 - sum(chances))
    total = len(values)
    statistic = sum((seen[k] - total * chance) ** 2 / (total * chance) for k, chance in enumerate(chances))
    return statistic < _limit(last)


def _limit(freedom: int) -> float:
    """Of χ², by Wilson and Hilferty."""
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + ONE_IN_A_MILLION * sqrt(spread)) ** 3)


def _mean_size(scale: float) -> float:
    q = exp(-1 / scale)
    return 2 * q / (1 - q * q)
