"""A regulation of quite another shape, with no line of Haven for it: a hospital's committee for possible wrongdoing."""

from datetime import date

from haven.rulebook import course as engine
from haven.rulebook import loader, terms
from haven.rulebook.course import Course, Taken
from tests.rulebook.conftest import EXAMPLE

BOOK = loader.load(EXAMPLE)
RULES = BOOK.procedures.version("hospital_wrongdoing", "2024")


def days(now: Course, *, on: date) -> dict[str, tuple[str, str]]:
    """Each term that has begun: its state and last day."""
    stand = terms.due(RULES, now, BOOK.calendar, on=on)
    return {one.term.key: (one.state, str(one.last.day)) for one in stand if one.last}


def test_from_report_to_appeal_with_a_pause_while_an_authority_investigates() -> None:
    taken: list[Taken] = []

    def take(step: str, role: str, on: str) -> None:
        now = Course(tuple(taken))
        assert not taken or engine.shut_because(RULES, now, RULES.step(step), role) is None, step
        taken.append(Taken(step, date.fromisoformat(on), role))

    take("reported", "reporter", "2026-04-28")
    assert days(Course(tuple(taken)), on=date(2026, 4, 29)) == {
        "confirmation": ("running", "2026-05-06")  # the seventh day is 5 May, which cannot be the last day
    }
    take("confirmed", "reporting_desk", "2026-05-04")
    take("committee_formed", "reporting_desk", "2026-05-11")
    take("taken_up", "chair", "2026-05-18")
    take("talked", "member", "2026-06-02")
    take("authority_began", "secretary", "2026-06-10")
    assert days(Course(tuple(taken)), on=date(2026, 6, 20))["investigation"] == ("paused", "2026-08-06")
    take("authority_finished", "secretary", "2026-07-10")
    assert days(Course(tuple(taken)), on=date(2026, 7, 11))["investigation"] == ("running", "2026-08-26")
    take("answered", "reporting_desk", "2026-08-03")
    take("draft_sent", "secretary", "2026-08-20")
    take("responses_closed", "secretary", "2026-09-03")
    take("wrongdoing_found", "chair", "2026-09-10")
    assert engine.shut_because(RULES, Course(tuple(taken)), RULES.step("no_wrongdoing_found"), "chair") == engine.Shut(
        "shut", ("wrongdoing_found",)
    )
    take("board_acted", "board", "2026-10-09")
    take("appealed", "person_concerned", "2026-10-15")
    take("appeal_decided", "appeal_body", "2027-01-12")
    take("closed_after_appeal", "reporting_desk", "2027-01-14")

    over = days(Course(tuple(taken)), on=date(2027, 2, 1))
    assert over == {
        "confirmation": ("met", "2026-05-06"),
        "answer": ("met", "2026-08-04"),
        "assessment": ("met", "2026-05-25"),
        "investigation": ("met", "2026-08-26"),
        "responses": ("met", "2026-09-03"),
        "finding": ("met", "2026-09-24"),
        "measures": ("met", "2026-10-10"),
        "appeal": ("met", "2027-01-13"),
    }


def test_the_reporter_cannot_stop_it_and_the_committee_decides_by_itself() -> None:
    assert [one.key for one in RULES.steps if one.ends and "reporter" in one.who] == []
    assert {RULES.side(role) for role in RULES.step("wrongdoing_found").who} == {"committee"}
