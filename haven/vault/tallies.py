"""Coded values that wait for the counting job: a day at most, sealed to it, and in no backup.

The key is of the server and of this purpose only, so that who reads the database sees that something waits and for
which day, and no code. What counts them knows no case, and a row here names none.
"""

import json
from collections.abc import Mapping
from datetime import date
from os import urandom
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from haven.vault import bodies, shred
from haven.vault.context import ctx
from haven.vault.derive import derive
from haven.vault.models import Tally

_SALT = 32
SIZE = 1024  # bytes; every one is as large as any other


def keep(known: Mapping[str, Any], *, on: date) -> UUID:
    """Seal what is to be counted, in the caller's transaction. By its id it can be taken back."""
    name, salt = uuid4(), urandom(_SALT)
    content = json.dumps(known, separators=(",", ":")).encode().ljust(SIZE)
    sealed = salt + bodies.seal_body(_key(salt), content, ctx("haven/v1/tally", name.hex))
    Tally.objects.create(id=name, day=on, sealed=sealed)
    return name


def take_back(name: UUID) -> bool:
    """Whether it was still waiting, and in no batch: then it is gone, and was never counted."""
    return bool(Tally.objects.filter(pk=name, batch=None).delete()[0])


def batch(*, before: date) -> tuple[UUID, list[tuple[date, dict[str, Any]]]] | None:
    """What is to be counted now: the batch that was begun and not ended, or else what came before this day."""
    with transaction.atomic():
        begun = Tally.objects.select_for_update().exclude(batch=None).values_list("batch", flat=True).first()
        name = begun or uuid4()
        if not begun and not Tally.objects.filter(batch=None, day__lt=before).update(batch=name):
            return None
        rows = list(Tally.objects.filter(batch=name))
    return name, [(row.day, opened(row)) for row in rows]


def opened(row: Tally) -> dict[str, Any]:
    """Raises CannotOpen when it is not as it was sealed."""
    raw = bytes(row.sealed)
    content = bodies.open_body(_key(raw[:_SALT]), raw[_SALT:], ctx("haven/v1/tally", row.pk.hex))
    known: dict[str, Any] = json.loads(content)
    return known


def drop(name: UUID) -> None:
    """Counted: gone, also from the log of the database."""
    with transaction.atomic():
        Tally.objects.filter(batch=name).delete()
        transaction.on_commit(shred.scrub)


def _key(salt: bytes) -> bytes:
    return derive(settings.STATE_KEY, b"haven/v1/tally", salt=salt)
