"""Two processes, watched over until somebody stops them: the web server, and the clock beside it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from types import FrameType

HAVEN = (sys.executable, "-m", "haven.config.cli")
GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "python:haven.config.web")
LOOK = 0.5  # seconds between two looks at the processes
PAUSE = 5.0  # seconds before a clock that stopped is started again
GRACE = 30.0  # seconds to finish what was begun
UP_WITHIN = 60.0
FRUGAL = {"MALLOC_ARENA_MAX": "2"}  # threads share what was freed; one more arena each costs memory and gains no time
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

type Process = subprocess.Popen[bytes]
type Say = Callable[[str], object]


def stop_on_signals() -> None:
    """Whatever is going on ends in good order, with exit code 0."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    for number in STOPPING:
        signal.signal(number, stop)


def run(host: str, port: int, say: Say, *, with_clock: bool) -> int:
    """Returns only when the web server ends by itself; otherwise a signal ends it, and both processes with it."""
    started: list[Process] = []
    try:
        web = _start(started, *GUNICORN)
        there = _answers(web, host, port)
        clock = _start(started, *HAVEN, "clock") if with_clock else None  # what it reads first would hold up the other
        if there:
            say("Haven is ready. Stop it with Ctrl+C.")
        while web.poll() is None:
            sleep(LOOK)
            if clock is not None and clock.poll() is not None:
                say("The clock stopped by itself. It is started again.")
                sleep(PAUSE)
                clock = _start(started, *HAVEN, "clock")
        say("The web server stopped by itself; see what it said above.")
        return 1
    finally:
        _stop(started, say)


def _start(started: list[Process], *command: str) -> Process:
    process = subprocess.Popen(command, env=FRUGAL | os.environ)  # noqa: S603  our own commands
    started.append(process)
    return process


def _answers(web: Process, host: str, port: int) -> bool:
    """Waits until somebody can come in."""
    until = monotonic() + UP_WITHIN
    while web.poll() is None and monotonic() < until:
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
            return True
        sleep(0.1)
    return False


def _stop(started: list[Process], say: Say) -> None:
    """All at once, so that they end together; who does not end within the grace is ended."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    alive = [process for process in started if process.poll() is None]
    for process in alive:
        process.terminate()
    until = monotonic() + GRACE
    for process in alive:
        try:
            process.wait(timeout=max(0.1, until - monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    say("Haven has stopped.")
