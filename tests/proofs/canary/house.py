"""Haven as it is installed: a data folder, a web server of two processes, a mail server, and the clock by hand."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.post import PostOffice, free_port

HAVEN = (sys.executable, "-m", "haven.config.cli")
ADMINISTRATOR = ("people", "add", "admin@voorbeeld.example", "--name", "Admin", "--role", "administrator")
FUNCTIONS = ("--function-nl", "Beheerder", "--function-en", "Administrator")
ROOT = Path(__file__).resolve().parents[3]


@dataclass
class House:
    """`place` holds everything that any process of the run could write: data, temporary files, logs and mails."""

    place: Path
    port: int
    office: PostOffice
    people: list[dict[str, Any]]

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> str:
        return "".join(file.read_text(errors="replace") for file in (self.place / "logs").iterdir())

    def haven(self, *words: str) -> None:
        run(self.place, self.office.port, *HAVEN, *words)

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """The database behind the back of the server, as an administrator has it."""
        connection = sqlite3.connect(self.data / "haven.sqlite3", timeout=5, isolation_level=None)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def broken(self, break_it: str, mend_it: str) -> Iterator[None]:
        with self.database() as connection:
            connection.executescript(break_it)
            try:
                yield
            finally:
                connection.executescript(mend_it)

    def keep_mails(self) -> None:
        (self.place / "mails").mkdir(exist_ok=True)
        for number, mail in enumerate(self.office.mails):
            (self.place / "mails" / str(number)).write_bytes(mail.as_bytes())


def environment(place: Path, mail_port: int) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HAVEN_", "DJANGO_", "DATABASE_"))
    }
    ours = {"HAVEN_DATA": str(place / "data"), "HAVEN_SMTP_HOST": "127.0.0.1", "HAVEN_SMTP_PORT": str(mail_port)}
    return kept | ours | {"TMPDIR": str(place / "tmp"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "default"}


def run(place: Path, mail_port: int, *command: str) -> str:
    """A command to its end. What it says on the way belongs to the logs."""
    with (place / "logs" / f"command-{time.monotonic_ns()}").open("w") as said:
        done = subprocess.run(
            command,
            check=True,
            env=environment(place, mail_port),
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=ROOT,
        )
        said.write(done.stdout)
    return done.stdout


@contextmanager
def installed(place: Path) -> Iterator[House]:
    """Prepared, with three readers, and serving."""
    for name in ("tmp", "logs"):
        (place / name).mkdir()
    with PostOffice() as office:
        run(place, office.port, *HAVEN, "migrate")
        run(place, office.port, *HAVEN, *ADMINISTRATOR, *FUNCTIONS)
        people = json.loads(run(place, office.port, sys.executable, "-m", "tests.proofs.canary.staff"))
        port = free_port()
        with serving(place, office.port, port):
            yield House(place, port, office, people)


@contextmanager
def serving(place: Path, mail_port: int, port: int) -> Iterator[None]:
    command = (*HAVEN, "serve", "--no-clock", "--port", str(port))
    with (place / "logs" / "out").open("w") as out, (place / "logs" / "err").open("w") as err:
        server = subprocess.Popen(command, env=environment(place, mail_port), stdout=out, stderr=err, cwd=ROOT)
        try:
            wait_for(port)
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=40) == 0


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/nl/contact/")
            answered = connection.getresponse().status
            connection.close()
            if answered == 200:
                return
        time.sleep(0.2)
    raise AssertionError("Haven did not start")
