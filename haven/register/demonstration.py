"""“Would one more report show?” Invented counts, drawn with the noise of a real plan, with and without one case.

It touches no counter and reads nothing. The noise is made here of two coins tossed until they fall, which is the same
distribution: the library for the real counters would stay in the memory of the process that shows the site.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from random import SystemRandom
from typing import Final

from haven.register.engine import BASE, SMALLEST_SHOWN

INVENTED: Final[Sequence[int]] = (34, 21, 12, 47, 18)
_chance = SystemRandom()


@dataclass(frozen=True)
class Shown:
    """One line of both tables: None is fewer than ten."""

    label: str
    without: int | None
    with_one: int | None


def tables(labels: Mapping[str, str], chosen: str, scale: float) -> list[Shown]:
    """The same invented year twice: as it was, and with one more case in the chosen line."""
    return [
        Shown(label, _shown(number, scale), _shown(number + (key == chosen), scale))
        for (key, label), number in zip(labels.items(), INVENTED, strict=False)
    ]


def _shown(number: int, scale: float) -> int | None:
    rounded = BASE * round((number + _draw(scale)) / BASE)
    return rounded if rounded >= SMALLEST_SHOWN else None


def _draw(scale: float) -> int:
    return _tossed(scale) - _tossed(scale)


def _tossed(scale: float) -> int:
    times = 0
    while _chance.random() < exp(-1 / scale):
        times += 1
    return times
