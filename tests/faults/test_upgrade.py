"""An upgrade that is killed in the middle: the database is of the old version or of the new one, and nothing is lost.

The older version is made by taking migrations back whose tables hold no word of anybody.
"""

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
import pytest

from tests.faults.starting import HAVEN, ROOT, Started, environment, haven

BACK = (("people", "0001"), ("notices", "0001"), ("mfa", "zero"), ("sessions", "zero"), ("account", "zero"))
TAKE_BACK = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "haven.config.settings"
import django
from django.core.management import call_command
django.setup()
for app, name in {BACK}:
    call_command("migrate", app, name, verbosity=0)
"""
KILLS = 4
WORDS = ("cases_case", "dialogue_mailbox", "vault_compartment", "vault_grant", "vault_sealeditem", "trail_entry")
REPORTS = 3


def rows(data: Path, database: Mapping[str, str], query: str) -> list[tuple[Any, ...]]:
    if database:
        with psycopg.connect(database["DATABASE_URL"]) as server:
            return [tuple(row) for row in server.execute(query.encode()).fetchall()]
    link = sqlite3.connect(data / "haven.sqlite3")
    try:
        return link.execute(query).fetchall()
    finally:
        link.close()


def words_in(data: Path, database: Mapping[str, str]) -> dict[str, str]:
    """A digest of every table that holds a case."""
    found = {table: sorted(map(repr, rows(data, database, f"SELECT * FROM {table}"))) for table in WORDS}  # noqa: S608  names of our own
    return {table: hashlib.sha256(str(content).encode()).hexdigest() for table, content in found.items()}


def migrations(data: Path, database: Mapping[str, str]) -> set[tuple[Any, ...]]:
    return set(rows(data, database, "SELECT app, name FROM django_migrations"))


@pytest.fixture
def with_reports(request: pytest.FixtureRequest, database: dict[str, str], tmp_path: Path) -> Path:
    """A Haven with reports, as the last version left it. Several servers share a database only on PostgreSQL: there two
    of them upgrade it at once, and both end well."""
    data = tmp_path / "data" if database else request.getfixturevalue("data")
    if database:
        folders = (data, tmp_path / "another")
        both = [
            subprocess.Popen([*HAVEN, "migrate"], env=environment(folder, **database), cwd=ROOT) for folder in folders
        ]
        assert [process.wait(timeout=240) for process in both] == [0, 0]
    command = [sys.executable, "-m", "tests.faults.filled_forms", str(REPORTS)]
    forms = subprocess.run(
        command, env=environment(data, **database), cwd=ROOT, capture_output=True, text=True, check=True
    )
    with Started(data, "--no-clock", **database) as server:
        for state in forms.stdout.split():
            assert server.status("/en/contact/", state=state, readback="no", do="send") == 200
    assert rows(data, database, "SELECT count(*) FROM cases_case") == [(REPORTS,)]
    return data


def take_back(data: Path, database: Mapping[str, str]) -> None:
    """In one process: to start is most of the work."""
    subprocess.run([sys.executable, "-c", TAKE_BACK], env=environment(data, **database), cwd=ROOT, check=True)


def killed(data: Path, database: Mapping[str, str], number: int) -> bool:
    """Start the new version, and kill it at a random moment while it migrates. Whether the kill came in time."""
    with subprocess.Popen(
        [*HAVEN, "migrate"], env=environment(data, **database), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        until = random.Random(number).randrange(1, 14)  # noqa: S311  a moment, not a secret
        applied = 0
        for line in process.stdout:
            applied += line.startswith("   ")
            if applied == until:
                break
        sleep(random.random() * 0.02)  # noqa: S311  a moment, not a secret
        process.kill()
    return process.returncode != 0


@pytest.mark.slow
def test_killed_in_the_middle_an_upgrade_has_not_begun_and_is_whole_the_next_time(
    with_reports: Path, database: dict[str, str]
) -> None:
    new, words = migrations(with_reports, database), words_in(with_reports, database)
    take_back(with_reports, database)
    old, in_time = migrations(with_reports, database), 0
    assert len(new - old) > 12
    assert old < new

    for number in range(KILLS):
        in_time += killed(with_reports, database, number)
        now = migrations(with_reports, database)
        assert now in (old, new), sorted(now - old)
        assert words_in(with_reports, database) == words
        if now == new:
            take_back(with_reports, database)

    assert in_time > KILLS / 2, "too few kills came in time: this was no test"
    with Started(with_reports, "--no-clock", **database) as server:
        assert server.status("/en/contact/") == 200
    assert migrations(with_reports, database) == new
    assert words_in(with_reports, database) == words
    assert haven("verify", data=with_reports, **database).stdout == "All is sound.\n"


@pytest.mark.slow
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="it is one transaction, as the upgrade above")
def test_a_first_start_that_is_killed_can_be_repeated(database: dict[str, str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    for number in range(2):
        killed(data, database, number)
    done = haven("migrate", data=data, **database)

    assert done.returncode == 0, done.stderr
    assert haven("verify", data=data, **database).stdout == "All is sound.\n"
    shutil.rmtree(data)
