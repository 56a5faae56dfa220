"""Synthetic years: cases with coded values, counted as the clock counts them, and what is released of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from random import Random
from uuid import uuid4

from haven.register.actions import Event, count
from haven.register.engine import Counted
from haven.register.models import Plan
from haven.register.noise import Sampler, draws
from haven.register.plan import freeze, propose
from haven.rulebook import shelf
from haven.rulebook.declared import Declared, declare, label
from haven.rulebook.overview import Moment, Overview, Table

YEAR = 2024  # over in any time zone of the database, so that its counters can be read
BEFORE, AFTER = date(2023, 11, 1), date(2025, 2, 1)
type Case = tuple[dict[str, str], date, bool]
"""What it is, when it came, and whether something was done."""

TYPES = (
    ("sexual_harassment", 0.22), ("harassment", 0.16), ("aggression", 0.05), ("violence", 0.04), ("bullying", 0.14),
    ("exclusion", 0.06), ("discrimination", 0.15), ("scientific_integrity", 0.04),
    ("other_integrity", 0.04), ("other", 0.10),
)  # fmt: skip
KINDS = (("report", 0.52), ("complaint", 0.12), ("question", 0.24), ("talk", 0.08), ("notification", 0.04))
PLACES = (
    ("none", 0.47), ("counsellor_students", 0.16), ("ombuds", 0.08), ("complaints_officer", 0.06),
    ("social_work", 0.09), ("student_psychologists", 0.05), ("police", 0.04), ("manager", 0.05),
)  # fmt: skip
ACTIONS = (
    ("listened", 0.34), ("options_explained", 0.2), ("introduced", 0.12), ("manager_spoken", 0.1),
    ("referred", 0.1), ("safety_arranged", 0.07), ("signal_passed", 0.04), ("other", 0.03),
)  # fmt: skip
ENDS = (
    ("talked", 0.4), ("advice_given", 0.12), ("referred", 0.16), ("settled", 0.1), ("measures", 0.05),
    ("formal_complaint", 0.06), ("withdrawn", 0.06), ("other", 0.05),
)  # fmt: skip
IN_TIME = (("true", 0.72), ("false", 0.08), ("not_said", 0.2))
CHANNELS = (("web", 0.7), ("phone", 0.12), ("walk_in", 0.08), ("mail", 0.06), ("counsellor", 0.04))
MODES = (("anonymous", 0.36), ("confidential", 0.24), ("named", 0.4))
WHO = (("student", 0.5), ("staff", 0.26), ("phd", 0.12), ("visitor", 0.06), ("not_said", 0.06))


def chance(seed: int) -> Random:
    """The same years at every run. The noise is never of this kind."""
    return Random(seed)  # noqa: S311  years that are the same at every run, not noise


def cases(number: int, random: Random) -> list[Case]:
    def one(of: Sequence[tuple[str, float]]) -> str:
        return random.choices([key for key, _ in of], [weight for _, weight in of])[0]

    return [
        (
            {
                "kind": one(KINDS),
                "category": one(TYPES),
                "destination": one(PLACES),
                "action": one(ACTIONS),
                "audience": one(WHO),
                "mode": one(MODES),
                "outcome": one(ENDS),
                "contact_in_time": one(IN_TIME),
                "channel": one(CHANNELS),
            },
            date(YEAR, 1, 1) + timedelta(days=random.randrange(366)),
            random.random() < 0.85,
        )
        for _ in range(number)
    ]


def moments(case: Case) -> Iterator[Moment]:
    _known, _day, acted = case
    yield from ("intake", "action", "closing") if acted else ("intake", "closing")


def declared_for(total: int, overview: Overview | None = None) -> Declared:
    book = overview or shelf.current().overview
    return declare(book, year=YEAR, starts_on=date(YEAR, 1, 1), total=total, estimated=False)


def plan_for(total: int, *, sampler: Sampler = draws, overview: Overview | None = None) -> Plan:
    book = overview or shelf.current().overview
    plan = propose(book, YEAR, total=total, estimated=False, on=BEFORE)
    freeze(plan, on=BEFORE, sampler=sampler)
    plan.refresh_from_db()
    return plan


def put_in(these: Sequence[Case]) -> None:
    """As one batch of the clock, on the last day of the year."""
    events = [Event(at, day, known) for known, day, acted in these for at in moments((known, day, acted))]
    count(uuid4(), events, on=date(YEAR, 12, 31))


@dataclass(frozen=True)
class InMemory:
    """A year without a database: the same declared tables, noise and engine, for many years in a row."""

    declared: Declared

    def tables(self) -> list[tuple[Table, str]]:
        return [(table, period) for period in self.declared.labels() for table in self.declared.tables_of(period)]

    def counts(self, these: Sequence[Case]) -> dict[tuple[str, str], list[int]]:
        found = {(t.key, period): [0] * len(self.declared.cells(t)) for t, period in self.tables()}
        for table in self.declared.tables:
            at, place = self.declared.counted_at(table), {c: n for n, c in enumerate(self.declared.cells(table))}
            columns = [column for key in table.dims for column in sorted(self.declared.dimension(key).columns)]
            cell = cache(partial(self._cell, table, columns))
            for case in these:
                if at != "action" or case[2]:
                    there = cell(*(case[0].get(column, "") for column in columns))
                    found[table.key, label(table.every, case[1])][place[there]] += 1
        return found

    def _cell(self, table: Table, columns: Sequence[str], *codes: str) -> tuple[str, ...]:
        return self.declared.cell(table, dict(zip(columns, codes, strict=True)))

    def counted(self, truth: dict[tuple[str, str], list[int]], sampler: Sampler = draws) -> dict[str, list[Counted]]:
        found: dict[str, list[Counted]] = {}
        for table, period in self.tables():
            scale, cells = self.declared.scale(table), self.declared.cells(table)
            noise = sampler(scale, len(cells))
            values = tuple(a + b for a, b in zip(truth[table.key, period], noise, strict=True))
            group = self.declared.counted_at(table)
            found.setdefault(period, []).append(Counted(table.key, table.dims, group, scale, cells, values))
        return found
