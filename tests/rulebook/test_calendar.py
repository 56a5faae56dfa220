"""Working days by the Algemene termijnenwet, against worked examples, another library and properties."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.rulebook import loader, shelf
from haven.rulebook.book import Rulebook
from haven.rulebook.calendar import Calendar, easter
from tests.proves import proves
from tests.rulebook.conftest import EXAMPLE

CALENDAR = loader.load(EXAMPLE).calendar
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
COUNTS = st.integers(0, 120)


def day(text: str) -> date:
    return date.fromisoformat(text)


def last_days(start: str, calendar: Calendar = CALENDAR) -> list[str]:
    """The columns of the table in practice.md 2.1: each term starts on the last day of the one before."""

    def after(begin: date, count: int) -> date:
        return calendar.add_working_days(begin, count).day

    begin = day(start)
    first = after(begin, 15)
    second, longer = after(first, 40), after(first, 70)
    third = after(second, 15)
    worst = after(after(longer, 15), 10)
    return [str(last)[5:] for last in (after(begin, 2), first, second, longer, third, after(third, 10))] + [str(worst)]


@proves("R-001-116")
@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-04-01", "04-07 04-24 06-26 08-07 07-17 07-31 2026-09-11"),
        ("2026-04-04", "04-08 04-28 06-29 08-10 07-20 08-03 2026-09-14"),
        ("2026-08-03", "08-05 08-24 10-19 11-30 11-09 11-23 2027-01-06"),
        ("2027-04-20", "04-22 05-18 07-13 08-24 08-03 08-17 2027-09-28"),
    ],
)
def test_the_worked_examples_come_out(start: str, expected: str) -> None:
    assert last_days(start) == expected.split()


@proves("R-001-116")
@pytest.mark.parametrize(("start", "end"), [("2027-04-20", "2027-05-14"), ("2028-04-20", "2028-05-15")])
def test_without_the_decree_days_a_term_ends_earlier(start: str, end: str) -> None:
    off = {**CALENDAR.days_off.model_dump(), "decrees": False}
    without = Calendar.model_validate(CALENDAR.model_dump() | {"days_off": off})

    assert without.add_working_days(day(start), 15).day == day(end)
    assert CALENDAR.add_working_days(day(start), 15).day > day(end)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26"),
        (2027, "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26"),
        (2028, "01-01 04-14 04-17 04-27 05-05 05-25 06-05 12-25 12-26"),
    ],
)
def test_the_named_days_of_a_year_are_these(year: int, days: str) -> None:
    assert [str(off)[5:] for off in _named_days(year)] == days.split()


def _named_days(year: int) -> list[date]:
    return sorted(named.in_year(year) for named in (*CALENDAR.recognised, *CALENDAR.equated))


@pytest.mark.parametrize("year", range(2014, 2051))
def test_another_library_knows_the_same_days(year: int) -> None:
    """Known differences of `holidays`: 5 May is a holiday once in five years there, and only `optional`
    in the others, while the act names it every year; it lists Easter Sunday and Whit Sunday, which are
    Sundays here; and it does not know the decree days of article 3(3)."""
    theirs = set(holidays.country_holidays("NL", years=year, categories=("public", "optional")))
    sundays = {easter(year), easter(year) + timedelta(days=49)}

    assert theirs - sundays == set(_named_days(year))


def test_the_decree_days_are_the_ones_that_the_other_library_misses() -> None:
    decrees = [off for row in CALENDAR.decrees for off in row.days()]
    theirs = holidays.country_holidays("NL", years=range(2023, 2029), categories=("public", "optional"))

    assert len(decrees) == 10
    assert [off for off in decrees if off in theirs] == []
    assert [off for off in decrees if CALENDAR.is_working_day(off)] == []


def test_kings_day_moves_to_saturday_when_it_falls_on_a_sunday() -> None:
    assert CALENDAR.why(date(2025, 4, 26)) == CALENDAR.recognised[2].name
    assert CALENDAR.why(date(2031, 4, 27)) is not None
    assert CALENDAR.recognised[2].in_year(2031) == date(2031, 4, 26)


def test_closing_days_count_as_working_days_until_they_are_switched_on() -> None:
    eve = date(2026, 12, 24)
    closed = Calendar.model_validate(
        CALENDAR.model_dump() | {"days_off": {**CALENDAR.days_off.model_dump(), "closing": True}}
    )

    assert CALENDAR.is_working_day(eve)
    assert closed.why(eve) == CALENDAR.closing[0].name
    assert closed.version != CALENDAR.version


@proves("R-001-116")
def test_a_date_carries_the_rule_it_came_from() -> None:
    term = CALENDAR.add_working_days(date(2026, 4, 1), 2)

    assert term.rule.nl == (
        "2 werkdagen na woensdag 1 april 2026; niet meegeteld: Goede Vrijdag (3 april), Tweede paasdag (6 april)"
    )
    assert term.rule.en == (
        "2 working days after Wednesday 1 April 2026; not counted: Good Friday (3 April), Easter Monday (6 April)"
    )
    assert term.calendar_version == CALENDAR.version


def test_one_day_is_one_working_day() -> None:
    rule = CALENDAR.add_working_days(date(2026, 11, 23), 1).rule

    assert (rule.nl, rule.en) == (
        "1 werkdag na maandag 23 november 2026",
        "1 working day after Monday 23 November 2026",
    )


def test_a_term_is_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        CALENDAR.add_working_days(date(2026, 4, 1), -7)


@given(DAYS, COUNTS)
def test_a_term_never_ends_on_a_day_that_does_not_count(start: date, count: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(start, count).day)


@given(DAYS, st.integers(1, 120))
def test_a_term_of_n_working_days_holds_n_working_days(start: date, count: int) -> None:
    last = CALENDAR.add_working_days(start, count).day
    passed = (start + timedelta(days=n) for n in range(1, (last - start).days + 1))

    assert sum(CALENDAR.is_working_day(one) for one in passed) == count


@given(DAYS, DAYS, COUNTS)
def test_who_starts_later_never_ends_earlier(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))

    assert CALENDAR.add_working_days(first, count).day <= CALENDAR.add_working_days(second, count).day


@given(DAYS, COUNTS, COUNTS)
def test_a_longer_term_ends_later(start: date, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))

    assert CALENDAR.add_working_days(start, shorter).day <= CALENDAR.add_working_days(start, longer).day


def test_the_calendar_of_the_book_is_the_one_tested(book: Rulebook) -> None:
    assert book.calendar.version == CALENDAR.version


def test_working_days_are_counted_by_weeks_as_day_by_day() -> None:
    calendar, first = shelf.current().calendar, date(2025, 12, 20)
    for begin in range(0, 40, 3):
        after, counted = first + timedelta(days=begin), 0
        for number in range(1, 420):
            day = after + timedelta(days=number)
            counted += calendar.is_working_day(day)
            assert calendar.working_days(after, day) == counted
    assert calendar.working_days(first, first) == calendar.working_days(first, date(2025, 1, 1)) == 0
