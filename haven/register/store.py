"""Where the counters are: apart from everything else, and in no backup.

With SQLite in a file of their own, which only this module opens. With PostgreSQL in a schema of their own behind
functions: one adds, and one reads a period that has ended (docs/operations.md gives them an owner of their own, so
that who may call them cannot read the tables). A counter opens at a draw that is kept nowhere else, and is added to.

The two databases do not commit together. So a batch has a random name, which is noted with the additions it makes:
killed in between, it is done again, and then adds nothing.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import connection

FILE = "counters.sqlite3"


class Place(NamedTuple):
    """Of one counter."""

    plan: UUID
    period: str
    table: str
    cell: str

    def words(self) -> tuple[str, str, str, str]:
        return (self.plan.hex, self.period, self.table, self.cell)


class Store(Protocol):
    def missing(self, places: Iterable[Place]) -> list[Place]:
        """Those that have not been opened."""
        ...

    def open(self, values: Mapping[Place, int], ends: Mapping[str, date]) -> None: ...

    def add(self, batch: UUID, places: Iterable[Place]) -> None:
        """One for each place, once for each batch."""
        ...

    def read(self, plan: UUID, period: str) -> dict[tuple[str, str], int]:
        """Of a period that has ended, by table and cell."""
        ...

    def destroy(self, plan: UUID, period: str) -> None: ...


def counters() -> Store:
    return OfPostgresql() if connection.vendor == "postgresql" else OfSqlite()


_TABLES = (
    (
        "CREATE TABLE IF NOT EXISTS counter (plan TEXT, period TEXT, tab TEXT, cell TEXT, value INTEGER NOT NULL,"
        " PRIMARY KEY (plan, period, tab, cell)) WITHOUT ROWID"
    ),
    "CREATE TABLE IF NOT EXISTS done (batch TEXT PRIMARY KEY) WITHOUT ROWID",
)


class OfSqlite:
    """The journal goes after each batch, and bytes are overwritten: no earlier value is left to compare."""

    @contextmanager
    def _link(self) -> Iterator[sqlite3.Connection]:
        file = Path(connection.settings_dict["NAME"]).with_name(FILE)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as link:
            for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON"):
                link.execute(f"PRAGMA {pragma}")
            link.execute("BEGIN IMMEDIATE")
            for table in _TABLES:
                link.execute(table)
            yield link
            link.execute("COMMIT")  # without it, closing rolls back

    def missing(self, places: Iterable[Place]) -> list[Place]:
        with self._link() as link:
            there = set(link.execute("SELECT plan, period, tab, cell FROM counter"))
        return [place for place in places if place.words() not in there]

    def open(self, values: Mapping[Place, int], ends: Mapping[str, date]) -> None:  # noqa: ARG002  as the other
        with self._link() as link:
            lines = [(*place.words(), value) for place, value in values.items()]
            link.executemany("INSERT OR IGNORE INTO counter VALUES (?, ?, ?, ?, ?)", sorted(lines))

    def add(self, batch: UUID, places: Iterable[Place]) -> None:
        with self._link() as link:
            if link.execute("INSERT OR IGNORE INTO done VALUES (?)", (batch.hex,)).rowcount:
                more = [(times, *place.words()) for place, times in Counter(places).items()]
                at = "plan = ? AND period = ? AND tab = ? AND cell = ?"
                link.executemany(f"UPDATE counter SET value = value + ? WHERE {at}", more)  # noqa: S608  our own words

    def read(self, plan: UUID, period: str) -> dict[tuple[str, str], int]:
        with self._link() as link:
            asked = "SELECT tab, cell, value FROM counter WHERE plan = ? AND period = ?"
            return {(table, cell): value for table, cell, value in link.execute(asked, (plan.hex, period))}

    def destroy(self, plan: UUID, period: str) -> None:
        with self._link() as link:
            link.execute("DELETE FROM counter WHERE plan = ? AND period = ?", (plan.hex, period))


class OfPostgresql:
    """By functions only: see migrations/0002_counters.py."""

    def missing(self, places: Iterable[Place]) -> list[Place]:
        return [
            place for place in places if not self._ask("SELECT haven_counters.is_open(%s, %s, %s, %s)", place)[0][0]
        ]

    def open(self, values: Mapping[Place, int], ends: Mapping[str, date]) -> None:
        for place, value in values.items():
            words = (*place, value, ends[place.period])
            self._ask("SELECT haven_counters.open(%s, %s, %s, %s, %s, %s)", words)

    def add(self, batch: UUID, places: Iterable[Place]) -> None:
        found = Counter(places)
        columns = [[place[at] for place in found] for at in range(len(Place._fields))]
        self._ask("SELECT haven_counters.add(%s, %s::uuid[], %s, %s, %s, %s)", (batch, *columns, [*found.values()]))

    def read(self, plan: UUID, period: str) -> dict[tuple[str, str], int]:
        rows = self._ask("SELECT tab, cell, value FROM haven_counters.read_ended(%s, %s)", (plan, period))
        return {(table, cell): value for table, cell, value in rows}

    def destroy(self, plan: UUID, period: str) -> None:
        self._ask("SELECT haven_counters.destroy(%s, %s)", (plan, period))

    def _ask(self, statement: str, words: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, words)
            rows: list[Any] = cursor.fetchall()
            return rows
