"""Writers of SQLite stand in a row: nobody is passed by, nobody waits longer than was agreed, the dead hold nothing."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread, Timer
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from haven.config.sqlite.queue import Row, Turn

pytestmark = pytest.mark.django_db

PATIENCE = 1.5  # seconds, in place of the ten of settings.py
HOLDER = """
import sys, time, pathlib
from haven.config.sqlite.queue import Turn
Turn(pathlib.Path(sys.argv[1])).take(time.monotonic() + 5)
print("taken", flush=True)
time.sleep(60)
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ConnectionHandler]:
    """One connection a thread, as in the server."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": PATIENCE, "init_command": "PRAGMA journal_mode=WAL"}
    file = tmp_path / "test.sqlite3"
    handler = ConnectionHandler({"default": {"ENGINE": "haven.config.sqlite", "NAME": file, "OPTIONS": options}})
    with handler["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE notes (words)")
    yield handler
    handler.close_all()


def begin(connection: Any) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: Any) -> None:
    connection.commit()
    connection.set_autocommit(True)


def write(connection: Any) -> None:
    begin(connection)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO notes VALUES ('one')")
    end(connection)


def count(connection: Any) -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("SELECT count(*) FROM notes").fetchone()[0])


def test_who_came_first_writes_first() -> None:
    row, order = Row(), list[int]()
    assert row.enter(monotonic() + 1)

    def take_turn(number: int) -> None:
        assert row.enter(monotonic() + 5)
        order.append(number)
        row.leave()

    threads = [Thread(target=take_turn, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
        sleep(0.02)
    row.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_who_gave_up_is_not_served_later() -> None:
    row = Row()
    assert row.enter(monotonic() + 1)
    assert not row.enter(monotonic() + 0.05)
    row.leave()
    assert row.enter(monotonic() + 0.05)


def test_many_threads_write_and_every_row_is_there(database: ConnectionHandler) -> None:
    def work() -> None:
        for _time in range(20):
            write(database["default"])
        database["default"].close()

    threads = [Thread(target=work) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database["default"]) == 160


def test_reading_does_not_wait_for_who_writes(database: ConnectionHandler, tmp_path: Path) -> None:
    turn = Turn(tmp_path / "test.sqlite3")
    assert turn.take(monotonic() + 1)
    begun = monotonic()
    assert count(database["default"]) == 0
    assert monotonic() - begun < PATIENCE / 2
    turn.give_back()


def test_a_program_that_does_not_know_of_the_row_makes_wait_as_long_as_agreed(
    database: ConnectionHandler, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "test.sqlite3")
    other.execute("BEGIN EXCLUSIVE")
    waited: list[float] = []

    def try_to_write() -> None:
        begun = monotonic()
        with pytest.raises(OperationalError, match="locked"):
            write(database["default"])
        waited.append(monotonic() - begun)
        database["default"].close()

    threads = [Thread(target=try_to_write) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(waited) < PATIENCE + 1, "those behind in the row wait no longer than the first"
    other.rollback()
    other.close()
    write(database["default"])
    assert count(database["default"]) == 1


def test_a_failed_transaction_gives_its_turn_back(database: ConnectionHandler) -> None:
    begin(database["default"])
    database["default"].rollback()
    database["default"].set_autocommit(True)
    begin(database["default"])
    database["default"].close()
    write(database["default"])
    assert count(database["default"]) == 1


def test_a_process_that_was_killed_holds_nothing(database: ConnectionHandler, tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / "test.sqlite3")], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    with holder, holder.stdout:
        assert holder.stdout.readline() == b"taken\n"
        Timer(0.3, holder.kill).start()
        begun = monotonic()
        write(database["default"])
    assert 0.2 < monotonic() - begun < 5
    assert count(database["default"]) == 1


@pytest.mark.parametrize("time", ["first", "again"])
def test_placeholders_and_signs_of_percent_mean_what_they_do_in_django(database: ConnectionHandler, time: str) -> None:
    with database["default"].cursor() as cursor:
        cursor.execute("SELECT %s, '100%%', %s LIKE 'a%%'", [time, "ab"])
        assert cursor.fetchone() == (time, "100%", 1)
        cursor.execute("SELECT %(one)s, '5%%'", {"one": time})
        assert cursor.fetchone() == (time, "5%")
        cursor.execute("SELECT '7%'")
        assert cursor.fetchone() == ("7%",)
