"""First come, first served, for writing to SQLite: between the threads of a process, and between processes.

SQLite has one writer at a time, and lets the others ask again after ever longer pauses: who is unlucky waits long while
others pass. Here they stand in a row instead.
"""

import fcntl
import os
from collections import deque
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import monotonic


class Row:
    """A lock that serves the threads of this process in the order in which they came."""

    def __init__(self) -> None:
        self._guard, self._waiting, self._taken = Lock(), deque[Lock](), False

    def enter(self, deadline: float) -> bool:
        """Whether it became this thread's turn before `deadline` (of the monotonic clock)."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            ticket = Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        if ticket.acquire(timeout=max(0.0, deadline - monotonic())):
            return True
        with self._guard, suppress(ValueError):
            self._waiting.remove(ticket)
            return False
        return True  # it was handed over at the last moment

    def leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Turn:
    """The right to write, in all processes. One for each database of a process; the operating system takes it back from
    who dies.

    Whoever waits for another process first takes the place at the door, so that a busy process cannot pass it for ever.
    Waiting there has no end of its own: it lasts as long as the others' turns do, which end by their deadlines. (Asking
    again and again instead of waiting halves what a busy server can write.)
    """

    def __init__(self, database: Path) -> None:
        self._row = Row()
        self._door, self._room = (database.with_name(f"{database.name}-{name}") for name in ("door", "room"))
        self._held: int | None = None

    def take(self, deadline: float) -> bool:
        if not self._row.enter(deadline):
            return False
        try:
            door = _lock(self._door)
            try:
                self._held = _lock(self._room)
            finally:
                os.close(door)
        except BaseException:
            self._row.leave()
            raise
        return True

    def give_back(self) -> None:
        if self._held is not None:
            os.close(self._held)
        self._held = None
        self._row.leave()


def _lock(file: Path) -> int:
    """An open file that holds the lock. Closing it, or dying, gives it back."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except BaseException:
        os.close(handle)
        raise
    return handle
