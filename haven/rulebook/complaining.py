"""Who keeps complaints, and who can be asked to take a seat in one. Part of routes.toml.

What happens in a complaint stands in the procedures; here stands which of our people can have which of their roles.
"""

from typing import Annotated, Literal

from pydantic import Field

from haven.rulebook.words import Key, Keyed, Rules, Text

SEAT_LEVELS = ("board", "supervisory_board", "committee", "secretary", "management")
"""What an account of a level may do is code (roles.py); which roles of a procedure its people can take is the
rulebook's."""


class SeatPool(Keyed):
    """People who can be given a seat. Its key is the name under which the vault's directory confirms their keys."""

    name: Text
    team: Key  # the route whose readers confirm their keys: the complaints officers
    level: Literal["board", "supervisory_board", "committee", "secretary", "management"]
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]  # of the procedures
    entity: Key | None = None  # of institution.toml: a board decides for its own entity only (R-001-02, R-001-03)


class ComplaintsOffice(Rules):
    team: Key  # the route whose readers are the complaints officers
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]  # theirs in the procedures: one in each
    pools: tuple[SeatPool, ...] = ()

    def pool(self, key: str) -> SeatPool | None:
        return next((one for one in self.pools if one.key == key), None)

    def for_role(self, role: str, entity: str) -> tuple[SeatPool, ...]:
        """The pools whose people can have this role in a complaint about this entity."""
        return tuple(one for one in self.pools if role in one.roles and one.entity in {None, entity})
