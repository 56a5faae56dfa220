"""Notifications: what somebody told a confidential counsellor of their own experience (R-001-08). Not a case of a team,
not a complaint, and the start of no term. All of it is sealed to that one counsellor; here stands what the clock has to
know without a key: the year to count it in, and the day on which it goes."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from haven.vault.models import Grant, KeyBundle
from haven.vault.unlocking import Keyring

NOTES, NOTIFIER = "counsel", "counsel:name"
"""The parts of a notification. Extracts for a fellow counsellor are parts of their own (peers.py)."""


class NotificationQuerySet(models.QuerySet["Notification"]):
    def granted_to(self, keyring: Keyring) -> Self:
        """Those this person holds a key to. A door never lists them in another way."""
        return self._held(kid__in=keyring.kids)

    def uncounted(self) -> Self:
        return self.filter(counted=False)

    def to_forget(self, on: date) -> Self:
        return self.filter(forget_on__lte=on)

    def lost(self) -> Self:
        """Those that nobody can open any more: keys were given up, or destroyed when somebody left."""
        in_use = KeyBundle.objects.filter(state=KeyBundle.State.CURRENT).values("kid")
        return self.exclude(pk__in=self._held(kid__in=in_use).values("pk"))

    def _held(self, **of: Any) -> Self:
        grants = Grant.objects.filter(compartment__kind=NOTES, **of)
        return self.filter(pk__in=grants.values("compartment__scope"))


class Notification(models.Model):
    """Where one notification stands. Whose it is, only the grants tell; what was said, nobody but that person."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    year = models.PositiveSmallIntegerField()
    counted = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    forget_on = models.DateField(null=True)

    objects: ClassVar = NotificationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="nothing_is_forgotten_before_it_was_counted",
                condition=Q(forget_on__isnull=True) | Q(counted=True, closed_on__isnull=False),
            )
        ]
