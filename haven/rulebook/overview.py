"""What may be counted, and with how much noise. File: overview.toml. The method is told in docs/overviews.md; what of
this one year declares is in declared.py."""

from collections.abc import Mapping
from datetime import date
from math import isclose
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from haven.rulebook.words import Key, Keyed, Listed, Rules, Text, Words, wrong
from haven.rulebook.yearly import Section

OTHER = "other"
HANDED_ON = "referred"  # as an action: the first thing that was done was to refer
CEILING = 2.0
COLUMNS = (
    "kind",
    "category",
    "audience",
    "capacity",
    "channel",
    "mode",
    "destination",
    "outcome",
    "action",
    "contact_in_time",
)
type Column = Literal[
    "kind",
    "category",
    "audience",
    "capacity",
    "channel",
    "mode",
    "destination",
    "outcome",
    "action",
    "contact_in_time",
]
type Moment = Literal["intake", "action", "closing"]
type Every = Literal["year", "half", "quarter"]


class Value(Listed):
    """One value of a dimension. `takes`: the codes that count as this one. `modes`: only of who is known so; the next
    value that takes the same codes has the rest. So one line more tells who stayed anonymous, and no table more."""

    takes: tuple[Key, ...] = ()
    modes: tuple[Literal["anonymous", "confidential", "named"], ...] = ()

    def fits(self, given: str, mode: str) -> bool:
        return given in self.takes and (not self.modes or mode in self.modes)


class Dimension(Keyed):
    name: Text
    column: Column
    counted_at: Moment
    values: Annotated[tuple[Value, ...], Field(min_length=2, max_length=12)]

    def code(self, known: Mapping[str, str]) -> str:
        """What these coded values count as; what nobody foresaw is `other`."""
        given, mode = known.get(self.column, ""), known.get("mode", "")
        return next((value.key for value in self.values if value.fits(given, mode)), OTHER)

    @property
    def columns(self) -> set[str]:
        """What has to be known of a case to count it here."""
        return {self.column} | {"mode" for value in self.values if value.modes}

    @model_validator(mode="after")
    def is_closed(self) -> Self:
        keys = [value.key for value in self.values]
        if keys.count(OTHER) != 1:
            raise wrong(
                f"The domain of “{self.key}” is open: a case that fits none of its values could not be counted.",
                "Add one value with the key “other”. It takes whatever no other value takes.",
            )
        if len({*keys}) < len(keys):
            raise wrong(f"“{self.key}” has two values with one key.", "Give each value its own key.")
        if unclear := [code for value in self.values for code in value.takes if not self._is_clear(code)]:
            raise wrong(
                f"In “{self.key}” more than one value takes {', '.join(sorted({*unclear}))}, or none takes all of it.",
                "Let one value take it: a case counts in one cell of a table. Only where all before the last have "
                "other `modes`, and the last has none, can several take it.",
            )
        return self

    def _is_clear(self, code: str) -> bool:
        """Whether every case with this code has one value: several share it by `modes`, and the last has the rest."""
        *first, last = [value.modes for value in self.values if code in value.takes]
        named = [mode for modes in first for mode in modes]
        return not last and all(first) and len({*named}) == len(named)


class Table(Keyed):
    """A table of counters. Without dimensions it is a total. `share`: which part of ε its noise may use."""

    dims: tuple[Key, ...] = ()
    share: Annotated[float, Field(gt=0, le=1)]
    every: Every = "year"


class Rung(Rules):
    """The tables of an institution whose last published total is below this; without `below`: of every larger one."""

    below: Annotated[int, Field(ge=1)] | None = None
    tables: Annotated[tuple[Table, ...], Field(min_length=1, max_length=8)]

    @model_validator(mode="after")
    def keeps_its_budget(self) -> Self:
        spent = sum(table.share for table in self.tables)
        if spent > 1 and not isclose(spent, 1):
            raise wrong(
                f"Too much budget: the shares of these tables are {spent:.2f} together. A case counts in each of "
                "them, so together they would tell more about it than ε allows.",
                "Make the shares smaller until they are 1 together, or leave a table out.",
            )
        if len({table.key for table in self.tables}) < len(self.tables):
            raise wrong("Two tables have the same key.", "Give each table its own key.")
        return self


