"""The server with a fault planted in it, to see the harness catch it. HAVEN_FAULT names the fault.

- no-transaction: each statement is on disk by itself, so a kill in between leaves half a report.
- answer-before-commit: the reporter is thanked first, and the report is stored after.
- plaintext: the words of each report are also written to a temporary file.

Gunicorn is pointed at this module instead of haven.config.wsgi; nothing of it is in haven.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from time import sleep
from typing import Any

import django
from django.utils.timezone import localdate

django.setup()

from haven.intake import actions  # noqa: E402  Django must know its models first
from haven.intake.actions import Receipt, Report  # noqa: E402

WINDOW = 0.03  # seconds in which a kill finds the fault open: small, as a real one would be
_submit = actions.submit


def plant(fault: str) -> None:
    """Before the doors are imported, so that they take the planted one."""
    if fault == "no-transaction":
        actions.transaction = _NoTransaction  # type: ignore[assignment, misc]
    elif fault == "answer-before-commit":
        actions.submit = _thank_first
    elif fault == "plaintext":
        actions.submit = _write_down
    else:
        raise SystemExit(f"unknown fault: {fault}")


class _NoTransaction:
    """Stands where django.db.transaction stood. `atomic` does nothing but take time, as if other work came between."""

    @staticmethod
    @contextmanager
    def atomic() -> Iterator[None]:
        save = actions.Sealing.save
        actions.Sealing.save = _slowly(save)  # type: ignore[method-assign]
        try:
            yield
        finally:
            actions.Sealing.save = save  # type: ignore[method-assign]


def _slowly(save: Any) -> Any:
    def slow(sealed: Any) -> None:
        sleep(WINDOW)
        save(sealed)

    return slow


def _thank_first(report: Report, **_named: Any) -> Receipt:
    Timer(WINDOW, _submit, [report]).start()
    return Receipt(localdate(), None)


def _write_down(report: Report, **named: Any) -> Receipt:
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(str(report.answers))
    return _submit(report, **named)


plant(os.environ["HAVEN_FAULT"])

from haven.config.wsgi import application  # noqa: E402, F401
