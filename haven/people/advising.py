"""What can be done about an adviser: profile, training, log. Nobody says of themselves that they are trained."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from haven.people.advisers import Adviser, decides_about
from haven.people.models import Development, Profile, Training, User
from haven.trail import actions as trail


class NotYours(Exception):
    """Only the team of this adviser can say this, or only the team and the adviser."""


def _must_decide(by: User, adviser: Adviser, *, or_self: bool = False) -> None:
    if not ((or_self and by == adviser.person) or decides_about(by, adviser.kind)):
        raise NotYours


@transaction.atomic
def keep_profile(adviser: Adviser, told: dict[str, Any], *, by: User) -> None:
    """Languages, audiences, days, absence and deputy: by the adviser, or by the team when they fell ill."""
    _must_decide(by, adviser, or_self=True)
    Profile.objects.update_or_create(user=adviser.person, defaults=told)
    trail.note("adviser.profile", subject=str(adviser.person.pk), by=str(by.pk))


@transaction.atomic
def record_training(adviser: Adviser, *, key: str, passed_on: date, by: User, on: date | None = None) -> Training:
    """Somebody of the team saw that this training was passed. How long it counts is the rulebook's."""
    _must_decide(by, adviser)
    required = adviser.kind.training(key)
    if required is None or passed_on > (on or localdate()):
        raise ValueError("not a training of this kind of adviser, or not passed yet")
    until = required.valid_until(passed_on)
    row = Training.objects.create(user=adviser.person, key=key, passed_on=passed_on, valid_until=until)
    trail.note("adviser.trained", subject=str(adviser.person.pk), by=str(by.pk), on=on)
    return row


@transaction.atomic
def record_development(adviser: Adviser, *, kind: str, day: date, hours: Decimal, by: User) -> Development:
    """A line of the log, by the adviser or by who supervised."""
    _must_decide(by, adviser, or_self=True)
    row = Development.objects.create(user=adviser.person, kind=kind, day=day, hours=hours)
    trail.note("adviser.developed", subject=str(adviser.person.pk), by=str(by.pk))
    return row


@transaction.atomic
def strike(adviser: Adviser, entry: Training | Development, *, by: User) -> None:
    """Take back a line that was a mistake. That it was taken back stays in the trail."""
    _must_decide(by, adviser, or_self=isinstance(entry, Development))
    entry.delete()
    trail.note("adviser.struck", subject=str(adviser.person.pk), by=str(by.pk))
