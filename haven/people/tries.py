"""What sign-in and unlocking have to remember for some minutes: wrong tries, and codes that were used.

A cache for Django and allauth, in the database: each process would otherwise count for itself, and a code that works
once would work once in each. Only plain values: what lies in a database is read, and never run.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from haven.people.models import Tried

NOT_KEPT = "wagtail"  # what the site would remember of its own addresses: reading a page must write nothing here
FOR_EVER = datetime(9000, 1, 1, tzinfo=UTC)


class Tries(BaseCache):
    """`settings.CACHES` names it. The name of a row is a hash: names hold mail addresses and codes."""

    def __init__(self, _location: str, parameters: dict[str, Any]) -> None:
        super().__init__(parameters)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        if key.startswith(NOT_KEPT):
            return default
        row = Tried.objects.filter(key=self._name(key, version), until__gt=now()).first()
        return default if row is None else json.loads(row.value)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Whether it was not there. Of two who ask at the same time one gets yes."""
        self._sweep()
        try:
            with transaction.atomic():
                Tried(self._name(key, version), json.dumps(value), self._until(timeout)).save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        if key.startswith(NOT_KEPT):
            return
        self._sweep()
        kept = {"value": json.dumps(value), "until": self._until(timeout)}
        Tried.objects.update_or_create(key=self._name(key, version), defaults=kept)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        there = Tried.objects.filter(key=self._name(key, version), until__gt=now())
        return bool(there.update(until=self._until(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(Tried.objects.filter(key=self._name(key, version)).delete()[0])

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        Tried.objects.filter(key__in=[self._name(key, version) for key in keys]).delete()

    def clear(self) -> None:
        Tried.objects.all().delete()

    def _name(self, key: str, version: int | None) -> str:
        return sha256(self.make_key(key, version).encode()).hexdigest()

    def _until(self, timeout: Any) -> datetime:
        ends = self.get_backend_timeout(timeout)
        return FOR_EVER if ends is None else datetime.fromtimestamp(ends, tz=UTC)

    def _sweep(self) -> None:
        """Nothing is kept for longer than it counts."""
        Tried.objects.filter(until__lte=now()).delete()
