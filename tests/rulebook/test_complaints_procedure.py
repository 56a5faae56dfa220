"""The example's regulation for complaints: its terms as settled, who decides, and what shuts what."""

from datetime import date, timedelta

import pytest

from haven.rulebook import course as engine
from haven.rulebook import loader, terms
from haven.rulebook.course import Course, Taken
from haven.rulebook.procedure import Procedure
from haven.rulebook.terms import Running
from tests.proves import proves
from tests.rulebook import days_by_hand as by_hand
from tests.rulebook.conftest import EXAMPLE

BOOK = loader.load(EXAMPLE)
RULES = BOOK.procedures.version("complaints", "2019")
RECEIVED = date(2026, 4, 1)


def course(*taken: tuple[str, date], facts: frozenset[str] = frozenset(), **more: int | date) -> Course:
    """`more`: how much longer the last of these steps makes a term, or until which day."""
    steps = [Taken(key, on) for key, on in taken]
    if more:
        steps[-1] = Taken(*taken[-1], **more)  # type: ignore[arg-type]  # its two last fields
    return Course((Taken("received", RECEIVED), *steps), facts)


def stand(term: str, now: Course, *, on: date = RECEIVED, rules: Procedure = RULES) -> Running:
    return next(one for one in terms.due(rules, now, BOOK.calendar, on=on) if one.term.key == term)


def last(term: str, now: Course) -> date:
    found = stand(term, now).last
    assert found
    return found.day


HEARD = (("complainant_heard", date(2026, 4, 20)), ("defendant_heard", date(2026, 4, 24)))
ADVISED = (*HEARD, ("recommended", date(2026, 6, 1)), ("recommendation_received", date(2026, 6, 3)))


@proves("R-001-63")
def test_the_hearing_is_due_fifteen_working_days_after_receipt_and_met_when_both_were_heard() -> None:
    assert last("hearing", course()) == by_hand.working_days_after(RECEIVED, 15) == date(2026, 4, 24)
    assert stand("hearing", course(HEARD[0])).state == "running"
    assert stand("hearing", course(*HEARD)).met_on == date(2026, 4, 24)
    assert stand("hearing", course(HEARD[0]), on=date(2026, 4, 25)).state == "late"


def test_whether_the_complaint_can_be_handled_is_a_term_of_its_own() -> None:
    assert last("admissibility", course()) == last("hearing", course())
    assert stand("admissibility", course(("inadmissible", date(2026, 4, 8)))).state == "met"
    assert stand("hearing", course(("inadmissible", date(2026, 4, 8)))).state == "shut"


@proves("R-001-71")
def test_the_investigation_runs_forty_working_days_from_the_later_of_two_hearings() -> None:
    assert stand("investigation", course(HEARD[0])).state == "waiting"
    assert last("investigation", course(*HEARD)) == by_hand.working_days_after(date(2026, 4, 24), 40)
    assert stand("investigation", course(*ADVISED)).state == "met"


@proves("R-001-72", "R-001-73")
def test_thirty_days_more_need_an_interim_report_and_come_on_top() -> None:
    extension = RULES.step("extension_granted")
    due = last("investigation", course(*HEARD))

    assert extension.extends is not None
    assert (extension.extends.up_to, extension.extends.times, extension.again) == (30, 1, False)
    assert shut("extension_granted", "board", course(*HEARD)) == engine.Shut("not_yet", ("interim_report",))
    longer = course(*HEARD, ("interim_report", due), ("extension_granted", due), more=30)
    assert last("investigation", longer) == by_hand.working_days_after(due, 30)


@proves("R-001-74")
def test_a_day_that_both_sides_agree_on_takes_the_place_of_the_last_day() -> None:
    agreed = course(*HEARD, ("interim_report", RECEIVED), ("extension_agreed", RECEIVED), until=date(2026, 12, 1))

    assert "agreed_by_sides" in RULES.step("extension_agreed").needs
    assert last("investigation", agreed) == date(2026, 12, 1)


@proves("R-001-94")
def test_the_decision_is_due_fifteen_working_days_after_the_board_has_the_recommendation() -> None:
    assert last("decision", course(*ADVISED)) == by_hand.working_days_after(date(2026, 6, 3), 15)
    assert stand("decision", course(*ADVISED, ("decided", date(2026, 6, 9)))).state == "met"


@proves("R-001-97")
def test_ten_days_more_to_decide_need_the_intention_to_deviate_come_on_top_and_are_given_once() -> None:
    due = last("decision", course(*ADVISED))
    intended = (*ADVISED, ("deviation_intended", date(2026, 6, 5)))

    assert shut("decision_extended", "board", course(*ADVISED)) == engine.Shut("not_yet", ("deviation_intended",))
    assert shut("decision_extended", "board", course(*intended)) is None
    longer = course(*intended, ("decision_extended", date(2026, 6, 8)), more=10)
    assert last("decision", longer) == by_hand.working_days_after(due, 10)
    assert shut("decision_extended", "board", longer) == engine.Shut("taken")
    assert "within_term" in RULES.step("decision_extended").needs


