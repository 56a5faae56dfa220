"""A locked database and a full disk: nothing is lost, reading goes on, and it is over when the trouble is over."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.db import connection

from haven.cases.models import Case
from tests.faults.starting import ROOT, Started, environment, haven
from tests.institution import Institution
from tests.reporter.visitor import Visitor, at_the_code

WITHIN = 12.0  # seconds until somebody who waits gets an answer
LOCKED_FOR = 30
SQLITE = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1])
held.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
"""
POSTGRESQL = """
import psycopg, sys, time
held = psycopg.connect(sys.argv[1])
held.execute("LOCK TABLE cases_case IN EXCLUSIVE MODE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(2)


@contextmanager
def locked() -> Iterator[None]:
    """Another program holds the database, and knows nothing of our row of writers."""
    if connection.vendor == "sqlite":
        program, where = SQLITE, str(connection.settings_dict["NAME"])
    else:
        program, where = POSTGRESQL, _address(connection.settings_dict)
    command = [sys.executable, "-c", program, where, str(LOCKED_FOR)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        yield
        assert other.poll() is None, "it was locked all the time"
        other.kill()


def _address(database: dict[str, Any]) -> str:
    return f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def test_a_locked_database_costs_twelve_seconds_and_no_word(house: Institution) -> None:
    visitor = at_the_code(Visitor(), purpose="report", mode="anonymous", story="It happened again.")
    with locked():
        begun = monotonic()
        visitor.press("send")
        assert monotonic() - begun < WITHIN
        assert visitor.answer.status_code == 503
        assert "Nothing is lost" in visitor.heading
        assert visitor.state in visitor.text
        begun = monotonic()
        assert Visitor().open().answer.status_code == 200, "reading goes on"
        assert monotonic() - begun < WITHIN / 2
    assert not Case.objects.exists()
    visitor.press("send")
    assert visitor.answer.status_code == 200
    assert Case.objects.count() == 1


class Disk:
    """A small disk of its own, in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Until nothing at all fits."""
        with self._filler.open("ab", buffering=0) as filler:
            for size in (1 << 20, 1 << 12, 1):
                self._write(filler, size)

    def make_room(self) -> None:
        self._filler.unlink()

    @staticmethod
    def _write(filler: Any, size: int) -> None:
        try:
            while filler.write(bytes(size)):
                pass
        except OSError:
            return


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], check=True)
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def send(server: Started, form: str) -> int:
    return server.status("/en/contact/", state=form, readback="no", do="send")


def stored(data: Path) -> int:
    database = sqlite3.connect(data / "haven.sqlite3")
    try:
        return int(database.execute("SELECT count(*) FROM dialogue_mailbox").fetchone()[0])
    finally:
        database.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk; CI is root")
def test_a_full_disk_loses_nothing_reading_goes_on_and_it_recovers_alone(disk: Disk) -> None:
    data = disk.folder / "data"
    assert haven("migrate", data=data).returncode == 0
    made = subprocess.run(
        [sys.executable, "-m", "tests.faults.filled_forms", "40"],
        env=environment(data), cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    forms = made.stdout.split()
    with Started(data, "--no-clock") as server:
        assert [send(server, form) for form in forms[:5]] == [200] * 5
        disk.fill()
        answers = [send(server, form) for form in forms[5:]]
        assert 503 in answers, "it was never full"
        assert set(answers) <= {200, 503}
        assert server.status("/en/contact/") == 200
        assert stored(data) == 5 + answers.count(200)
        disk.make_room()
        again = [form for form, answer in zip(forms[5:], answers, strict=True) if answer == 503]
        assert {send(server, form) for form in again} == {200}
        assert stored(data) == len(forms)
        assert {send(server, form) for form in again} == {200}, "sent twice"
        assert stored(data) == len(forms)
    verified = haven("verify", data=data)
    assert verified.stdout == "All is sound.\n"
