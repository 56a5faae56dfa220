"""The door through which time comes. Nothing is scheduled: every tick looks at what is there and does what is due. So
nothing is forgotten when a process dies, doing something twice changes nothing, and two clocks do no harm."""

import logging
import os
import signal
from collections.abc import Callable, Iterable
from time import sleep
from types import FrameType

from django.db import connections

from haven.clock import jobs

PAUSE = 20.0  # seconds; a notice leaves well within the five minutes of R-002-09
TICKS = 30  # between two rounds of what can wait ten minutes

logger = logging.getLogger(__name__)

type Job = Callable[[], object]


def once() -> int:
    """Do what is due now; gives how many jobs failed."""
    return _do(jobs.AT_EVERY_TICK) + _do(jobs.AT_TIMES)


def run() -> None:
    """Until a signal comes, which ends it at once: what was not committed by then is done at the next start."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        os._exit(0)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    while True:
        _do(jobs.AT_TIMES)
        for _tick in range(TICKS):
            _do(jobs.AT_EVERY_TICK)
            sleep(PAUSE)


def _do(due: Iterable[Job]) -> int:
    """How many failed."""
    return sum(not _done(job) for job in due)


def _done(job: Job) -> bool:
    """One job that fails does not keep the others from running, nor itself from being tried at the next tick."""
    try:
        job()
    except Exception:
        logger.exception("The clock could not %s. It tries again.", job.__name__.replace("_", " "))
        connections.close_all()
        return False
    return True
