"""Which days are no working days from 2024 to 2031, written out by hand: nothing here is worked out, and nothing of
Haven is asked. Terms are found by looking them up in one long row of working days."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

FIRST, LAST = date(2024, 1, 1), date(2031, 12, 31)

OFF_BY_HAND = {  # New Year, Good Friday, Easter Monday, King's Day, 5 May, Ascension, Whit Monday, Christmas, decrees
    2024: "01-01 03-29 04-01 04-27 05-05 05-09 05-20 12-25 12-26 05-10 12-27",
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26 05-30",
    2026: "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26 01-02 05-15",
    2027: "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26 05-07",
    2028: "01-01 04-14 04-17 04-27 05-05 05-25 06-05 12-25 12-26 04-28 05-26",
    2029: "01-01 03-30 04-02 04-27 05-05 05-10 05-21 12-25 12-26",
    2030: "01-01 04-19 04-22 04-27 05-05 05-30 06-10 12-25 12-26",
    2031: "01-01 04-11 04-14 04-26 05-05 05-22 06-02 12-25 12-26",
}
OFF = frozenset(date.fromisoformat(f"{year}-{day}") for year, days in OFF_BY_HAND.items() for day in days.split())
EVERY_DAY = tuple(FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
WORKING = tuple(day for day in EVERY_DAY if day.isoweekday() <= 5 and day not in OFF)


def working_days_after(day: date, count: int) -> date:
    """The day of the event is not counted."""
    return WORKING[bisect_right(WORKING, day) + count - 1]


def working_days_before(day: date, count: int) -> date:
    return WORKING[bisect_left(WORKING, day) - count]


def by_the_act(start: date, last: date) -> date:
    """The last day of a term of a law: no weekend or holiday (art. 1), and of three days or more two count (art. 2)."""
    held = [day for day in WORKING if day > start]
    if (last - start).days >= 3 and held[1] > last:
        return held[1]
    return WORKING[bisect_left(WORKING, last)]


def months_after(day: date, months: int) -> date:
    """The same number in the month, or the last day that month has."""
    number = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return date(number // 12, number % 12 + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError


def too_long_to_move(unit: str, length: int) -> bool:
    """Article 4: more than 90 days, twelve weeks or three months, or one or more years."""
    return length > {"working_days": 90, "calendar_days": 90, "weeks": 12, "months": 3, "years": 0}[unit]
