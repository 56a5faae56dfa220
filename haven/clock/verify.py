"""What can be verified without a key: that nothing is missing, and that nobody wrote past the application."""

from django.conf import settings
from django.db import connection
from django.db.models import Count

from haven.cases.models import Case
from haven.trail.actions import broken_at
from haven.trail.models import Entry
from haven.vault.directory import ceremony, unproven
from haven.vault.leaving import FEWEST_READERS, FOR_ONE, too_few
from haven.vault.models import Compartment, KeyBundle, SealedFile
from haven.vault.sealing import mark_of


def findings() -> list[str]:
    """Sentences for the administrator; an empty list means that all is sound."""
    return [*_trail(), *_directory(), *_roots(), *_keys(), *_marks(), *_readers(), *_files(), *_database()]


def _trail() -> list[str]:
    line = broken_at()
    if line is None and Case.objects.exists() and not Entry.objects.exists():
        line = 1
    return [] if line is None else [f"The trail is broken at line {line}: somebody changed it past Haven."]


def _directory() -> list[str]:
    return [
        f"The confirmation of key {row.kid} for {row.route} by {row.by_kid} is not signed as it says."
        for row in unproven()
    ]


def _roots() -> list[str]:
    """All confirmations rest on two readers, who are named outside the database."""
    held = Entry.objects.filter(did="keys.rooted").order_by("seq").last()
    if held is None or held.subject == ceremony(settings.VAULT_ROOTS):
        return []
    return ["The two first readers are not those of the ceremony. Compare secrets/roots with the printed page."]


def _keys() -> list[str]:
    current = KeyBundle.objects.filter(state=KeyBundle.State.CURRENT, owner__isnull=False)
    twice = current.values("owner__name").annotate(keys=Count("pk")).filter(keys__gt=1)
    return [f"{row['owner__name']} has {row['keys']} keys in use: somebody added one past Haven." for row in twice]


def _marks() -> list[str]:
    """Nothing more is sealed to a part whose public key was exchanged; here it is noticed before somebody tries."""
    exchanged = sum(bytes(row.mark) != mark_of(row) for row in Compartment.objects.iterator())
    return [f"The key of {exchanged} sealed parts was exchanged past Haven."] if exchanged else []


def _readers() -> list[str]:
    found = too_few().exclude(kind__in=FOR_ONE).count()
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
