"""When the contact point can be called: opening hours, and times at which it is closed. Part of institution.toml."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from haven.rulebook.calendar import Calendar
from haven.rulebook.words import Rules, Text, wrong

LOOKS_AHEAD = 60  # days, to find the next one that is open


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Hours(Rules):
    """Open on these days, from and until."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    opens: time
    closes: time

    @model_validator(mode="after")
    def closes_after_it_opens(self) -> Self:
        if self.closes <= self.opens:
            raise wrong("`closes` is not after `opens`.", "Write them as opens = 09:00:00 and closes = 17:00:00.")
        return self


class Closure(Rules):
    """Closed on one day, or up to and including `until`. `says` is shown from `shown_from`, or else from that day."""

    on: date
    until: date | None = None
    shown_from: date | None = None
    says: Text

    @property
    def last(self) -> date:
        return self.until or self.on

    def covers(self, day: date) -> bool:
        return self.on <= day <= self.last

    def shows(self, day: date) -> bool:
        return (self.shown_from or self.on) <= day <= self.last

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.last < self.on or (self.shown_from or self.on) > self.on:
            raise wrong("The dates of this closing are not in order.", "Put shown_from first, then on, then until.")
        return self


@dataclass(frozen=True)
class Today:
    """How things are on one day. `hours`: those of that day; without any it is closed, perhaps for `why`."""

    hours: tuple[Hours, ...]
    why: Text | None
    notices: tuple[Text, ...]
    next_day: date | None


def on_day(hours: tuple[Hours, ...], closures: tuple[Closure, ...], calendar: Calendar, day: date) -> Today:
    open_, why = _hours(hours, closures, calendar, day)
    later = (day + timedelta(days=n) for n in range(1, LOOKS_AHEAD))
    following = next((one for one in later if _hours(hours, closures, calendar, one)[0]), None)
    return Today(open_, why, tuple(one.says for one in closures if one.shows(day)), following)


def _hours(
    hours: tuple[Hours, ...], closures: tuple[Closure, ...], calendar: Calendar, day: date
) -> tuple[tuple[Hours, ...], Text | None]:
    """A closing goes before the calendar, and both before the hours of the week. A closing notice speaks for itself."""
    if any(one.covers(day) for one in closures):
        return (), None
    if why := calendar.closed(day):
        return (), why
    weekday = [*Weekday][day.weekday()]
    return tuple(sorted((one for one in hours if weekday in one.days), key=lambda one: one.opens)), None
