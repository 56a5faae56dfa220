"""Forgetting, keys first (R-000-24). What stays is the row that closing wrote, and a day in the deletion register."""

from datetime import date

from django.conf import settings
from django.db import transaction

from haven.cases.models import Case
from haven.trail import actions as trail
from haven.vault import files
from haven.vault.shred import shred


def forget_due(on: date) -> int:
    """Forget every case whose day has come; the number forgotten. Needs no key, and so can run without anybody."""
    due = list(Case.objects.to_forget(on))
    for case in due:
        forget(case, on=on)
    return len(due)


@transaction.atomic
def forget(case: Case, *, on: date) -> None:
    """Destroy the keys, then the words, then the case. Files leave the disk when that is durable.

    Not when somebody reopened it since it was found: then its day is another, or gone.
    """
    if Case.objects.select_for_update().filter(pk=case.pk, forget_on=case.forget_on).first() is None:
        return
    blobs = shred(case.pk, on)
    reference = case.reference
    case.delete()
    trail.note("case.forgotten", subject=reference, on=on)
    transaction.on_commit(lambda: files.unlink_all(settings.BLOB_ROOT, blobs))
