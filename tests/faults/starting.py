"""Haven as an administrator starts it: the command itself, in processes of its own, on a data folder of its own."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Self
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import psutil

from haven.config.place import WITHOUT_SITE
from tests.post import HOST, free_port

ROOT = Path(__file__).resolve().parents[2]
HAVEN = (sys.executable, "-m", "haven.config.cli")
UP_WITHIN = 240.0


def environment(data: Path, **more: str) -> dict[str, str]:
    """Nothing of Haven that is set outside, and nothing of the tests' own database. Without the site, whose editor
    takes seconds to read, unless a test asks for it."""
    mine = {"HAVEN_DATA": str(data), "HAVEN_ZONES": WITHOUT_SITE, **more}
    outside = ("HAVEN_", "DATABASE_URL", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(outside)} | mine


def haven(*words: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a verb to its end."""
    command = [*HAVEN, *words]
    return subprocess.run(
        command,
        env=environment(data, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=UP_WITHIN,
        check=False,
        stdin=subprocess.DEVNULL,
    )


class Started:
    """A server that runs until the end of the `with`."""

    def __init__(self, data: Path, *words: str, **more: str) -> None:
        self.port = free_port()
        self.log = data.with_name(f"{data.name}.log")
        command = [*HAVEN, "serve", "--port", str(self.port), *words]
        given = environment(data, **more)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=given, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def __enter__(self) -> Self:
        until = monotonic() + UP_WITHIN
        while "ready" not in self.said:
            if self.process.poll() is not None or monotonic() > until:
                self.__exit__()
                raise AssertionError(f"Haven did not start:\n{self.said}")
            sleep(0.1)
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def processes(self) -> list[psutil.Process]:
        """All but the one that watches."""
        children: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return children

    @property
    def clock(self) -> psutil.Process:
        return next(one for one in self.processes if one.cmdline()[-1] == "clock")

    def status(self, path: str, **fields: str) -> int:
        """Get a page, or send a form when there are fields; what the server says of it."""
        body = urlencode(fields).encode() if fields else None
        asked = Request(f"http://{HOST}:{self.port}{path}", body, {"Sec-Fetch-Site": "same-origin"})
        try:
            with urlopen(asked, timeout=30) as answer:  # noqa: S310  our own server
                return int(answer.status)
        except HTTPError as error:
            with error:
                return error.code
