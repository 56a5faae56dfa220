"""Which days count. File: calendar.toml. The default is the Dutch Algemene termijnenwet, articles 1 to 3.

That act binds terms set by law. For a term an institution sets itself its list of days is a choice
(practice.md 2.1); therefore each kind of day has a switch.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, PrivateAttr, model_validator

from haven.rulebook import dates
from haven.rulebook.words import LANGUAGES, Key, Rules, Text, wrong

ONE_DAY = timedelta(days=1)
SUNDAY = 7


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the Meeus, Jones and Butcher method)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True)
class Term:
    """A last day, how it was counted, and by which calendar."""

    day: date
    rule: Text
    calendar_version: str


class YearlyDay(Rules):
    """A day that returns every year: a fixed date, or so many days from Easter Sunday."""

    name: Text
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    if_sunday: int = 0  # days to move when the date falls on a Sunday
    easter: Annotated[int, Field(ge=-63, le=63)] | None = None

    @model_validator(mode="after")
    def one_way_to_find_it(self) -> Self:
        dated = self.month is not None and self.day is not None
        half = (self.month is None) != (self.day is None)
        if half or dated == (self.easter is not None):
            raise wrong(
                "It is not clear on which date this day falls.",
                "Give either month and day, or easter (days from Easter Sunday).",
            )
        if dated:
            self._must_exist()
        return self

    def _must_exist(self) -> None:
        try:
            self.in_year(2025)
        except ValueError:
            raise wrong(
                f"There is no day {self.day} in month {self.month} of every year.",
                "Correct the month or the day.",
            ) from None

    def in_year(self, year: int) -> date:
        if self.easter is not None:
            return easter(year) + timedelta(days=self.easter)
        day = date(year, self.month or 1, self.day or 1)
        return day + timedelta(days=self.if_sunday) if day.isoweekday() == SUNDAY else day


class FixedDays(Rules):
    """One day, or a row of days up to and including `until`."""

    name: Text
    on: date
    until: date | None = None

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> Self:
        if self.until and self.until < self.on:
            raise wrong("`until` is before `on`.", "Put the two dates in order.")
        return self

    def days(self) -> list[date]:
        count = ((self.until or self.on) - self.on).days + 1
        return [self.on + timedelta(days=n) for n in range(count)]


class Counts(Rules):
    """The switches: true means that such a day is not a working day."""

    weekends: bool
    recognised: bool
    equated: bool
    decrees: bool
    closing: bool


class Calendar(Rules):
    edition: Key  # a name for people, e.g. atw_2026
    source: Text
    days_off: Counts
    recognised: tuple[YearlyDay, ...] = ()  # article 3(1)
    equated: tuple[YearlyDay, ...] = ()  # article 3(2)
    decrees: tuple[FixedDays, ...] = ()  # article 3(3)
    closing: tuple[FixedDays, ...] = ()  # the institution's own; the law does not know them
    _years: dict[int, dict[date, Text]] = PrivateAttr(default_factory=dict)
    _terms: dict[tuple[date, int], Term] = PrivateAttr(default_factory=dict)  # a few for each day that comes

    @model_validator(mode="after")
    def leaves_days_to_work(self) -> Self:
        closed = {day for days in self.closing for day in days.days()}
        if len(closed) > 200:
            raise wrong(
                f"The closing days are {len(closed)} days; hardly any working day is left.",
                "Check the dates in [[closing]].",
            )
        return self

    @cached_property
    def version(self) -> str:
        """Changes whenever a day or a switch changes, also when nobody thought of the edition."""
        return f"{self.edition}-{hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:6]}"

    @cached_property
    def of_the_law(self) -> "Calendar":
        """For a term of a law: what an institution switched on or off does not count there."""
        by_law = Counts(weekends=True, recognised=True, equated=True, decrees=True, closing=False)
        return self if self.days_off == by_law else Calendar(**{**dict(self), "days_off": by_law})

    def is_working_day(self, day: date) -> bool:
        """A list of cases asks this of thousands of days, so no sentence is made for it."""
        return not self._is_weekend(day) and day not in self._named(day.year)

    def why(self, day: date) -> Text | None:
        """Why this day does not count; None for a working day."""
        if named := self._named(day.year).get(day):
            return named
        if self._is_weekend(day):
            return Text(nl=dates.weekday(day, "nl"), en=dates.weekday(day, "en"))
        return None

    def _is_weekend(self, day: date) -> bool:
        return self.days_off.weekends and day.weekday() >= 5

    def _named(self, year: int) -> dict[date, Text]:
        if year not in self._years:
            self._years[year] = self._named_days(year)
        return self._years[year]

    def closed(self, day: date) -> Text | None:
        """Which named day our own offices are closed on: a holiday, or a closing day whether it counts or not.

        A weekend is no such day: opening hours say what happens then.
        """
        own = next((row.name for row in self.closing if day in row.days()), None)
        return self._named(day.year).get(day) or own

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie after one day, up to and including another. Counted by weeks, not day by day: a
        list asks it for each of its lines, and a line can be old."""
        if until <= after:
            return 0
        first, days = after + ONE_DAY, (until - after).days
        if self.days_off.weekends:
            weeks, rest = divmod(days, 7)
            days = weeks * 5 + sum((first.weekday() + number) % 7 < 5 for number in range(rest))
        named = (day for year in range(first.year, until.year + 1) for day in self._named(year))
        return days - sum(first <= day <= until and not self._is_weekend(day) for day in named)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is a working day, else the next one (article 1)."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> Term:
        """The last day of a term of `count` working days; the day of the event is not counted.

        A term of nought ends on the day itself, or on the next working day.
        """
        if count < 0:
            raise ValueError("A term cannot be counted backwards: it may not be rolled forward either.")
        if (day, count) not in self._terms:
            self._terms[day, count] = self._counted(day, count)
        return self._terms[day, count]

    def _counted(self, day: date, count: int) -> Term:
        last = day if count else self.on_or_after(day)
        for _ in range(count):
            last = self.on_or_after(last + ONE_DAY)
        return Term(last, self._rule(day, count, last), self.version)

    def _named_days(self, year: int) -> dict[date, Text]:
        on = self.days_off
        yearly = (*(self.recognised if on.recognised else ()), *(self.equated if on.equated else ()))
        fixed = (*(self.decrees if on.decrees else ()), *(self.closing if on.closing else ()))
        closed = {day: row.name for row in fixed for day in row.days() if day.year == year}
        return closed | {day.in_year(year): day.name for day in yearly}

    def _rule(self, start: date, count: int, last: date) -> Text:
        return Text(**{language: self._rule_in(language, start, count, last) for language in LANGUAGES})

    def _rule_in(self, language: str, start: date, count: int, last: date) -> str:
        """How the term was counted, with each day by name that was passed over, weekends aside."""
        between = (start + timedelta(days=n) for n in range(1, (last - start).days))
        passed = [
            f"{name.say(language)} ({dates.short(day, language)})"
            for day in between
            if day.weekday() < 5 and (name := self.why(day))
        ]
        begin = dates.full(start, language)
        if language == "nl":
            counted = f"{count} {'werkdag' if count == 1 else 'werkdagen'} na {begin}"
            return counted + (f"; niet meegeteld: {', '.join(passed)}" if passed else "")
        counted = f"{count} working {'day' if count == 1 else 'days'} after {begin}"
        return counted + (f"; not counted: {', '.join(passed)}" if passed else "")
