"""Forgetting complaints, keys first: those of the parts, then those of the parties, then the rows (R-000-24)."""

from datetime import date

from django.db import transaction

from haven.complaints import tallying
from haven.complaints.models import Complaint
from haven.rulebook import shelf
from haven.rulebook.dates import months_after
from haven.trail import actions as trail
from haven.vault import shred
from haven.vault.models import KeyBundle


def forget_on(ended: date) -> date:
    """So many years after it ended as the rulebook promises."""
    return months_after(ended, 12 * shelf.current().retention.periods.complaint_years)


def forget_due(on: date) -> int:
    """Forget every complaint whose day has come; the number forgotten. Needs no key, and so can run without anybody."""
    return sum(forget(one, on=on) for one in Complaint.objects.to_forget(on))


@transaction.atomic
def forget(complaint: Complaint, *, on: date) -> bool:
    """Not when its day was changed since it was found."""
    row = Complaint.objects.select_for_update().filter(pk=complaint.pk, forget_on=complaint.forget_on).first()
    if row is None:
        return False
    tallying.forgotten(row)
    shred.unlink_after_commit(shred.shred(row.pk, on))
    bundles = list(row.parties.values_list("bundle", flat=True))
    reference = row.reference
    row.delete()
    KeyBundle.objects.filter(pk__in=bundles, owner__isnull=True).delete()
    trail.note("complaint.forgotten", subject=reference, on=on)
    return True
