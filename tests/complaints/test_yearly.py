"""The yearly report of the complaints officers: what outlives a complaint, what may be shown, and what is frozen."""

from datetime import date
from typing import Any

import pytest

from haven.complaints import retention, revealing, tallying, written
from haven.complaints.course import STEP, Done
from haven.complaints.models import COURSE, Complaint, ForgottenYear, Pool, Tally, YearlyReport
from haven.complaints.opened import NotNow
from haven.complaints.papers import yearly as papers
from haven.complaints.papers.document import Table
from haven.complaints.revealing import Hint
from haven.complaints.starting import start
from haven.complaints.written import OpenReport
from haven.complaints.yearly import OfComplaints
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure
from haven.vault import sealing
from haven.vault.models import SealedItem
from tests.complaints.court import MONDAY, Court, letter
from tests.proves import proves

YEAR = MONDAY.year
LATER = date(YEAR + 1, 2, 1)
END = date(YEAR, 12, 1)


@pytest.fixture
def court(db: None, settings: Any) -> Court:
    return Court(settings, example=True)


def rules() -> Procedure:
    found = tallying.rules_of("complaints", YEAR)
    assert found
    return found


def ended(number: int, category: str = "aggression", *parts: str) -> None:
    """So many complaints that came and ended this year, with these parts in the recommendation."""
    for _one in range(number):
        row = start(letter(categories=(category,)), on=MONDAY).complaint
        if parts:
            sealing.keep(row.pk, COURSE, STEP, Done("recommended", MONDAY, "chair", parts).line(), on=MONDAY, seq=9)
        Complaint.objects.filter(pk=row.pk).update(ended_on=END, forget_on=retention.forget_on(END))


def begun(court: Court, key: str = "officer", on: date = LATER) -> OpenReport:
    who = court.accounts[key]
    assert who.keyring
    return written.begin(OfComplaints(rules()), YEAR, keyring=who.keyring, by=who.user, on=on)


@proves("R-001-30")
def test_the_number_of_the_year_is_exact_also_when_complaints_were_destroyed_since(court: Court) -> None:
    ended(2)
    start(letter(), on=MONDAY)
    assert OfComplaints(rules()).figures(YEAR)["received"] == 3
    assert retention.forget_due(retention.forget_on(END)) == 2
    assert OfComplaints(rules()).figures(YEAR)["received"] == 3
    assert [(one.year, one.number, one.unread) for one in ForgottenYear.objects.all()] == [(YEAR, 2, 2)]
    assert OfComplaints(rules()).figures(YEAR - 1)["received"] == 0


@proves("R-001-31")
def test_below_ten_nothing_is_shown_of_nature_and_outcome_and_it_says_why(court: Court) -> None:
    ended(9, "sexual_harassment", "founded", "measure_apart")
    report = begun(court)
    assert report.figures == {"received": 9, "pool": None}
    assert Pool.objects.get().number == 9

    drawn = papers.drawn(
        shelf.current(), papers.Year(rules(), OfComplaints(rules()).yearly, YEAR, report.figures, {}), "en", LATER
    )  # fmt: skip
    told = str(drawn.parts)
    assert "9 formal complaints" in told
    assert "once 10 complaints have ended" in told
    assert not any(isinstance(one, Table) for one in drawn.parts)
    assert not any(word in told for word in ("Sexual", "Founded", "apart"))


@proves("R-001-30", "R-001-31")
def test_from_ten_on_kinds_are_shown_together_and_small_ones_not_by_themselves(court: Court) -> None:
    ended(6, "aggression", "founded", "measure_apart", "measure_conversation")
    ended(5, "bullying", "unfounded")
    ended(1, "violence", "founded", "measure_position")
    pool = begun(court).figures["pool"]
    assert (pool["since"], pool["until"], pool["number"]) == (YEAR, YEAR, 12)
    assert pool["tables"] == {
        "category": [("aggression", 6), ("others", 6)],
        "outcome": [("founded", 7), ("unfounded", 5)],
        "recommendation": [("measure_apart", 6), ("others", 7)],
    }
    begun(court)
    assert Pool.objects.get().number == 12, "twice is once"
    assert {field.name for field in Tally._meta.concrete_fields} == {"id", "pool", "about", "code", "number"}
    assert set(Complaint.objects.values_list("counted", flat=True)) == {True}


