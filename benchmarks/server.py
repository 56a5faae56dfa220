"""The real server on the folder of the measurement and a free port: `haven serve`, or gunicorn as that starts it."""

import os
import signal
import socket
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import psutil

from benchmarks import place
from benchmarks.clients import HOST, Client, get
from haven.config.running import GUNICORN, HAVEN

WSGI = "haven.config.wsgi:application"
UP_WITHIN = 60.0  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Server:
    """Starts, answers, is killed, starts again. `kill` asks nobody; `stop` is what an administrator does.

    `whole`: everything that `haven serve` starts, with the clock; else gunicorn only, which is up sooner after a kill.
    """

    def __init__(self, wsgi: str = WSGI, extra: Mapping[str, str] | None = None, *, whole: bool = False) -> None:
        self.port = free_port()
        self.wsgi = wsgi
        self.whole = whole
        self._extra = dict(extra or {})
        self.log = place.FOLDER / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Returns when it answers."""
        temp = place.FOLDER / "temp"
        temp.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command(),
                env={**place.environment(), "TMPDIR": str(temp), "HAVEN_BIND": f"{HOST}:{self.port}", **self._extra},
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd=Path(__file__).resolve().parent.parent,
            )
        self._wait()

    def command(self) -> list[str]:
        if self.whole:
            return [*HAVEN, "serve", "--port", str(self.port)]
        return [*GUNICORN, self.wsgi]

    @property
    def workers(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self._pid).children(recursive=True)
        return []

    def memory(self) -> float:
        """Of the master and all it started, in MB; shared pages count once (PSS)."""
        processes = [psutil.Process(self._pid), *self.workers]
        return sum(one.memory_full_info().pss for one in processes) / 1e6

    def kill(self) -> None:
        """Everything at once, as when the power goes."""
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        self._wait_for_end()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._wait_for_end()

    @property
    def _pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _wait_for_end(self) -> None:
        assert self._process is not None
        self._process.wait(timeout=UP_WITHIN)

    def _wait(self) -> None:
        until = monotonic() + UP_WITHIN
        while monotonic() < until:
            if self._process is not None and self._process.poll() is not None:
                break
            with suppress(OSError):
                client = Client(self.port)
                client.send(get("/en/contact/"))
                client.close()
                return
            sleep(0.05)
        raise RuntimeError(f"The server did not come up. Its last words:\n{self.log.read_text()[-3000:]}")
