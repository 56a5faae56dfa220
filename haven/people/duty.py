"""Who is on duty for a team: by the roster, else who switched it on for themselves. Knows of no case."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from haven.people.models import Duty, User
from haven.people.readers import readers_of, staff_of
from haven.rulebook import shelf
from haven.rulebook.routes import Route
from haven.trail import actions as trail

AHEAD = timedelta(days=28)


class NotOnThisTeam(Exception):
    """Only readers of a team stand in its roster, and only they write it."""


def alerted(route: str, readers: Collection[User], *, on: date | None = None) -> list[User]:
    """Whom to tell at once that something is urgent, day or night: of those who can read it, who is on duty by the
    roster; else who says so themselves; else all. Nobody else, whatever the roster says."""
    listed = {person.pk for duty in Duty.objects.of(route, on or localdate()) for person in duty.people}
    rostered = [one for one in readers if one.pk in listed and one.is_active]
    return rostered or [one for one in readers if one.on_duty] or list(readers)


def team(route: str, *, on: date | None = None) -> list[User]:
    """Who can stand in the roster of this team."""
    return staff_of(route, readers_of(route, on=on))


def with_roster() -> list[Route]:
    """The teams that read with Haven. Of what is read elsewhere nobody here is on duty."""
    return [route for route in shelf.current().routes if not route.outside]


def gaps(route: str, *, on: date | None = None) -> list[tuple[date, date]]:
    """The days of the next four weeks on which nobody who still reads for this team is on duty, as spans."""
    first = on or localdate()
    able = {person.pk for person in team(route, on=first)}
    kept = [one for one in Duty.objects.to_come(route, first) if any(person.pk in able for person in one.people)]
    days = (first + timedelta(days=number) for number in range(AHEAD.days))
    return _spans(day for day in days if not any(one.first_on <= day <= one.last_on for one in kept))


def _spans(days: Iterable[date]) -> list[tuple[date, date]]:
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def forget_past(on: date) -> None:
    """Who was on duty some time ago is nobody's business any more."""
    kept = timedelta(days=shelf.current().retention.periods.duty_days)
    Duty.objects.filter(last_on__lt=on - kept).delete()


@transaction.atomic
def enter(duty: Duty, *, by: User) -> None:
    """Put one or two colleagues in the roster. Everything in it is about staff, and nothing about a case."""
    able = team(duty.route)
    if by not in able or not set(duty.people) <= set(able):
        raise NotOnThisTeam
    duty.save()
    trail.note("duty.entered", subject=str(duty.person.pk), by=str(by.pk))


@transaction.atomic
def strike(duty: Duty, *, by: User) -> None:
    if by not in team(duty.route):
        raise NotOnThisTeam
    trail.note("duty.struck", subject=str(duty.person.pk), by=str(by.pk))
    duty.delete()
