"""Forgetting notifications, keys first. Never before they were counted: a constraint of the table says so too."""

from datetime import date
from uuid import UUID

from django.db import transaction

from haven.counsel.figures import count_unread
from haven.counsel.models import Notification
from haven.trail import actions as trail
from haven.vault.shred import shred


def forget_due(on: date) -> int:
    """Forget what was counted, has ended and waited; and what nobody can open any more, counted now. Gives the number.

    A counsellor who left, or gave up their keys, was the only one who could open it. Needs no key, and so can run
    without anybody.
    """
    due = set(Notification.objects.to_forget(on).values_list("pk", flat=True))
    lost = set(Notification.objects.lost().values_list("pk", flat=True)) - due
    return sum(_forget(row, on=on) for row in sorted(due)) + sum(_give_up(row, on=on) for row in sorted(lost))


@transaction.atomic
def _forget(pk: UUID, *, on: date) -> bool:
    """Not when somebody reopened it since it was found."""
    row = Notification.objects.select_for_update().to_forget(on).filter(pk=pk).first()
    return row is not None and _destroy(row, on)


@transaction.atomic
def _give_up(pk: UUID, *, on: date) -> bool:
    row = Notification.objects.select_for_update().lost().filter(pk=pk).first()
    if row is None:
        return False
    if not row.counted:
        count_unread(row)
    return _destroy(row, on)


def _destroy(row: Notification, on: date) -> bool:
    shred(row.pk, on)
    row.delete()
    trail.note_once("counsel.forgotten", subject="", by="")
    return True
