"""Who may be sealed to: people whose keys are confirmed in the vault's directory, and who serve the route."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from haven.people.models import User
from haven.vault import directory
from haven.vault.sealing import Reader


@dataclass(frozen=True)
class RouteReader:
    """A person as the reporter sees them before sending, with the key that the words are sealed to."""

    person: User
    reader: Reader

    @property
    def kid(self) -> str:
        return self.reader.kid


def readers_of(route: str, *, on: date | None = None) -> list[RouteReader]:
    """Everyone who will be able to read a report of this route, by name (R-002-17, security.md 0.3)."""
    serving = set(User.objects.serving(route).values_list("pk", flat=True))
    bundles = {one.owner_id: one for one in directory.readers_of(route, on or localdate()) if one.owner_id in serving}
    readers = [RouteReader(one.owner, one.reader) for one in bundles.values()]
    return sorted(readers, key=lambda one: one.person.name)


def reader_of(person: User, *, on: date | None = None) -> Reader | None:
    """The confirmed key of one person on any route they serve, or None."""
    for membership in person.memberships.all():
        for one in readers_of(membership.route, on=on):
            if one.person.pk == person.pk:
                return one.reader
    return None
