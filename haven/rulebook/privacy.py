"""Requests about personal data: which rights, by when, what is decided and answered. File: privacy.toml."""

from datetime import date
from typing import Annotated

from pydantic import Field

from haven.rulebook.dates import months_after
from haven.rulebook.words import Listed, Rules, Text


class Decision(Listed):
    look_again: bool = False  # needs a day on which one looks again


class NeutralAnswer(Listed):
    text: Text
    asks_who: bool = False  # asks who it is: the request stays open, and nothing has to be checked before


class Privacy(Rules):
    months: Annotated[int, Field(ge=1, le=1)]  # article 12(3) of the GDPR gives one month, and two more
    extension_months: Annotated[int, Field(ge=0, le=2)]
    rights: Annotated[tuple[Listed, ...], Field(min_length=1)]
    decisions: Annotated[tuple[Decision, ...], Field(min_length=1)]
    checks: Annotated[tuple[Listed, ...], Field(min_length=1)]  # how it can be checked who asks
    answers: Annotated[tuple[NeutralAnswer, ...], Field(min_length=1)]

    def due(self, day: date) -> date:
        return months_after(day, self.months)

    def extended(self, day: date) -> date:
        """Counted from the request, as the first term is."""
        return months_after(day, self.months + self.extension_months)

    def decision(self, key: str) -> Decision | None:
        return next((one for one in self.decisions if one.key == key), None)
