"""The database at one moment, while others go on writing. What is of the moment only is left out: who is signed in,
whose keys are open, who mistyped something, what waits for a reporter who stopped and may throw it away, what waits to
be counted. The counters are elsewhere, and never here."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, Literal, Protocol

import psycopg
from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate
from psycopg import IsolationLevel, sql

from haven.config.backup.archive import ABOUT, FORMAT, Part, pieces_of
from haven.config.place import Refused

LEFT_OUT = ("django_session", "vault_unlockedsession", "people_tried", "vault_paused", "vault_tally")
DATABASE = "haven.sqlite3"
COPY = "backup.sqlite3"  # beside the database, for as long as the backup takes
_CHUNK = 4 * 1024 * 1024


class Snapshot(Protocol):
    """What a backup needs of a database."""

    def files(self) -> list[str]:
        """The names of the sealed files that its rows speak of."""
        ...

    def parts(self) -> Iterator[Part]: ...


@contextmanager
def taken(folder: Path) -> Iterator[Snapshot]:
    if connection.vendor == "postgresql":
        with psycopg.connect(settings.DATABASE_URL) as link:
            link.isolation_level, link.read_only = IsolationLevel.REPEATABLE_READ, True
            yield OfPostgresql(link)
        return
    copy = folder / COPY
    try:
        _copy(Path(connection.settings_dict["NAME"]), copy)
        with closing(sqlite3.connect(copy)) as link:
            yield OfSqlite(link, copy)
    finally:
        remove(folder)


def remove(folder: Path) -> None:
    """The copy of SQLite, also one that a backup left when it was killed."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        (folder / f"{COPY}{suffix}").unlink(missing_ok=True)


def _copy(database: Path, copy: Path) -> None:
    """SQLite's own online backup: one moment of the database, page by page. Then what is left out is overwritten."""
    remove(copy.parent)
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(database, timeout=60)) as source, closing(sqlite3.connect(copy)) as link:
        source.backup(link)
        link.execute("PRAGMA journal_mode=DELETE")
        link.execute("PRAGMA secure_delete=ON")
        for table in LEFT_OUT:
            link.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
        link.commit()
        said = link.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok":
        raise Refused(f"SQLite found damage ({said}). Restore the last backup; this one was not made.")


def _about(migrations: list[tuple[str, str]], tables: dict[str, list[str]]) -> Part:
    about = {
        "format": FORMAT,
        "haven": version("haven"),
        "day": localdate().isoformat(),
        "database": connection.vendor,
        "migrations": migrations,
        "tables": tables,
    }
    return Part.of(ABOUT, json.dumps(about).encode())


_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"
_FILES = "SELECT id FROM vault_sealedfile"


@dataclass(frozen=True)
class OfSqlite:
    link: sqlite3.Connection
    copy: Path

    def files(self) -> list[str]:
        return [name for (name,) in self.link.execute(_FILES)]

    def parts(self) -> Iterator[Part]:
        yield _about(self.link.execute(_MIGRATIONS).fetchall(), {})
        with self.copy.open("rb") as content:
            yield Part(DATABASE, self.copy.stat().st_size, pieces_of(content))


@dataclass(frozen=True)
class OfPostgresql:
    """One repeatable-read transaction, so that every table is of the same moment."""

    link: psycopg.Connection[Any]

    def files(self) -> list[str]:
        return [name.hex for (name,) in self.link.execute(_FILES)]

    def parts(self) -> Iterator[Part]:
        tables = self._tables()
        yield _about(self.link.execute(_MIGRATIONS).fetchall(), tables)
        yield from chain.from_iterable(self._table(name, columns) for name, columns in tables.items())

    def _tables(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        for table, column in self.link.execute(f"{columns} ORDER BY table_name, ordinal_position"):
            if table not in LEFT_OUT:
                found.setdefault(table, []).append(column)
        return found

    def _table(self, name: str, columns: list[str]) -> Iterator[Part]:
        """In parts of a few megabytes: their size has to be known before they go out."""
        out, number = copy_of(name, columns, "TO STDOUT"), 0
        kept = bytearray()
        with self.link.cursor() as cursor, cursor.copy(out) as rows:
            for row in rows:
                kept += row
                if len(kept) >= _CHUNK:
                    yield Part.of(f"tables/{name}/{number:06}", bytes(kept))
                    number, kept = number + 1, bytearray()
        if kept:
            yield Part.of(f"tables/{name}/{number:06}", bytes(kept))


def copy_of(table: str, columns: list[str], way: Literal["TO STDOUT", "FROM STDIN"]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), names, sql.SQL(way))
