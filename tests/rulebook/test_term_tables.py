"""The terms of the example's regulations on every day from 2024 to 2030, against days written out by hand."""

from datetime import date, timedelta

import holidays
import pytest

from haven.rulebook import loader, terms
from haven.rulebook.procedure import Term
from tests.proves import proves
from tests.rulebook import days_by_hand as by_hand
from tests.rulebook.conftest import EXAMPLE

BOOK = loader.load(EXAMPLE)
TERMS = [term for procedure in BOOK.procedures for term in procedure.terms]
STARTS = tuple(day for day in by_hand.EVERY_DAY if day.year <= 2030)


def test_the_days_by_hand_are_those_of_another_library_with_what_it_misses() -> None:
    """It misses 5 May in most years and the days named by decree, and lists two Sundays (see test_calendar.py)."""
    theirs = {
        day
        for day, name in holidays.country_holidays(
            "NL", years=range(2024, 2032), categories=("public", "optional"), language="en_US"
        ).items()
        if name not in {"Easter Sunday", "Pentecost"}
    }
    decrees = {"2024-05-10", "2024-12-27", "2025-05-30", "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28"}
    named = {date.fromisoformat(day) for day in (*decrees, "2028-05-26")}

    assert by_hand.OFF - theirs - named == set()
    assert theirs - by_hand.OFF == set()


def _expected(term: Term, start: date) -> date:
    """Worked out without anything of Haven."""
    step = -1 if term.backward else 1
    match term.unit:
        case "working_days":
            return (by_hand.working_days_before if term.backward else by_hand.working_days_after)(start, term.length)
        case "calendar_days" | "weeks":
            last = start + timedelta(days=step * term.length * (7 if term.unit == "weeks" else 1))
        case "months" | "years":
            last = by_hand.months_after(start, step * term.length * (12 if term.unit == "years" else 1))
    moves = term.statute and not term.backward and not by_hand.too_long_to_move(term.unit, term.length)
    return by_hand.by_the_act(start, last) if moves else last


@proves("R-001-112", "R-001-116")
@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_every_term_of_every_regulation_ends_on_the_day_found_by_hand(term: Term) -> None:
    """On each of 2,557 days: across Easter, King's Day, 5 May, the days of decrees, the turn of the year and the clock
    going back or forward."""
    wrong = {
        start: (found.isoformat(), expected.isoformat())
        for start in STARTS
        if (found := terms.counted(term, start, term.length, BOOK.calendar).day) != (expected := _expected(term, start))
    }

    assert wrong == {}
