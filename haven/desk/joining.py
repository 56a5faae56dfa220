"""Who reads along, and how somebody joins: two present readers confirm the key, days pass, everybody is told.

This deed joins people, keys and notices, which do not know each other; so it stands in the door and not in a room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from haven.cases.actions import NotNow
from haven.cases.off_the_team import end_access
from haven.complaints import seats
from haven.desk.keychain import bundle_of
from haven.notices import feed
from haven.notices.actions import tell
from haven.people.models import Membership, User
from haven.people.readers import couriers_of, outside_of, readers_of, staff_of, team_of
from haven.rulebook import shelf
from haven.rulebook.advisers import AdviserKind
from haven.rulebook.complaining import SeatPool
from haven.rulebook.counsellors import Counsellors
from haven.rulebook.routes import Route
from haven.trail import actions as trail
from haven.vault import directory
from haven.vault.errors import NotAReader
from haven.vault.models import Endorsement, KeyBundle
from haven.vault.unlocking import Keyring, retire

NEEDED = directory.NEEDED


type Seat = Route | AdviserKind | Counsellors | SeatPool
"""Where somebody can serve: a team, or a pool of advisers, of counsellors, or of people who can sit in a complaint."""


@dataclass(frozen=True)
class Waiting:
    """Somebody who was proposed for a route and does not read yet: how many signed, and from which day it counts."""

    person: User
    route: Seat
    bundle: KeyBundle | None
    signed_by: list[str]
    from_day: date | None

    @property
    def complete(self) -> bool:
        return len(self.signed_by) >= NEEDED


@dataclass(frozen=True)
class Team:
    """A route with the people its reports are sealed to, and those who wait to join them; or with those who carry its
    packages to readers outside."""

    route: Route
    readers: list[User]
    waiting: list[Waiting]
    couriers: list[User]

    @property
    def enough(self) -> bool:
        return len(self.readers) + len(self.route.outside) >= self.route.min_readers


@dataclass(frozen=True)
class Pool:
    """A kind of advisers, or the counsellors: whose keys are confirmed, and who waits for that."""

    kind: AdviserKind | Counsellors
    advisers: list[User]
    waiting: list[Waiting]


def seat(key: str) -> Seat | None:
    routes = shelf.current().routes
    return routes[key] if key in routes else routes.pool(key)


def seats_for(person: User | None) -> list[Seat]:
    """Where this person can be proposed: advisers and counsellors in the pools of their level, others in the teams."""
    routes, level = shelf.current().routes, person.advises if person else ""
    seats = routes.complaints.pools if routes.complaints else ()
    pools: list[AdviserKind | Counsellors | SeatPool] = [*routes.adviser_kinds, routes.counsellors, *seats]
    return [one for one in pools if one.level == level] if level else list(routes)


def pools() -> list[Pool]:
    return [_pool(kind) for kind in shelf.current().routes.adviser_kinds]


def counsellors() -> Pool:
    return _pool(shelf.current().routes.counsellors)


def _pool(kind: AdviserKind | Counsellors) -> Pool:
    confirmed = staff_of(kind.key, readers_of(kind.key))
    serving = User.objects.serving(kind.key).exclude(pk__in=[person.pk for person in confirmed]).order_by("name")
    return Pool(kind, confirmed, [waiting_for(person, kind) for person in serving])


def teams() -> list[Team]:
    return [_team(route) for route in shelf.current().routes]


def _team(route: Route) -> Team:
    if route.outside:
        return Team(route, [], [], couriers_of(route.key))
    readers = staff_of(route.key, readers_of(route.key))
    serving = User.objects.serving(route.key).exclude(pk__in=[person.pk for person in readers]).order_by("name")
    return Team(route, readers, [waiting_for(person, route) for person in serving], [])


def waiting_for(person: User, route: Seat) -> Waiting:
    bundle = bundle_of(person)
    rows = list(Endorsement.objects.filter(route=route.key, kid=bundle.kid, ended_on=None)) if bundle else []
    names = dict(KeyBundle.objects.filter(kid__in=[row.by_kid for row in rows]).values_list("kid", "owner__name"))
    days = sorted(row.effective_on for row in rows)
    from_day = days[NEEDED - 1] if len(days) >= NEEDED else None
    return Waiting(person, route, bundle, [names.get(row.by_kid, "") for row in rows], from_day)


def what_follows(route: str) -> str:
    """What to tell whoever proposed a colleague for this route."""
    routes = shelf.current().routes
    if route == routes.counsellors.key:
        return _("Proposed. Two readers of the contact point have to confirm the key. They get none themselves.")
    if routes.kind(route):
        return _("Proposed. Two readers of the team that gives cases to these advisers have to confirm the key.")
    if outside_of(route):
        return _("This colleague now carries the packages of this team, and can open none.")
    return _("Proposed. Two readers of the team have to confirm the key.")


def takes_effect(on: date) -> date:
    """The waiting time of settings.JOINING_HOURS, in whole days."""
    return on + timedelta(days=ceil(settings.JOINING_HOURS / 24))


@transaction.atomic
def endorse(person: User, *, route: str, by: User, keyring: Keyring, on: date | None = None) -> None:
    """Confirm a colleague's key for a route. The second confirmation starts the waiting time; every reader is told."""
    day, bundle = on or localdate(), bundle_of(person)
    if outside_of(route):
        raise NotNow("read_outside")
    if person == by or bundle is None or not Membership.objects.filter(user=person, route=route).exists():
        raise NotNow("cannot_be_endorsed")
    if Endorsement.objects.filter(route=route, kid=bundle.kid, by_kid=keyring.kid, ended_on=None).exists():
        raise NotNow("endorsed_already")
    try:
        directory.endorse(keyring, route, bundle, takes_effect(day), team=team_of(route))
    except NotAReader:
        raise NotNow("not_a_reader_yourself") from None
    tell(_concerned(route, on=day), "keys", again=f"{day}-{bundle.kid}")
    trail.note("keys.endorsed", subject=str(person.pk), by=str(by.pk), on=day)


