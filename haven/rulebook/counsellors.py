"""Confidential counsellors: who confirms their keys, and when their annual figures are taken. File: routes.toml."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from haven.rulebook.words import Key, Keyed, Text, wrong

NOTIFICATION = "notification"
"""A kind of message of its own: what somebody told a confidential counsellor. Counted apart from every report."""

CHANNEL = "counsellor"
"""How an intake came in that a counsellor wrote down, with the word of the notifier."""

A_COMMON_YEAR = 2027  # without 29 February


class Counsellors(Keyed):
    """The pool of counsellors. Its key is the name under which the vault's directory confirms their keys, so that they
    can ask each other for advice. Their own notifications are sealed to themselves and need nobody's word."""

    name: Text
    team: Key  # the route whose readers confirm their keys, and to which an intake goes that a notifier agreed to
    capacity: Key  # the answer that says: it happened to me. A notification is of one's own experience
    figures_month: Annotated[int, Field(ge=1, le=12)]
    figures_day: Annotated[int, Field(ge=1, le=31)]
    level: Literal["counsellor"] = "counsellor"

    def figures_of(self, year: int) -> date:
        """The day from which the figures of a year can be taken: in the year after it."""
        return date(year + 1, self.figures_month, self.figures_day)

    @model_validator(mode="after")
    def is_a_day_of_every_year(self) -> Self:
        try:
            date(A_COMMON_YEAR, self.figures_month, self.figures_day)
        except ValueError:
            raise wrong(
                f"Month {self.figures_month} has no day {self.figures_day} in every year.",
                "Set figures_month and figures_day to a day that comes each year, such as 1 and 15.",
            ) from None
        return self
