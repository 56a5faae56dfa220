"""Destroy the words of a case: the keys first, so that whatever a copy keeps of the rest stays closed."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from haven.vault import files
from haven.vault.models import Compartment, Grant, SealedFile, SealedItem, SearchEntry, Shredded


@transaction.atomic
def shred(scope: UUID, on: date) -> list[UUID]:
    """Destroy everything sealed under a scope. Gives the files to unlink after commit.

    May be repeated: after a restore it is called again for every row of the deletion register. The register keeps the
    first day: that of a withdrawal, when the words went before the rest.
    """
    blobs = _destroy(Compartment.objects.filter(scope=scope))
    SearchEntry.objects.filter(scope=scope).delete()
    register(scope, on)
    return blobs


@transaction.atomic
def shred_kinds(scope: UUID, kinds: Collection[str]) -> list[UUID]:
    """The same for some kinds of compartment only. The scope goes on, so the deletion register does not have it."""
    blobs = _destroy(Compartment.objects.filter(scope=scope, kind__in=kinds))
    SearchEntry.objects.filter(scope=scope).delete()
    return blobs


def register(scope: UUID, on: date) -> None:
    """Write in the deletion register that a backup from before this day must not bring this back, also while what is
    left of it still waits to go."""
    Shredded.objects.get_or_create(scope=scope, defaults={"on": on})


def unlink_after_commit(blobs: Collection[UUID]) -> None:
    """The files leave the disk when their rows have left the database for good. After a crash `sweep` does it."""
    transaction.on_commit(lambda: files.unlink_all(settings.BLOB_ROOT, blobs))


def scrub() -> None:
    """After commit: SQLite overwrites deleted bytes (`secure_delete`), but in its log only at this checkpoint."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _destroy(compartments: QuerySet[Compartment]) -> list[UUID]:
    """Grants go first: they are the only place of the private keys."""
    Grant.objects.filter(compartment__in=compartments).delete()
    SealedItem.objects.filter(compartment__in=compartments).delete()
    rows = SealedFile.objects.filter(compartment__in=compartments)
    blobs = list(rows.values_list("id", flat=True))
    rows.delete()
    compartments.delete()
    return blobs
