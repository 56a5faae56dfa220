"""What can be verified without a key: that nothing is missing, and that nobody wrote past the application."""

from django.conf import settings
from django.db import connection
from django.db.models import Count

from haven.trail.actions import broken_at
from haven.vault.directory import unproven
from haven.vault.models import Compartment, SealedFile

FEWEST_READERS = 2  # with one, a lost key is a lost case
FOR_ONE = "identity"  # a confidential reporter chose one person


def findings() -> list[str]:
    """Sentences for the administrator; an empty list means that all is sound."""
    return [*_trail(), *_directory(), *_readers(), *_files(), *_database()]


def _trail() -> list[str]:
    line = broken_at()
    return [] if line is None else [f"The trail is broken at line {line}: somebody changed it past Haven."]


def _directory() -> list[str]:
    return [
        f"The confirmation of key {row.kid} for {row.route} by {row.by_kid} is not signed as it says."
        for row in unproven()
    ]


def _readers() -> list[str]:
    few = Compartment.objects.exclude(kind=FOR_ONE).annotate(readers=Count("grants")).filter(readers__lt=FEWEST_READERS)
    found = few.count()
    return [f"{found} sealed parts have fewer than {FEWEST_READERS} readers. Give a colleague access."] if found else []


def _files() -> list[str]:
    """Their content is verified when they are opened: its hash is sealed with their key."""
    known = {pk.hex for pk in SealedFile.objects.values_list("pk", flat=True)}
    present = {path.name for path in settings.BLOB_ROOT.iterdir()} if settings.BLOB_ROOT.exists() else set()
    missing = len(known - present)
    return [f"{missing} sealed files are missing. Restore them from the last backup."] if missing else []


def _database() -> list[str]:
    if connection.vendor != "sqlite":
        return []  # PostgreSQL checks its pages itself, where checksums are switched on
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)")
        said = cursor.fetchone()[0]
    return [] if said == "ok" else [f"SQLite found damage: {said}. Restore the last backup."]