def test_reports_go_seven_days_before_a_final_session_and_that_day_is_not_moved() -> None:
    """A day after Easter: seven days before it is Easter Monday."""
    session = date(2027, 4, 5)
    planned = course(*HEARD, ("final_session_planned", date(2027, 3, 1)), until=session)

    assert last("reports", planned) == date(2027, 3, 29)
    assert BOOK.calendar.why(date(2027, 3, 29)) is not None


def test_the_clock_of_the_law_runs_beside_and_its_last_day_is_moved() -> None:
    """Ten weeks after 15 October 2026 is Christmas Eve; after 16 October it is Christmas Day, a Friday."""
    for received, expected in ((date(2026, 10, 15), date(2026, 12, 24)), (date(2026, 10, 16), date(2026, 12, 28))):
        now = Course((Taken("received", received),))
        assert last("statutory", now) == expected
    adjourned = course(("adjourned", RECEIVED), more=4)
    assert last("statutory", adjourned) == RECEIVED + timedelta(weeks=14) == date(2026, 7, 8)
    later = Course((Taken("received", date(2026, 10, 16)), Taken("adjourned", date(2026, 12, 1), more=4)))
    assert last("statutory", later) == date(2026, 12, 28) + timedelta(weeks=4)  # on top of the day to which it moved


@pytest.mark.parametrize(("length", "expected"), [(3, date(2026, 12, 29)), (7, date(2026, 12, 31))])
def test_a_term_of_a_law_holds_two_working_days(length: int, expected: date) -> None:
    """Article 2: the three days after 24 December 2026 are Christmas and a weekend."""
    term = RULES.term("statutory").model_copy(update={"unit": "calendar_days", "length": length})

    assert terms.counted(term, date(2026, 12, 24), length, BOOK.calendar).day == expected


def test_a_pause_that_the_complainant_agreed_to_stops_the_term() -> None:
    """A7: without it the informal attempt runs inside the term."""
    begun = (("handed_over", RECEIVED), ("informal_begun", date(2026, 4, 2)))
    paused = (*begun, ("pause_agreed", date(2026, 4, 3)))
    due = last("hearing", course())

    assert last("hearing", course(*begun)) == due
    assert stand("hearing", course(*paused), on=date(2026, 4, 10)).state == "paused"
    assert last("hearing", course(*paused, ("informal_impossible", date(2026, 4, 13)))) == due + timedelta(days=10)


@proves("R-001-54")
def test_three_years_are_counted_from_the_last_time_and_the_day_itself_is_in_time() -> None:
    limit, former = RULES.own_experience, RULES.former

    assert limit is not None
    assert former is not None
    assert (limit.years, limit.article, limit.on_the_day) == (3, "3.3", True)
    assert (former.years, former.article, former.on_the_day) == (3, "1.4", False)


def test_another_body_decides_when_a_member_of_the_board_is_involved() -> None:
    facts = frozenset({"board_member_involved"})

    for role, may in (("board", False), ("portfolio_holder", False), ("supervisory_board", True)):
        assert (shut("decided", role, course(*ADVISED, facts=facts)) is None) is may
    assert shut("decided", "supervisory_board", course(*ADVISED)) == engine.Shut("not_yours")


def test_an_investigation_at_the_request_of_the_board_waits_for_no_complainant() -> None:
    facts = frozenset({"on_request"})
    begun = Course((Taken("requested", RECEIVED), Taken("committee_appointed", RECEIVED)), facts)

    assert engine.shut_because(RULES, begun, RULES.step("referred"), "complaints_officer") is None
    assert "complainant" not in RULES.needed_sides(facts)
    heard = Course((*begun.taken, Taken("defendant_heard", date(2026, 4, 24))), facts)
    assert last("investigation", heard) == by_hand.working_days_after(date(2026, 4, 24), 40)


@proves("R-001-111")
def test_a_new_version_takes_over_on_its_day_and_the_old_one_can_still_be_read() -> None:
    old = RULES.model_copy(update={"until": date(2026, 12, 31)})
    new = RULES.model_copy(update={"version": "2027", "in_force": date(2027, 1, 1)})
    both = BOOK.procedures.model_copy(update={"versions": (old, new)})

    assert [both.in_force("complaints", day) for day in (date(2019, 5, 5), date(2026, 12, 31), date(2027, 1, 1))] == [
        None,
        old,
        new,
    ]
    assert both.version("complaints", "2019") is old
    with pytest.raises(KeyError):
        both.version("complaints", "2018")


def shut(step: str, role: str, now: Course) -> engine.Shut | None:
    return engine.shut_because(RULES, now, RULES.step(step), role)
