"""Colleagues who are away for a while: from which day until which, and never why. Knows of no case."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from haven.people.models import Profile, User
from haven.people.readers import readers_of, staff_of
from haven.trail import actions as trail
from haven.trail.models import Entry

AWAY, LEFT, SUSPENDED = "person.away", "person.left", "person.suspended"
NOT_THERE = (AWAY, LEFT, SUSPENDED)
"""The lines of the trail that say that somebody is not there. Each has who said so."""


class NotOfThisTeam(Exception):
    """Only the person and who reads for the same team say that somebody is away."""


def away_on(day: date) -> QuerySet[Profile]:
    """Who is away on this day. Without a last day an absence goes on."""
    return Profile.objects.filter(Q(away_until=None) | Q(away_until__gte=day), away_from__lte=day)


def is_away(person: User, *, on: date) -> bool:
    return away_on(on).filter(user=person).exists()


def absence(person: User) -> Profile:
    return Profile.objects.filter(user=person).first() or Profile(user=person)


def may_write(by: User, person: User, *, on: date | None = None) -> bool:
    """One's own absence; or that of a colleague who fell ill, in a team that both read for. Advisers have a profile."""
    if person.advises or by.advises:
        return False
    teams = [staff_of(one.route, readers_of(one.route, on=on)) for one in person.memberships.all()]
    return any(person in team and by in team for team in teams)


@transaction.atomic
def write_absence(person: User, first: date | None, last: date | None, *, by: User, on: date | None = None) -> None:
    """From the first day to the last; without a first day the person is back. The trail keeps who said so."""
    if not may_write(by, person, on=on):
        raise NotOfThisTeam
    Profile.objects.update_or_create(user=person, defaults={"away_from": first, "away_until": last})
    trail.note(AWAY if first else "person.back", subject=str(person.pk), by=str(by.pk), on=on or localdate())


def said_by(person: User) -> str:
    """Who last said that this person is not there, as the trail has it; empty when nobody did."""
    line = Entry.objects.filter(did__in=NOT_THERE, subject=str(person.pk)).order_by("seq").last()
    return line.actor if line else ""
