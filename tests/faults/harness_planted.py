"""The server with a fault planted in it, to see the harness catch it. HAVEN_FAULT names the fault.

- no-transaction: each statement is on disk by itself, so a kill in between leaves half a report.
- answer-before-commit: the reporter is thanked first, and the report is stored after.
- plaintext: the words of each report are also written to a temporary file.
- twice: each report is stored once more, under another code.

Gunicorn is pointed at this module instead of haven.config.wsgi; nothing of it is in haven.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Timer
from time import sleep
from typing import Any
from unittest.mock import patch

import django
from django.utils.timezone import localdate

django.setup()

from haven.intake import actions  # noqa: E402  Django must know its models first
from haven.intake.actions import Receipt, Report  # noqa: E402
from haven.vault.codes import new_code  # noqa: E402
from haven.vault.sealing import Sealing  # noqa: E402

WINDOW = 0.1  # seconds in which a kill finds half a report; each of its parts takes that long
THANKED = 1.0  # seconds in which one does that was thanked for; with eight kills that happens every time
_submit = actions.submit


def plant(fault: str) -> None:
    """Before the doors are imported, so that they take the planted one."""
    if fault == "no-transaction":
        patch.object(actions, "transaction", _NoTransaction).start()
    else:
        actions.submit = {"answer-before-commit": _thank_first, "plaintext": _write_down, "twice": _twice}[fault]


class _NoTransaction:
    """Stands where django.db.transaction stood. `atomic` does nothing but take time, as if other work came between."""

    @staticmethod
    @contextmanager
    def atomic() -> Iterator[None]:
        with patch.object(Sealing, "save", _slowly(Sealing.save)):
            yield


def _slowly(save: Any) -> Any:
    def slow(sealed: Any) -> None:
        sleep(WINDOW)
        save(sealed)

    return slow


def _thank_first(report: Report, **_named: Any) -> Receipt:
    Timer(THANKED, _submit, [report]).start()
    return Receipt(localdate(), None)


def _write_down(report: Report, **named: Any) -> Receipt:
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(str(report.answers))
    return _submit(report, **named)


def _twice(report: Report, **named: Any) -> Receipt:
    _submit(replace(report, code=new_code(), files=()))
    return _submit(report, **named)


plant(os.environ["HAVEN_FAULT"])

from haven.config.wsgi import application  # noqa: E402, F401  gunicorn asks this module for it
