"""Who may be sealed to: people whose keys are confirmed in the vault's directory, and who serve the route; or, where a
route has them, its readers outside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.utils.timezone import localdate

from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.outside import OutsideReader
from haven.vault import directory
from haven.vault.readers import fingerprint
from haven.vault.rows import prepared
from haven.vault.sealing import Reader

# Of a colleague who reads. What is not here is asked for when somebody wants to know it.
_UNUSED = {"password", "last_login"}
_COLUMNS = tuple(one.attname for one in User._meta.concrete_fields if one.attname not in _UNUSED)  # noqa: SLF001  as Django documents


@dataclass(frozen=True)
class RouteReader:
    """A reader as the reporter sees them before sending, with the key that the words are sealed to."""

    who: User | OutsideReader
    reader: Reader

    @property
    def kid(self) -> str:
        return self.reader.kid

    @property
    def person(self) -> User | None:
        """The member of staff; None for who reads outside."""
        return self.who if isinstance(self.who, User) else None

    @property
    def name(self) -> str:
        return self.who.name

    @property
    def unit(self) -> str:
        return self.person.unit if self.person else ""

    def function(self, language: str) -> str:
        return self.who.function(language) if isinstance(self.who, User) else self.who.function.say(language)


def readers_of(route: str, *, on: date | None = None) -> list[RouteReader]:
    """Everyone who will be able to read a report of this route, by name (R-002-17, security.md 0.3, 0.7)."""
    outside = outside_of(route)
    readers = [_outside(one) for one in outside] if outside else _staff(route, on or localdate())
    return sorted(readers, key=lambda one: one.name)


def handlers_of(route: str, *, on: date | None = None) -> list[RouteReader]:
    """Everybody whose keys are confirmed for a case of this route: its readers, the advisers they can give it to, and
    the readers of the next route, of whom one can be asked when somebody stepped back. Who really holds one is for the
    grants to say."""
    routes = shelf.current().routes
    kinds = [kind.key for kind in routes.kinds_of(route)]
    following = [routes[route].next] if route in routes else []
    others = [one for key in (*kinds, *following) if key for one in readers_of(key, on=on)]
    return list({one.kid: one for one in (*readers_of(route, on=on), *others)}.values())


def team_of(route: str) -> str:
    """The route whose readers decide who joins: of a pool their team, of a team itself."""
    pool = shelf.current().routes.pool(route)
    return pool.team if pool else route


def outside_of(route: str) -> tuple[OutsideReader, ...]:
    """The readers outside of this route. When there are any, no member of staff reads it."""
    routes = shelf.current().routes
    return routes[route].outside if route in routes else ()


def staff_of(route: str, readers: Iterable[RouteReader]) -> list[User]:
    """Whom to tell that something waits for these readers: they themselves. For readers outside it is the couriers: the
    people who serve the route, carry packages, and hold no key."""
    if outside_of(route):
        return couriers_of(route)
    return [one.person for one in readers if one.person is not None]


def couriers_of(route: str) -> list[User]:
    return list(User.objects.serving(route).order_by("name"))


def reader_of(person: User, *, on: date | None = None) -> Reader | None:
    """The confirmed key of one person on any route they serve, or None."""
    for membership in person.memberships.all():
        for one in readers_of(membership.route, on=on):
            if one.person == person:
                return one.reader
    return None


def _staff(route: str, on: date) -> list[RouteReader]:
    """Who is of a pool is never a reader of a route, and nobody else is one of that pool."""
    pool = shelf.current().routes.pool(route)
    serving = (User.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row) for row in _serving(route))
    people = {one.pk: one for one in serving if one.advises == (pool.level if pool else "")}
    confirmed = directory.readers_of(route, on, team=team_of(route))
    keys = {one.owner_id: one for one in confirmed if one.owner_id in people}
    return [RouteReader(people[pk], one.reader) for pk, one in keys.items()]


@prepared
def _serving(route: str) -> QuerySet[Any, Any]:
    return User.objects.serving(route).values_list(*_COLUMNS)


def _outside(one: OutsideReader) -> RouteReader:
    return RouteReader(one, Reader(fingerprint(one.opens, one.signs), one.opens))
