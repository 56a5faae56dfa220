"""What one year declares: the tables of its rung, with everything that is needed to count in them. It is kept word for
word with the plan, so that a rulebook that changes later changes nothing of it."""

import re
from datetime import date, timedelta
from itertools import product
from typing import Literal

from haven.rulebook.overview import Decision, Dimension, Every, Exact, Moment, Overview, Table
from haven.rulebook.words import Rules

_LABEL = re.compile(r"^(?P<year>\d{4})(?:(?P<part>[QH])(?P<number>\d))?$")
MONTHS = {"year": 12, "half": 6, "quarter": 3}
PARTS: dict[str | None, tuple[str | None, ...]] = {"Q": ("1", "2", "3", "4"), "H": ("1", "2"), None: (None,)}
LETTER = {"half": "H", "quarter": "Q"}


class Declared(Rules):
    year: int
    starts_on: date  # later than the first of January when the institution begins within the year
    total: int  # last year's published total, or an estimate
    estimated: bool = False
    method: Literal["noise", "suppress"]
    epsilon: float
    decision: Decision | None = None
    dimensions: tuple[Dimension, ...]
    tables: tuple[Table, ...]
    exact: tuple[Exact, ...] = ()
    apart: tuple[str, ...] = ()

    def dimension(self, key: str) -> Dimension:
        return next(one for one in self.dimensions if one.key == key)

    def counted_at(self, table: Table) -> Moment:
        """A total is counted when the case comes in."""
        return self.dimension(table.dims[0]).counted_at if table.dims else "intake"

    def cells(self, table: Table) -> tuple[tuple[str, ...], ...]:
        """Every cell of a table, also those in which nothing will ever be counted."""
        domains = [[value.key for value in self.dimension(key).values] for key in table.dims]
        return tuple(product(*domains))

    def cell(self, table: Table, known: dict[str, str]) -> tuple[str, ...]:
        """The one cell of a table in which a case counts."""
        return tuple(self.dimension(key).code(known) for key in table.dims)

    def counting(self, at: str, known: dict[str, str]) -> tuple[Table, ...]:
        """The tables in which this counts at this moment. What is counted apart counts where its kind is said."""
        now = (table for table in self.tables if self.counted_at(table) == at)
        apart = known.get("kind") in self.apart
        return tuple(t for t in now if not apart or any(self.dimension(key).column == "kind" for key in t.dims))

    def scale(self, table: Table) -> float:
        """Of the noise: a case moves one counter of the table by one, so this costs its share of ε."""
        return 1 / (table.share * self.epsilon)

    def labels(self) -> tuple[str, ...]:
        """Every period of the year that has a table and has not passed when it starts."""
        found = {label(every, date(self.year, month, 1)) for every in self.everies() for month in range(1, 13)}
        return tuple(sorted(one for one in found if last_day(one) >= self.starts_on))

    def everies(self) -> set[Every]:
        return {table.every for table in self.tables}

    def tables_of(self, period: str) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table.every == every_of(period))


def declare(overview: Overview, *, year: int, starts_on: date, total: int, estimated: bool) -> Declared:
    tables = overview.rung(total).tables
    used = {key for table in tables for key in table.dims}
    return Declared(
        year=year,
        starts_on=starts_on,
        total=total,
        estimated=estimated,
        method=overview.method,
        epsilon=overview.epsilon,
        decision=overview.decision,
        dimensions=tuple(one for one in overview.dimensions if one.key in used),
        tables=tables,
        exact=overview.exact,
        apart=overview.apart,
    )


def label(every: Every, day: date) -> str:
    """2026, 2026H2 or 2026Q3."""
    if every == "year":
        return str(day.year)
    return f"{day.year}{LETTER[every]}{(day.month - 1) // MONTHS[every] + 1}"


def is_label(period: str) -> bool:
    found = _LABEL.match(period)
    return found is not None and found["number"] in PARTS[found["part"]]


def every_of(period: str) -> Every:
    return {"Q": "quarter", "H": "half"}.get(period[4:5], "year")  # type: ignore[return-value]  # one of the three


def last_day(period: str) -> date:
    year, number = int(period[:4]), int(period[5:] or 1)
    month = MONTHS[every_of(period)] * number
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
