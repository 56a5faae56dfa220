"""Who of ours can be sealed to: people with a seat whose keys are confirmed, and who are not ruled out."""

from collections.abc import Collection, Iterable
from datetime import date

from haven.complaints import regulation
from haven.complaints.models import Complaint, Seat
from haven.people.models import User
from haven.people.readers import RouteReader, readers_of
from haven.rulebook import shelf
from haven.rulebook.complaining import ComplaintsOffice
from haven.rulebook.procedure import Procedure
from haven.rulebook.roles import Right
from haven.vault.models import KeyBundle
from haven.vault.sealing import Reader


class NoOffice(Exception):
    """The institution keeps no formal complaints with Haven, or too few complaints officers have confirmed keys."""


def office() -> ComplaintsOffice:
    found = shelf.current().routes.complaints
    if found is None:
        raise NoOffice
    return found


def office_role(rules: Procedure) -> str:
    """The role of the complaints officers in this regulation. Raises NoOffice when it has none for them."""
    found = next((one.key for one in rules.roles if one.key in office().roles), None)
    if found is None:
        raise NoOffice
    return found


def officers(on: date, *, but: Collection[str] = ()) -> list[RouteReader]:
    """The complaints officers a letter is sealed to, found as the readers of any route. `but`: struck out, by key id.

    Raises NoOffice when fewer are left than the route needs.
    """
    team = office().team
    found = [one for one in readers_of(team, on=on) if one.person and one.person.may(Right.KEEP_COMPLAINTS)]
    left = [one for one in found if one.kid not in but]
    if len(left) < shelf.current().routes[team].min_readers:
        raise NoOffice
    return left


def able(role: str, entity: str, *, on: date) -> list[RouteReader]:
    """Who can be given a seat in this role, with keys that are confirmed."""
    if role in office().roles:
        return officers(on)
    found = [one for pool in office().for_role(role, entity) for one in readers_of(pool.key, on=on)]
    return sorted({one.kid: one for one in found}.values(), key=lambda one: one.name)


def seated(row: Complaint, sides: Collection[str], *, on: date) -> list[Reader]:
    """The confirmed keys of who has a seat on one of these sides now. A row in the table alone is not enough."""
    procedure = regulation.of(row)
    seats = [one for one in Seat.objects.admitted().filter(complaint=row) if procedure.side(one.role) in sides]
    keys = _keys({key for one in seats for key in _pools(one.role)}, on)
    return [reader for one in seats for key in _pools(one.role) if (reader := keys.get((key, one.user_id)))]


def confirmed(seat: Seat, *, on: date) -> Reader | None:
    """The key of somebody with a seat, as the directory knows it for a pool that can have this role."""
    keys = _keys(_pools(seat.role), on)
    return next((keys[key, seat.user_id] for key in _pools(seat.role) if (key, seat.user_id) in keys), None)


def _pools(role: str) -> list[str]:
    home = office()
    return [home.team] if role in home.roles else [one.key for one in home.pools if role in one.roles]


def _keys(pools: Iterable[str], on: date) -> dict[tuple[str, int], Reader]:
    """The confirmed key of each person, by pool: each pool is asked for once."""
    return {(key, one.person.pk): one.reader for key in pools for one in readers_of(key, on=on) if one.person}


def ruled_out_levels(row: Complaint, facts: Collection[str]) -> frozenset[str]:
    """The kinds of account that may not know of this complaint, since another body decides instead (R-001-51)."""
    gone = regulation.of(row).replaced(facts)
    pools = office().pools
    return frozenset(pool.level for pool in pools if gone & set(pool.roles))


def kids_of(people: Iterable[User]) -> frozenset[str]:
    """Every key these people ever had: what was granted to an old one goes too."""
    return frozenset(KeyBundle.objects.filter(owner__in=list(people)).values_list("kid", flat=True))
