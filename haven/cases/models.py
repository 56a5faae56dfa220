"""Cases. Everything a person said is sealed in the vault under the id of the case; what stands here is what must be
known without a key: where a case is, and by which day something has to happen (docs/threat-model.md lists why)."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from haven.vault.models import Grant
from haven.vault.unlocking import Keyring

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference() -> str:
    """Eight random characters. Never a sequence: a gap in numbers tells that a case exists (security.md 1.2, A5)."""
    letters = "".join(secrets.choice(_ALPHABET) for _i in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class State(models.TextChoices):
    NEW = "new", _("Waiting for screening")
    OPEN = "open", _("Being handled")
    FILED = "filed", _("Filed for analysis")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the reporter")


RUNNING = (State.NEW, State.OPEN)


class CaseQuerySet(models.QuerySet["Case"]):
    def granted_to(self, keyring: Keyring) -> Self:
        """The cases this person holds a key to. A door never lists cases in another way."""
        return self.held_by(keyring.kids)

    def held_by(self, kids: Iterable[str]) -> Self:
        """The same by what the rows say, without a key: enough for a mail or a day, never for a word."""
        grants = Grant.objects.filter(kid__in=list(kids), compartment__kind="internal")
        return self.filter(pk__in=grants.values("compartment__scope"))

    def each_granted_to(self, keyring: Keyring) -> Self:
        """The same cases, asked one by one: for a queryset that is a handful already. Where many are held and few are
        meant, this is the quick way; for a whole list it is the slow one."""
        held = Grant.objects.filter(kid__in=keyring.kids, compartment__kind="internal")
        return self.filter(models.Exists(held.filter(compartment__scope=models.OuterRef("pk"))))

    def waiting_for_screening(self) -> Self:
        return self.filter(state=State.NEW)

    def contact_due(self) -> Self:
        """Somebody still has to try to reach the reporter for the first time."""
        return self.filter(state__in=RUNNING, contact_due__isnull=False, contacted_on__isnull=True)

    def overdue(self, on: date) -> Self:
        return self.contact_due().filter(contact_due__lt=on)

    def to_look_at(self) -> Self:
        """The reporter agreed to a check-in, or asked something with a term. Which of the two is sealed."""
        return self.filter(look_by__isnull=False)

    def late(self, on: date) -> Self:
        """A first contact, or another day by which somebody had to look, has passed."""
        first = Q(state__in=RUNNING, contact_due__lt=on, contacted_on__isnull=True)
        return self.filter(first | Q(look_by__lt=on))

    def with_reply(self) -> Self:
        return self.filter(reply_waiting=True)

    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def running_or_filed(self) -> Self:
        return self.filter(state__in=(*RUNNING, State.FILED))

    def filed(self) -> Self:
        return self.filter(state=State.FILED)

    def ended(self) -> Self:
        return self.filter(state__in=(State.CLOSED, State.WITHDRAWN))

    def to_forget(self, on: date) -> Self:
        return self.filter(forget_on__lte=on)

    def in_order_of_need(self) -> Self:
        """Urgent and waiting first, then who waits for a first contact, by day; unread replies; then the oldest."""
        running = Q(state__in=RUNNING)
        waits = running & Q(contact_due__isnull=False, contacted_on__isnull=True)
        needs_us = waits | Q(reply_waiting=True) | Q(state=State.NEW)
        need = models.Case(
            models.When(running & Q(urgent=True) & needs_us, then=0),
            models.When(waits, then=1),
            models.When(reply_waiting=True, then=2),
            models.When(state=State.NEW, then=3),
            models.When(running & Q(urgent=True), then=4),
            default=5,
        )
        by = models.Case(models.When(waits, then=models.F("contact_due")), default=models.F("received_on"))
        return self.order_by(need, by, "pk")

    def contact_figures(self, on: date) -> dict[str, int]:
        """Of those who asked to be contacted: tried in time, tried too late, too late and not tried, still in time."""
        asked = self.filter(contact_due__isnull=False)
        tried, untried = Q(contacted_on__isnull=False), Q(contacted_on__isnull=True)
        in_time, over = Q(contacted_on__lte=models.F("contact_due")), Q(contact_due__lt=on)
        ended = Q(state__in=(State.CLOSED, State.WITHDRAWN))
        return asked.aggregate(
            in_time=models.Count("pk", filter=tried & in_time),
            late=models.Count("pk", filter=tried & ~in_time),
            missed=models.Count("pk", filter=untried & over),
            waiting=models.Count("pk", filter=untried & ~over & ~ended),
        )

    def counts(self, on: date) -> dict[str, int]:
        """The figures above the inbox, in one query, from the cases of this queryset only."""
        due = Q(state__in=RUNNING, contact_due__isnull=False, contacted_on__isnull=True)
        return self.aggregate(
            all=models.Count("pk", filter=Q(state__in=RUNNING)),
            screening=models.Count("pk", filter=Q(state=State.NEW)),
            due=models.Count("pk", filter=due),
            overdue=models.Count("pk", filter=due & Q(contact_due__lt=on)),
            replies=models.Count("pk", filter=Q(reply_waiting=True)),
            filed=models.Count("pk", filter=Q(state=State.FILED)),
            ended=models.Count("pk", filter=Q(state__in=(State.CLOSED, State.WITHDRAWN))),
        )


class Case(models.Model):
    """What came in, and where it stands. Days, never times, for what a reporter does."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    route = models.CharField(max_length=40)
    rulebook = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    urgent = models.BooleanField(default=False)
    received_on = models.DateField()
    contact_due = models.DateField(null=True)
    contacted_on = models.DateField(null=True)
    screened_on = models.DateField(null=True)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reply_waiting = models.BooleanField(default=False)
    stamp = models.PositiveIntegerField(default=1)
    closed_on = models.DateField(null=True)
    forget_on = models.DateField(null=True)
    look_by = models.DateField(null=True)

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "contact_due"], name="case_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="case_ends_with_a_day_to_forget",
                condition=Q(state__in=("closed", "withdrawn"), closed_on__isnull=False, forget_on__isnull=False)
                | (~Q(state__in=("closed", "withdrawn")) & Q(closed_on__isnull=True, forget_on__isnull=True)),
            )
        ]

    def changed(self, **columns: Any) -> None:
        """Write these columns and move the stamp on, so that search indexes see that the case changed."""
        for name, value in columns.items():
            setattr(self, name, value)
        self.stamp += 1
        self.save(update_fields=[*columns, "stamp"])

    def is_overdue(self, on: date) -> bool:
        waiting = self.state in RUNNING and self.contacted_on is None
        return waiting and self.contact_due is not None and self.contact_due < on

    @property
    def ended(self) -> bool:
        return self.state in {State.CLOSED, State.WITHDRAWN}
