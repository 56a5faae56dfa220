"""The part of a restore that needs Django, which was set up on what was unpacked."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from haven.clock import deletions
from haven.clock.verify import findings
from haven.config import prepare
from haven.config.backup.snapshot import copy_of
from haven.config.place import Refused
from haven.config.staff import AT_THE_TERMINAL
from haven.trail import actions as trail

type Say = Callable[[str], object]
_PIECE = 1024 * 1024


def awake(say: Say, about: Mapping[str, Any], register: Path | None) -> list[str]:
    """Fill the database, bring it to this version, destroy again, verify. Raises Refused."""
    gone = _read(register)
    if connection.vendor == "postgresql":
        say("Filling the database.")
        _fill(about)
    prepare.check_database()
    prepare.migrate(say)
    back = deletions.apply(gone)
    if register:
        say(f"Applied the deletion register ({len(gone)} lines): destroyed again what had come back ({back}).")
    with transaction.atomic():
        trail.note("store.restored", by=AT_THE_TERMINAL)
    say("Verifying.")
    found = findings()
    connections.close_all()
    return found


def _read(register: Path | None) -> deletions.Deletions:
    if register is None:
        return {}
    try:
        return deletions.read(register)
    except ValueError:
        raise Refused(f"{register} is not a deletion register. It lies beside the backups: haven.deletions") from None


def _fill(about: Mapping[str, Any]) -> None:
    """The tables as they were in the version of the backup, and their rows; all in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise Refused("The database of DATABASE_URL is not empty. Make a new one; a restore overwrites nothing.")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _build(about["migrations"])
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        there = connection.introspection.table_names(cursor)
        names = ", ".join(map(connection.ops.quote_name, there))
        cursor.execute(f"TRUNCATE {names}")
        for name, columns in about["tables"].items():
            with cursor.copy(copy_of(name, columns, "FROM STDIN")) as rows:
                for part in sorted((settings.DATA / "tables" / name).glob("*")):
                    _feed(rows, part)
        every = apps.get_models(include_auto_created=True)
        then = [one for one in every if one._meta.db_table in there]  # noqa: SLF001  Django's own name for it
        for line in connection.ops.sequence_reset_sql(no_style(), then):
            cursor.execute(line)


def _build(migrations: Iterable[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    known = [(app, name) for app, name in migrations if (app, name) in executor.loader.disk_migrations]
    if len(known) < len(list(migrations)):
        raise Refused("This backup was made by a newer version of Haven. Install that version first.")
    executor.migrate([(app, name) for app, name in known])


def _feed(rows: Any, part: Path) -> None:
    with part.open("rb") as content:
        while piece := content.read(_PIECE):
            rows.write(piece)
