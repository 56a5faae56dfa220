"""Every version of every regulation: which one held on a day, and which one governs."""

from collections.abc import Iterator
from datetime import date

from haven.rulebook.procedure import Procedure
from haven.rulebook.words import Rules


class Procedures(Rules):
    """Every version of every regulation of the folder."""

    versions: tuple[Procedure, ...] = ()

    def __iter__(self) -> Iterator[Procedure]:  # type: ignore[override]  # a list of procedures, not of fields
        return iter(self.versions)

    def version(self, key: str, version: str) -> Procedure:
        """Raises KeyError: a complaint keeps the version it began under, so its file must stay in the folder."""
        for one in self.versions:
            if (one.key, one.version) == (key, version):
                return one
        raise KeyError(f"{key} {version}")

    def in_force(self, key: str, on: date) -> Procedure | None:
        """The version that holds on this day (R-001-111)."""
        return next((one for one in self.versions if one.key == key and one.in_force_on(on)), None)

    def governing(self, kind: str, entity: str, on: date) -> Procedure | None:
        """The regulation of this kind for this legal entity on this day: its own one before one that is for all."""
        found = [one for one in self.versions if one.kind == kind and one.in_force_on(on)]
        own = [one for one in found if entity in one.entities]
        return next(iter(own or [one for one in found if not one.entities]), None)

    def now(self, on: date) -> tuple[Procedure, ...]:
        """One version of each regulation."""
        return tuple(one for one in self.versions if one.in_force_on(on))
