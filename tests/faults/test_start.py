"""Starting and stopping: what cannot work is refused with a sentence that says what to do, and nothing is touched."""

import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from haven.config.place import EVERY_ZONE
from tests.faults.starting import Started, environment, haven
from tests.post import HOST, free_port

REFUSED = 2


def assert_refused(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    assert done.returncode == REFUSED, done.stdout + done.stderr
    assert [word for word in words if word not in done.stderr] == []
    assert "Traceback" not in done.stdout + done.stderr


def test_the_port_is_looked_at_before_anything_is_touched(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        done = haven("serve", "--port", str(port), data=tmp_path / "data")
    assert_refused(done, f"Port {port} is in use", f"--port {port + 1}")
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = haven("serve", "--port", str(free_port()), data=tmp_path / "file" / "data")
    assert_refused(done, "cannot write in", "HAVEN_DATA")


def test_data_of_a_newer_version_is_refused_and_left_as_it_is(data: Path) -> None:
    database = data / "haven.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '0099_later', '2031-01-01')"
        )
    connection.close()
    before = database.read_bytes()
    done = haven("serve", "--port", str(free_port()), data=data)
    assert_refused(done, "newer version", "cases 0099_later")
    assert database.read_bytes() == before


def test_a_database_that_is_not_one_is_refused(data: Path) -> None:
    (data / "haven.sqlite3").write_bytes(b"this is a letter" * 1000)
    assert_refused(haven("serve", "--port", str(free_port()), data=data), "cannot be read", "backup")


def test_a_wrong_rulebook_is_refused_with_file_key_and_remedy(data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree("rulebooks/example", tmp_path / "rules"))
    calendar = folder / "retention.toml"
    calendar.write_text(
        calendar.read_text().replace("closed_days", "closde_days", 1).replace("closed_days =", "closde_days =")
    )
    done = haven("serve", "--port", str(free_port()), data=data, HAVEN_RULEBOOK=str(folder))
    assert_refused(done, "retention.toml", "closde_days", "Did you mean “closed_days”?")
    checked = haven("rulebook", "check", str(folder), data=data)
    assert checked.returncode == 1
    assert "closde_days" in checked.stdout
    good = haven("rulebook", "check", "rulebooks/example", data=tmp_path / "none")
    assert (good.returncode, "can be used" in good.stdout) == (0, True)


def test_a_postgresql_that_does_not_answer_is_refused_without_its_password(data: Path) -> None:
    address = f"postgresql://haven:zilvermeeuw@{HOST}:{free_port()}/haven"
    done = haven("serve", "--port", str(free_port()), data=data, DATABASE_URL=address)
    assert_refused(done, "PostgreSQL does not answer", "DATABASE_URL")
    assert "zilvermeeuw" not in done.stdout + done.stderr


@pytest.mark.parametrize("verb", [("verify",), ("clock", "--once"), ("trail", "verify"), ("trail", "key")])
def test_a_verb_without_a_haven_says_so(verb: tuple[str, ...], tmp_path: Path) -> None:
    assert_refused(haven(*verb, data=tmp_path / "data"), "There is no Haven in")


def test_server_and_clock_stop_together_when_asked(data: Path) -> None:
    with Started(data) as server:
        assert server.status("/nl/contact/") == 200
        family = server.processes
        assert server.clock.is_running()
        asked = monotonic()
        server.process.terminate()
        assert server.process.wait(timeout=15) == 0
        assert monotonic() - asked < 10
        assert psutil.wait_procs(family, timeout=2)[1] == []
        assert "Haven has stopped." in server.said
        assert "Traceback" not in server.said
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, server.port))


SLOW = """
import time
from haven.config.web import *

def post_fork(_server, worker):
    print("made", worker.age, flush=True)
    if worker.age == workers:
        time.sleep(3)
"""


def test_a_worker_that_is_only_being_made_stops_as_soon_as_the_others(data: Path, tmp_path: Path) -> None:
    config = tmp_path / "slow.py"
    config.write_text(SLOW)
    address = {"HAVEN_BIND": f"{HOST}:{free_port()}", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "gunicorn", "-c", str(config)]
    with subprocess.Popen(command, env=environment(data, **address), stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert [server.stdout.readline() for _ in range(2)] == ["made 1\n", "made 2\n"]
        asked = monotonic()
        server.terminate()
        assert server.wait(timeout=60) == 0
    assert monotonic() - asked < 10, "three seconds to be made, and no more of the grace than that"


def test_the_clock_ends_within_a_second_and_one_that_died_is_started_again(data: Path) -> None:
    with Started(data) as server:
        first = server.clock
        sleep(3)
        first.send_signal(signal.SIGTERM)
        assert psutil.wait_procs([first], timeout=2)[1] == [], "a second, and half of one until it is noticed"
        until = monotonic() + 30
        while monotonic() < until and "clock" not in [one.cmdline()[-1] for one in server.processes]:
            sleep(0.2)
        assert server.clock.pid != first.pid
        assert "started again" in server.said


def test_the_first_people_come_in_by_the_terminal(data: Path) -> None:
    key = haven("trail", "key", data=data)
    hexadecimal = key.stdout.split()[-1]
    words = ("--name", "Anna", "--function-nl", "Medewerker", "--function-en", "Officer", "--role")
    added = haven("people", "add", "anna@haven.example", *words, "contact_point", data=data)
    assert added.returncode == 0, added.stderr
    assert "http://127.0.0.1:8000/" in added.stdout
    assert_refused(haven("people", "add", "anna@haven.example", *words, "contact_point", data=data), "already")
    assert_refused(haven("people", "add", "bram@haven.example", *words, "director", data=data), "not a role")
    rooted = haven("people", "root", "anna@haven.example", "bram@haven.example", data=data)
    assert_refused(rooted, "anna@haven.example has no keys yet")
    assert haven("trail", "verify", "--key", hexadecimal, data=data).returncode == 0
    assert haven("trail", "verify", "--key", "00" * 32, data=data).returncode == 1
    assert_refused(haven("trail", "key", data=data), "already begun")
    assert haven("verify", data=data).stdout == "All is sound.\n"


@pytest.mark.slow
def test_the_demo_opens_its_doors_on_this_machine_only(tmp_path: Path) -> None:
    with Started(tmp_path / "data", "--demo", HAVEN_ZONES=EVERY_ZONE) as server:
        doors = ("/nl/", "/en/", "/nl/contact/", "/en/contact/", "/nl/help/", "/nl/sign-in/")
        assert {path: server.status(path) for path in doors} == dict.fromkeys(doors, 200)
        assert {"passphrase", "noor@voorbeeld.example", f"http://{HOST}:{server.port}/nl/contact/"} <= set(
            server.said.split()
        )
        heard = {one.laddr.ip for child in server.processes for one in child.net_connections("inet") if not one.raddr}
        assert heard == {HOST}
    other = haven("serve", "--port", str(free_port()), data=tmp_path / "data", HAVEN_ADDRESS="https://haven.example")
    assert_refused(other, "passwords and keys are public")
