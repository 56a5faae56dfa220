"""What people tell us of the site and the plan, and what they think of a statement. No voter, and nobody who asks.

The words lie sealed under the id of the input, apart from the mail address. Here stands what is counted and what the
clock has to know without a key."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from haven.vault.models import Grant, KeyBundle
from haven.vault.unlocking import Keyring
from haven.voices.batches import Batches

WORDS, ADDRESS = "input", "input:address"
"""The parts of an input. Answer, decision and wording lie with the words; the address goes when it was used."""


class Decision(models.TextChoices):
    USED = "used", _("Used")
    LATER = "later", _("For later")
    NOT_USED = "not_used", _("Not used")


class InputQuerySet(models.QuerySet["Input"]):
    def granted_to(self, keyring: Keyring) -> Self:
        """Those this person holds a key to. A door never lists them in another way."""
        return self._held(kid__in=keyring.kids)

    def waiting(self, *, by: date) -> Self:
        """Not answered yet, and due on this day or before."""
        return self.filter(answered_on=None, due_on__lte=by)

    def to_forget(self, on: date) -> Self:
        return self.filter(forget_on__lte=on)

    def lost(self) -> Self:
        """Those that nobody can open any more. What was forgotten has no day, and is not among them."""
        in_use = KeyBundle.objects.filter(state=KeyBundle.State.CURRENT).values("kid")
        return self.exclude(received_on=None).exclude(pk__in=self._held(kid__in=in_use).values("pk"))

    def _held(self, **of: Any) -> Self:
        grants = Grant.objects.filter(compartment__kind=WORDS, **of)
        return self.filter(pk__in=grants.values("compartment__scope"))


class Input(models.Model):
    """One thing somebody told us. When its words go, the days go: what is left is a line to count."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    year = models.PositiveSmallIntegerField()
    received_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    in_time = models.BooleanField(null=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default="")
    forget_on = models.DateField(null=True)

    objects: ClassVar = InputQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="no_input_is_forgotten_before_a_decision",
                condition=Q(forget_on__isnull=True) | ~Q(decision=""),
            )
        ]


class Wording(models.Model):
    """What we did with input, as it stands on the site: words of staff, looked at by a second colleague. Which input
    it came from does not stand here. `action` is the key of an action of the plan, if any."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    nl = models.TextField()
    en = models.TextField()
    decision = models.CharField(max_length=10, choices=Decision)
    action = models.CharField(max_length=60, blank=True, default="")
    published_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-published_on", "id"]


class PlanLineQuerySet(models.QuerySet["PlanLine"]):
    def titles(self, language: str) -> dict[str, str]:
        """By key."""
        return {one.key: one.nl if language == "nl" else one.en for one in self}


class PlanLine(models.Model):
    """An action of the plan as who handles input knows it: by its key and its title. The site writes what stands in the
    plan; what is not in it (yet) was proposed here, in words of staff, and waits for who makes the plan (R-003-06)."""

    key = models.SlugField(primary_key=True, max_length=60)
    nl = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    in_plan = models.BooleanField(default=False)

    objects: ClassVar = PlanLineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["en", "key"]

    def __str__(self) -> str:
        return self.nl


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self, on: date) -> Self:
        return self.filter(opens_on__lte=on, closes_on__gte=on)


class Round(models.Model):
    """A question that is put to one unit, or to everybody, for some time (R-003-27)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    unit = models.CharField(max_length=60, blank=True, default="")
    nl = models.TextField()
    en = models.TextField()
    opens_on = models.DateField()
    closes_on = models.DateField()

    objects: ClassVar = RoundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-closes_on", "id"]


class Tally(models.Model):
    """How often each answer was given to a statement, which is known by its key only. Nobody reads `votes`: what is
    told is what was `shown` when the last batch was full."""

    statement = models.UUIDField(primary_key=True)
    votes = models.JSONField(default=list)
    shown = models.JSONField(default=list)
    basis = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Tally"]] = models.Manager()

    def add(self, choice: int) -> None:
        after = Batches(tuple(self.votes), tuple(self.shown), self.basis).add(choice)
        self.votes, self.shown, self.basis = list(after.votes), list(after.shown), after.basis
