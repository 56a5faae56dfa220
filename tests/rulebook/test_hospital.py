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


class Case:
    """What happens in one case, each step refused when it is not open to this role."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []

    def take(self, *steps: str) -> None:
        """Each as `step role day`."""
        for step, role, on in (one.split() for one in steps):
            assert not self.taken or self.shut(step, role) is None, step
            self.taken.append(Taken(step, date.fromisoformat(on), role))

    def shut(self, step: str, role: str) -> engine.Shut | None:
        return engine.shut_because(RULES, Course(tuple(self.taken)), RULES.step(step), role)

    def days(self, on: str) -> dict[str, tuple[str, str]]:
        return days(Course(tuple(self.taken)), on=date.fromisoformat(on))


def test_the_investigation_stands_still_while_an_authority_investigates() -> None:
    """The seventh day after 28 April 2026 is 5 May, which cannot be the last day of a term of a law."""
    case = Case()
    case.take("reported reporter 2026-04-28")
    assert case.days("2026-04-29") == {"confirmation": ("running", "2026-05-06")}
    case.take("confirmed reporting_desk 2026-05-04", "committee_formed reporting_desk 2026-05-11")
    case.take("taken_up chair 2026-05-18", "talked member 2026-06-02", "authority_began secretary 2026-06-10")
    assert case.days("2026-06-20")["investigation"] == ("paused", "2026-08-06")
    case.take("authority_finished secretary 2026-07-10")
    assert case.days("2026-07-11")["investigation"] == ("running", "2026-08-26")


def test_from_report_to_appeal_every_term_is_met_on_a_day_of_its_own_unit() -> None:
    case = Case()
    case.take("reported reporter 2026-04-28", "confirmed reporting_desk 2026-05-04")
    case.take("committee_formed reporting_desk 2026-05-11", "taken_up chair 2026-05-18", "talked member 2026-06-02")
    case.take("draft_sent secretary 2026-07-20", "answered reporting_desk 2026-08-03")
    case.take("responses_closed secretary 2026-08-03", "wrongdoing_found chair 2026-08-20")
    assert case.shut("no_wrongdoing_found", "chair") == engine.Shut("shut", ("wrongdoing_found",))
    case.take("board_acted board 2026-09-18", "appealed person_concerned 2026-10-15")
    case.take("appeal_decided appeal_body 2027-01-12", "closed_after_appeal reporting_desk 2027-01-14")
    assert case.days("2027-02-01") == {
        "confirmation": ("met", "2026-05-06"),
        "answer": ("met", "2026-08-04"),
        "assessment": ("met", "2026-05-25"),
        "investigation": ("met", "2026-07-27"),
        "responses": ("met", "2026-08-03"),
        "finding": ("met", "2026-08-24"),
        "measures": ("met", "2026-09-20"),
        "appeal": ("met", "2027-01-13"),
    }


def test_the_reporter_cannot_stop_it_and_the_committee_decides_by_itself() -> None:
    assert [one.key for one in RULES.steps if one.ends and "reporter" in one.who] == []
    assert {RULES.side(role) for role in RULES.step("wrongdoing_found").who} == {"committee"}