def _concerned(route: str, *, on: date) -> list[User]:
    """Who is told when somebody joins or leaves: who reads there; of a pool of advisers also their team."""
    routes = {route, team_of(route)}
    return list({one for key in routes for one in staff_of(key, readers_of(key, on=on))})


def teams_of(person: User, *, on: date) -> list[User]:
    """Everybody who reads along in a team of this person, the person included."""
    routes = [membership.route for membership in person.memberships.all()]
    return list({one for route in routes for one in _concerned(route, on=on)})


@transaction.atomic
def give_up(person: User, bundle: KeyBundle) -> None:
    """Passphrase and paper are lost. The teams are told: one reader less, and soon a new key to compare."""
    tell(teams_of(person, on=localdate()), "keys", again=f"{localdate()}-{bundle.kid}")
    retire(bundle)
    trail.note("keys.given_up", subject=str(person.pk), by=str(person.pk))


@transaction.atomic
def at_the_door(deed: Callable[..., None], person: User, *, by: User) -> None:
    """Suspend, readmit or start anew. The address of a calendar leads nowhere from then on: whoever has a device of
    theirs may have it too."""
    feed.forget(person)
    told(deed, person, by=by)


@transaction.atomic
def told(deed: Callable[..., None], person: User, *, by: User) -> None:
    """Do something that changes who reads new reports: the teams are told, those of before and those of after."""
    before = teams_of(person, on=localdate())
    deed(person, by=by)
    tell({*before, *teams_of(person, on=localdate())}, "keys", again=f"{localdate()}-{person.pk}")


@transaction.atomic
def leave(person: User, *, route: str, by: User, on: date | None = None) -> None:
    """Nothing of this route is sealed to this person any more, and the keys to its cases go (cases/off_the_team.py).

    Only who is of the team can say so: whoever takes its readers away decides where the next report goes. All who read
    until now are told, also who is taken off the list.
    """
    day, bundle = on or localdate(), bundle_of(person)
    team = staff_of(team_of(route), readers_of(team_of(route), on=day))
    told = _concerned(route, on=day)
    if by not in {person, *team}:
        raise NotNow("not_of_this_team")
    Membership.objects.filter(user=person, route=route).delete()
    if bundle:
        directory.leave(route, bundle.kid, day)
    end_access(person, route=team_of(route), on=day)
    if shelf.current().routes.complaints:
        seats.end_access(person, route=route, on=day)
    tell(told, "keys", again=f"{day}-{person.pk}")
    trail.note("person.left", subject=str(person.pk), by=str(by.pk), on=day)
