"""Kinds of advisers: what each has to have learned, and which team gives them cases. File: routes.toml."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from haven.rulebook.dates import months_after
from haven.rulebook.words import Key, Keyed, Text

LEVELS = ("professional", "volunteer")
"""What an adviser of a kind may do is code (roles.py); which kind has which level is the rulebook's."""


class RequiredTraining(Keyed):
    name: Text
    valid_months: Annotated[int, Field(ge=1, le=120)]

    def valid_until(self, passed_on: date) -> date:
        """The last day on which it counts."""
        return months_after(passed_on, self.valid_months)


class AdviserKind(Keyed):
    """A pool of advisers. Its key is also the name under which the vault's directory confirms their keys."""

    name: Text
    team: Key  # the route whose readers confirm their keys and give them cases
    provision: Key  # how the directory tells of them (R-002-05)
    level: Literal["professional", "volunteer"]
    trainings: tuple[RequiredTraining, ...] = ()
    development_hours: Annotated[int, Field(ge=0, le=200)] = 0  # of development and supervision, in a year

    def training(self, key: str) -> RequiredTraining | None:
        return next((one for one in self.trainings if one.key == key), None)