class Exact(Keyed):
    """A figure that a law or a regulation makes us give exactly, outside the promise."""

    name: Text
    article: Words
    every: Every = "year"


class Report(Rules):
    """A yearly report that somebody writes beside the figures of a year that was released."""

    key: Literal["contact_point", "counsellors"]
    name: Text
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    addressees: tuple[Listed, ...] = ()
    within_months: Annotated[int, Field(ge=1, le=12)] = 6  # after the end of the year


class Decision(Rules):
    """Why ε is above 1, and who signed for it. It is kept and published with the plan."""

    by: Words
    on: date
    why: Words
    signature: Words


class Overview(Rules):
    method: Literal["noise", "suppress"] = "noise"
    epsilon: Annotated[float, Field(gt=0)] = 1.0
    decision: Decision | None = None
    dimensions: tuple[Dimension, ...]
    ladder: Annotated[tuple[Rung, ...], Field(min_length=1)]
    exact: tuple[Exact, ...] = ()
    reports: tuple[Report, ...] = ()
    apart: tuple[Key, ...] = ()  # kinds that count in tables of kinds only: what was no report hides no reports

    def rung(self, total: int) -> Rung:
        """The tables that fit so many cases in a year."""
        return next(rung for rung in self.ladder if rung.below is None or total < rung.below)

    @property
    def carries_a_proof(self) -> bool:
        return self.method == "noise"

    @model_validator(mode="after")
    def stays_below_the_ceiling(self) -> Self:
        if self.epsilon > CEILING:
            raise wrong(
                f"ε is {self.epsilon:g}. Above {CEILING:g} who knows the other cases can be nearly sure of one.",
                f"Set epsilon to 1. Up to {CEILING:g} is possible with a signed [decision].",
            )
        if self.epsilon > 1 and self.decision is None:
            raise wrong(
                f"ε is {self.epsilon:g}, and nobody signed for it.",
                "Set epsilon to 1, or add [decision] with by, on, why and signature. It is published with the plan.",
            )
        return self

    @model_validator(mode="after")
    def climbs(self) -> Self:
        steps = [rung.below for rung in self.ladder]
        lower = [step for step in steps[:-1] if step is not None]
        if steps[-1] is not None or len(lower) < len(steps) - 1 or sorted({*lower}) != lower:
            raise wrong(
                "The ladder does not say what every number of cases gets.",
                "Put the rungs in order of `below`, and leave `below` out of the last.",
            )
        return self

    @model_validator(mode="after")
    def tables_are_in_the_domain(self) -> Self:
        known = {dimension.key: dimension for dimension in self.dimensions}
        for table in (table for rung in self.ladder for table in rung.tables):
            for key in table.dims:
                if key not in known:
                    raise wrong(
                        f"The table “{table.key}” is outside the domain: there is no dimension “{key}”.",
                        f"Declare it under [[dimensions]], or use one of: {', '.join(known) or 'none'}.",
                    )
            if len({known[key].counted_at for key in table.dims}) > 1:
                raise wrong(
                    f"The table “{table.key}” joins what is known at different moments, so nothing could count in it.",
                    "Join only dimensions with the same counted_at.",
                )
        return self

    @model_validator(mode="after")
    def without_noise_shows_little(self) -> Self:
        if not self.carries_a_proof and any(len(rung.tables) > 3 for rung in self.ladder):
            raise wrong(
                "Without noise at most three tables are shown: each further one takes away more of what hides a case.",
                "Leave tables out of the ladder, or set method to “noise”.",
            )
        if not self.carries_a_proof and any(t.every != "year" for rung in self.ladder for t in rung.tables):
            raise wrong(
                "Without noise only whole years are shown: what is shown twice can be subtracted.",
                "Set every to “year”, or set method to “noise”.",
            )
        return self
