"""A flood is slowed for everybody together: no address plays a part, nobody is told apart. In the memory of this
process, as in the reporter's door; with several processes each has its own."""

from collections import deque
from threading import Lock
from time import monotonic

WINDOW = 600.0  # seconds


class TooMany(Exception):
    """Nothing was taken, and nothing lost: the page comes back as it was sent."""


class Pace:
    """What came in the last ten minutes, for each key."""

    def __init__(self) -> None:
        self._came: dict[str, deque[float]] = {}
        self._lock = Lock()

    def admit(self, key: str, most: int) -> None:
        """Raises TooMany."""
        with self._lock:
            came, moment = self._came.setdefault(key, deque()), monotonic()
            while came and came[0] < moment - WINDOW:
                came.popleft()
            if len(came) >= most:
                raise TooMany
            came.append(moment)

    def clear(self) -> None:
        with self._lock:
            self._came.clear()


pace = Pace()