def test_what_is_too_small_takes_the_smallest_other_along_and_no_sum_gives_it_back() -> None:
    order = ["a", "b", "c"]
    assert tallying.together({"a": 9, "b": 5, "c": 1}, order, 5) == [("a", 9), ("others", 6)]
    assert tallying.together({"a": 9, "b": 2, "c": 3}, order, 5) == [("a", 9), ("others", 5)]
    assert tallying.together({"a": 2, "b": 1}, order, 5) == []
    assert tallying.together({"a": 6, "b": 7}, order, 5) == [("a", 6), ("b", 7)]


@proves("R-001-31")
def test_a_pool_that_was_shown_is_never_shown_again_with_one_more(court: Court) -> None:
    ended(10)
    report = begun(court)
    written.finish(report, [], report.figures, on=LATER)
    assert Pool.objects.get().until == YEAR
    ended(1, "violence")
    begun(court)
    assert tallying.shown(rules(), YEAR) is None
    who = court.accounts["officer"]
    assert who.keyring
    frozen = written.find(OfComplaints(rules()), YEAR, keyring=who.keyring, by=who.user)
    assert frozen.figures["pool"]["number"] == 10


def test_what_is_finished_is_frozen_and_its_drafts_are_gone(court: Court) -> None:
    with pytest.raises(NotNow, match="year_runs"):
        begun(court, on=END)
    report = begun(court)
    written.write(report, {"learned_en": "zqdraft one"}, on=LATER)
    written.write(begun(court), {"learned_en": "zqdraft two"}, on=LATER)
    with pytest.raises(NotNow, match="changed"):
        written.write(report, {"learned_en": "from an old page"}, on=LATER)
    report = begun(court, "second")
    assert report.texts == {"learned_en": "zqdraft two"}, "every officer has a key"
    with pytest.raises(NotNow, match="not_finished"):
        written.present(report, LATER, on=LATER)
    written.finish(report, [], report.figures, on=LATER)
    assert not SealedItem.objects.filter(compartment__scope=report.row.pk, slot="draft").exists()
    with pytest.raises(NotNow, match="frozen"):
        written.write(begun(court), {})
    with pytest.raises(NotNow, match="frozen"):
        written.finish(begun(court), [], {})
    assert begun(court).texts == {"learned_en": "zqdraft two"}


@proves("R-001-32")
def test_it_is_overdue_until_the_board_and_everybody_on_the_list_has_it(court: Court) -> None:
    report = begun(court)
    assert report.due_on == date(YEAR + 1, 6, 30)
    after = date(YEAR + 1, 7, 1)
    assert not report.overdue(report.due_on)
    written.finish(report, [], report.figures, on=LATER)
    written.present(begun(court), LATER, on=LATER)
    with pytest.raises(NotNow, match="not_for_this_role"):
        written.send(begun(court), "the_press", LATER, on=LATER)
    with pytest.raises(NotNow, match="not_on_that_day"):
        written.send(begun(court), "works_council", after, on=LATER)
    keys = [one.key for one in report.kind.addressees]
    assert {"confidential_counsellors", "works_council", "student_council"} == set(keys)
    for key in keys:
        assert begun(court).overdue(after)
        written.send(begun(court), key, LATER, on=LATER)
    assert not begun(court).overdue(after)
    assert begun(court).sent == dict.fromkeys(keys, LATER)


def test_nobody_without_the_keys_of_an_officer_begins_or_finds_one(court: Court) -> None:
    begun(court)
    board = court.board()
    assert board.keyring
    with pytest.raises(YearlyReport.DoesNotExist):
        written.find(OfComplaints(rules()), YEAR, keyring=board.keyring, by=board.user)
    with pytest.raises(NotNow, match="not_in_this_role"):
        written.begin(OfComplaints(rules()), YEAR, keyring=board.keyring, by=board.user, on=LATER)


def test_a_text_that_could_point_at_somebody_gets_a_hint_and_years_and_articles_do_not() -> None:
    told = "In 2026 two complaints, 3 of them in Plant Sciences, were about Klager. See article 1.22 and 15 others."
    found = revealing.hints(told, "en", units=["Plant Sciences"], names=["Vera Klager"])
    assert found == [
        Hint("number", "3"),
        Hint("number", "two"),
        Hint("unit", "Plant Sciences"),
        Hint("name", "Klager"),
    ]
    assert revealing.hints("Er was één klacht.", "nl", units=[], names=[]) == [Hint("number", "één")]
    assert revealing.hints("Several complaints took long.", "en", units=[], names=["Vera Klager"]) == []
