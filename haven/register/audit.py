"""What is looked at before figures go out. One that does not hold keeps everything back."""

from collections.abc import Callable, Sequence
from math import isclose
from typing import Final

from haven.register.engine import Counted, Figure, Unsolved, released, sums
from haven.register.models import Period, Release
from haven.register.noise import MANY, chi_square_passes, draws
from haven.register.plan import SEPARATOR, Refused
from haven.rulebook.declared import Declared

type Look = Callable[[Declared, Period, Sequence[Counted], Sequence[Figure]], bool]


def run(declared: Declared, period: Period, tables: Sequence[Counted], figures: Sequence[Figure]) -> list[str]:
    """The checks that were passed, which is all of them. Raises Refused with the first that was not."""
    for check, holds in CHECKS.items():
        if not holds(declared, period, tables, figures):
            raise Refused(check)
    return [*CHECKS]


def _in_the_plan(declared: Declared, period: Period, tables: Sequence[Counted], figures: Sequence[Figure]) -> bool:
    wanted = sorted((table.name, cell) for table in tables for cell, _places in sums(table))
    declared_here = {table.key for table in declared.tables_of(period.label)}
    return sorted((f.table, f.cell) for f in figures) == wanted and {t.name for t in tables} == declared_here


def _shown_once(_declared: Declared, period: Period, _tables: Sequence[Counted], figures: Sequence[Figure]) -> bool:
    """Neither twice in this release, nor before."""
    values: dict[tuple[str, str], int | None] = {}
    for one in figures:
        place = (one.table, SEPARATOR.join(one.cell))
        if values.setdefault(place, one.shown) != one.shown:
            return False
    before = Release.objects.filter(period__plan=period.plan, period__label=period.label)
    return all(values.get((one.table, one.cell), one.shown) == one.shown for one in before)


def _budget(declared: Declared, _period: Period, _tables: Sequence[Counted], _figures: Sequence[Figure]) -> bool:
    if declared.method == "suppress":
        return True
    spent = sum(1 / declared.scale(table) for table in declared.tables)
    return spent < declared.epsilon or isclose(spent, declared.epsilon)


def _these_counters(_declared: Declared, _period: Period, tables: Sequence[Counted], figures: Sequence[Figure]) -> bool:
    """Worked out a second time: who adds noise to what is shown, or shows what is not counted, differs."""
    try:
        return [*released(tables)] == sorted(figures, key=lambda figure: (figure.table, figure.cell))
    except Unsolved:
        return False


def _noise(declared: Declared, _period: Period, tables: Sequence[Counted], _figures: Sequence[Figure]) -> bool:
    """The source of noise, on many draws. That the counters opened with it was looked at when they did."""
    if declared.method == "suppress":
        return True
    return all(chi_square_passes(draws(scale, MANY), scale) for scale in {table.scale for table in tables})


CHECKS: Final[dict[str, Look]] = {
    "not_in_the_plan": _in_the_plan,
    "shown_twice": _shown_once,
    "budget": _budget,
    "not_these_counters": _these_counters,
    "noise": _noise,
}
