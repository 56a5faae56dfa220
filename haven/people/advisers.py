"""Advisers as a team sees them: kind, training that still counts, development, days, absence. Knows of no case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from haven.people.models import Development, Profile, Training, User
from haven.people.readers import readers_of, staff_of
from haven.rulebook import shelf
from haven.rulebook.advisers import AdviserKind, RequiredTraining
from haven.vault.sealing import Reader

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Adviser:
    """One adviser of one kind. `reader` is the confirmed key; without it nothing can be sealed to them."""

    person: User
    kind: AdviserKind
    reader: Reader | None
    profile: Profile

    @property
    def trainings(self) -> list[Training]:
        """The newest first."""
        return sorted(self.person.trainings.all(), key=lambda one: one.valid_until, reverse=True)

    @property
    def log(self) -> list[Development]:
        return sorted(self.person.developments.all(), key=lambda one: (one.day, one.pk), reverse=True)

    def lacks(self, on: date) -> list[RequiredTraining]:
        """The trainings this kind needs that do not count on this day (R-002-15)."""
        counts = {one.key for one in self.trainings if one.passed_on <= on <= one.valid_until}
        return [one for one in self.kind.trainings if one.key not in counts]

    def hours(self, on: date) -> Decimal:
        """Of development and supervision in the year up to this day (R-002-16)."""
        return sum((one.hours for one in self.log if on - YEAR < one.day <= on), Decimal())

    def is_short(self, on: date) -> bool:
        return self.hours(on) < self.kind.development_hours

    def is_here(self, on: date) -> bool:
        """Whether this is one of their days, and they are not away."""
        return on.weekday() in self.profile.days and not self.profile.is_away(on)

    def why_not(self, on: date) -> str:
        """Why this adviser can be given no case on this day, as the key of a sentence; empty when they can."""
        known = [
            (self.reader is None, "adviser_without_keys"),
            (bool(self.lacks(on)), "adviser_without_training"),
            (self.profile.is_away(on), "adviser_away"),
        ]
        return next((key for holds, key in known if holds), "")


def advisers_of(team: str, *, on: date | None = None) -> list[Adviser]:
    """Everybody to whom this team could give a case: by kind as in the rulebook, then by name."""
    day = on or localdate()
    return [one for kind in shelf.current().routes.kinds_of(team) for one in _of_kind(kind, day)]


def adviser(person: User, *, on: date | None = None) -> Adviser | None:
    """This person as an adviser, if they are one of a kind that fits their role."""
    day, book = on or localdate(), shelf.current()
    serves = {one.route for one in person.memberships.all()}
    kinds = [one for one in book.routes.adviser_kinds if one.key in serves and one.level == person.advises]
    return _adviser(person, kinds[0], _keys(kinds[0], day)) if kinds else None


def decides_about(person: User, kind: AdviserKind, *, on: date | None = None) -> bool:
    """Whether this person reads for the team of these advisers, and so records their training and gives them cases."""
    return person in staff_of(kind.team, readers_of(kind.team, on=on))


def _of_kind(kind: AdviserKind, on: date) -> list[Adviser]:
    keys = _keys(kind, on)
    people = User.objects.serving(kind.key).select_related("profile", "profile__deputy")
    people = people.prefetch_related("trainings", "developments").order_by("name")
    return [_adviser(person, kind, keys) for person in people if person.advises == kind.level]


def _keys(kind: AdviserKind, on: date) -> dict[int, Reader]:
    return {one.person.pk: one.reader for one in readers_of(kind.key, on=on) if one.person}


def _adviser(person: User, kind: AdviserKind, keys: Mapping[int, Reader]) -> Adviser:
    profile = getattr(person, "profile", None) or Profile(user=person)
    return Adviser(person, kind, keys.get(person.pk), profile)
