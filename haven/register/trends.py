"""The same table over the years that were released. Only where it has the same lines; each year keeps its figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from haven.register.models import Period
from haven.register.told import Line, Overview, Told


@dataclass(frozen=True)
class Trend:
    """`rows`: each line of the table with its number in each year. `anonymous`: the share, where the table tells it."""

    name: str
    margin: str
    years: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Line, ...]], ...]
    anonymous: tuple[str, ...]


def trends(periods: Sequence[Period]) -> list[Trend]:
    """Of at least two years, from the oldest to the newest."""
    years = sorted((one for one in map(Overview, periods) if len(one.period.label) == 4), key=lambda one: one.name)
    return list(_trends(years)) if len(years) > 1 else []


def _trends(years: Sequence[Overview]) -> Iterator[Trend]:
    last = {table.key: table for table in years[-1].tables}
    for key, newest in last.items():
        found = [(one.name, table) for one in years for table in one.tables if table.key == key]
        same = [(name, table) for name, table in found if _labels(table) == _labels(newest)]
        if len(same) > 1:
            names, tables = zip(*same, strict=True)
            shares = tuple(one.anonymous for one in tables) if newest.anonymous else ()
            yield Trend(newest.name, newest.margin, names, _rows(tables), shares)


def _labels(table: Told) -> list[str]:
    return [line.label for line in table.lines]


def _rows(tables: Sequence[Told]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    lines = zip(*(table.lines for table in tables), strict=True)
    totals = (tables[-1].total.label, tuple(table.total for table in tables))
    return (*((beside[0].label, beside) for beside in lines), totals)
