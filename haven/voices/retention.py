"""Forgetting input, keys first. What is left is a line to count: a year, whether it was in time, what was decided."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from haven.trail import actions as trail
from haven.vault.shred import shred
from haven.voices.models import Input


def forget_due(on: date) -> int:
    """Forget what was decided on and waited, and what nobody can open any more. Needs no key."""
    lost = Input.objects.lost().values("pk")
    due = Input.objects.filter(Q(forget_on__lte=on) | Q(pk__in=lost)).values_list("pk", flat=True)
    return sum(_forget(pk, on=on) for pk in sorted(due))


@transaction.atomic
def _forget(pk: UUID, *, on: date) -> bool:
    row = Input.objects.select_for_update().get(pk=pk)
    shred(pk, on)
    row.received_on = row.due_on = row.answered_on = row.forget_on = None
    row.save(update_fields=["received_on", "due_on", "answered_on", "forget_on"])
    trail.note_once("input.forgotten", subject="", by="")
    return True
