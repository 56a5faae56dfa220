"""Answers of somebody who stopped on the way and may come back: one sealed box, under a key that only their code gives.

The row says nothing but that something waits under some code, and until which day. Its box is as large as that of
anybody else, and bound to its code and its day: put elsewhere or given more time, it does not open.
"""

import json
from datetime import date
from typing import Any

from haven.vault import bodies
from haven.vault.codes import normalise
from haven.vault.context import ctx
from haven.vault.derive import derive
from haven.vault.errors import CannotOpen
from haven.vault.models import Paused
from haven.vault.rows import remove

SMALLEST = 16 * 1024  # bytes; nearly every questionnaire fits, so nearly every box is the same


def keep(code: str, kept: dict[str, Any], *, until: date) -> None:
    """In the place of what waited under this code before."""
    lookup = _lookup(code)
    sealed = bodies.seal_body(_key(code), _padded(kept), _aad(lookup, until))
    Paused.objects.update_or_create(lookup=lookup, defaults={"sealed": sealed, "goes_on": until})


def read(code: str, *, on: date) -> tuple[dict[str, Any], date] | None:
    """What waits, and its last day. None, at the same cost: nothing there, too late, or not as it was sealed."""
    lookup, key = _lookup(code), _key(code)
    row = Paused.objects.filter(lookup=lookup, goes_on__gte=on).values_list("sealed", "goes_on").first()
    if row is None:
        return None
    try:
        return json.loads(bodies.open_body(key, row[0], _aad(lookup, row[1]))), row[1]
    except CannotOpen:
        return None


def drop(code: str) -> None:
    """Thrown away, or sent."""
    remove(Paused, lookup=_lookup(code))


def sweep(on: date) -> int:
    """What nobody came back for; gives how many."""
    return Paused.objects.filter(goes_on__lt=on).delete()[0]


def _padded(kept: dict[str, Any]) -> bytes:
    """JSON does not mind spaces behind it. Above the smallest size only doubles: a story tells little by its length."""
    content, size = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"), SMALLEST
    while size < len(content):
        size *= 2
    return content.ljust(size)


def _lookup(code: str) -> bytes:
    return derive(normalise(code).encode(), b"haven pause id")


def _key(code: str) -> bytes:
    return derive(normalise(code).encode(), b"haven pause key")


def _aad(lookup: bytes, until: date) -> bytes:
    return ctx("haven/v1/pause", lookup, until.isoformat())
