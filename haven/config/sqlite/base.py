"""Django's SQLite, with a row for those who want to write (see queue.py). Reading outside a transaction never waits."""

from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from haven.config.sqlite.queue import Turn

_turns: dict[Path, Turn] = {}
_guard = Lock()


def _turn(database: Path) -> Turn:
    with _guard:
        return _turns.setdefault(database, Turn(database))


class Cursor(base.SQLiteCursorWrapper):
    """Puts SQLite's placeholders into a statement once, and not each time it is carried out."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        named: str = _converted(query) if param_names is None else super().convert_query(query, param_names=param_names)
        return named


@lru_cache(maxsize=256)
def _converted(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class DatabaseWrapper(base.DatabaseWrapper):
    """`timeout` of the options is for all the waiting together: in the row, and for programs that do not know of it.

    (django-stubs leave out the methods that are extended here.)
    """

    _mine: Turn | None = None

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002  the shape Django asks for
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        seconds = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        deadline = monotonic() + seconds
        turn = _turn(Path(self.settings_dict["NAME"]))
        if not turn.take(deadline):
            raise OperationalError("database is locked")
        self._mine = turn
        try:
            self._begin(deadline - monotonic(), seconds)
        except BaseException:
            self._give_back()
            raise

    def _begin(self, left: float, seconds: float) -> None:
        """SQLite waits only for what is left of the time."""
        if left >= seconds - 1:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        with self.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {max(1, int(left * 1000))}")
            try:
                super()._start_transaction_under_autocommit()  # type: ignore[misc]
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]
        self._give_back()
        return done

    def _rollback(self) -> Any:
        done = super()._rollback()  # type: ignore[misc]
        self._give_back()
        return done

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_back()

    def _give_back(self) -> None:
        turn, self._mine = self._mine, None
        if turn is not None:
            turn.give_back()
