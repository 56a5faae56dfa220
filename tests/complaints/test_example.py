"""The regulation of the example, carried through the room: a founded complaint, from the letter to the last paper."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from haven.complaints import agreeing, course, documents, serving
from haven.complaints.actions import open_to, take_step
from haven.complaints.course import Told
from haven.complaints.documents import Draft
from haven.complaints.opened import NotNow
from tests.complaints.court import (
    CHAIR,
    INVITATIONS,
    MEMBERS,
    MONDAY,
    OWN_LETTERS,
    SECRETARY,
    Court,
    Running,
    sends_letters,
)
from tests.complaints.test_steps import there
from tests.proves import proves

PORTFOLIO, BOARD = "petra portfolio", "boris board"


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.fixture
def running(db: None, settings: Any) -> Running:
    court = Court(settings, example=True)
    found = court.started()
    found.invite("defendant")
    court.portfolio()
    court.board()
    found.seat(PORTFOLIO, "portfolio_holder")
    return found


def step(running: Running, who: str, key: str, on: int, **told: Any) -> None:
    opened = running.party(who) if who in running.rings else running.by(who)
    take_step(opened, key, Told(**told), on=day(on))


def filed(running: Running, who: str, kind: str, on: int, **more: Any) -> UUID:
    draft = Draft(kind=kind, title=kind, text=f"The words of {kind}", **more)
    return documents.file_document(running.by(who), draft, on=day(on)).pk


def to_the_hearing(running: Running) -> None:
    sends_letters(running.by(), on=day(0))
    step(running, "officer", "receipt_sent", 0)
    step(running, "officer", "rights_told", 0)
    step(running, "officer", "handed_over", 0)
    step(running, PORTFOLIO, "informal_impossible", 1, contents={"reasons": "They cannot meet."})
    running.committee()
    step(running, "officer", "committee_appointed", 2, contents={"consulted": "2 March"})
    step(running, PORTFOLIO, "referred", 2)
    step(running, CHAIR, "admissible", 3)
    serving.serve(running.by(SECRETARY), [running.start.letter.pk], on=day(3))
    step(running, SECRETARY, "invited", 3, contents={"complaint_copy": "yes", "documents_list": "none"})
    present = there(running, SECRETARY, CHAIR, MEMBERS[0], "complainant", "defendant")
    with pytest.raises(NotNow, match="invitation_served"):
        step(running, SECRETARY, "complainant_heard", 10, present=present)
    sends_letters(running.by(SECRETARY), *INVITATIONS, on=day(3))
    for key in ("complainant_heard", "defendant_heard"):
        step(running, SECRETARY, key, 10, present=present)
    report = filed(running, SECRETARY, "hearing_report", 11, within=("committee", "office"))
    documents.approve(running.by(CHAIR), report, on=day(11))
    serving.serve(running.by(SECRETARY), [report], on=day(12))
    step(running, SECRETARY, "report_sent", 12, documents=[report])


@proves("R-001-34", "R-001-36", "R-001-52", "R-001-71", "R-001-94", "R-001-113")
def test_a_founded_complaint_goes_from_the_letter_to_the_closing_as_the_regulation_says(running: Running) -> None:
    last = {one.term.key: one.last.day for one in course.due(running.by(), on=MONDAY) if one.last}
    assert last["hearing"] == date(2026, 3, 23)
    to_the_hearing(running)
    advice = filed(running, CHAIR, "recommendation", 20, within=("committee", "office", "decider"))
    contents = {"nature": "x", "affected": "x", "founded": "", "reasoning": "x", "measures": "a talk", "aftercare": "x"}
    with pytest.raises(NotNow, match="letters_with_it"):
        step(running, CHAIR, "recommended", 20, contents=contents)
    step(running, CHAIR, "recommended", 20, contents=contents, documents=[advice])
    step(running, "officer", "recommendation_received", 21)
    assert running.row.look_by == date(2026, 4, 15)
    running.seat(BOARD, "board")
    decision = filed(running, BOARD, "decision", 25)
    step(running, BOARD, "decided", 25, contents={"decision": "We follow."}, documents=[decision])
    with pytest.raises(NotNow, match="dispatch_complete"):
        step(running, "officer", "outcome_sent", 25)
    serving.serve(running.by(), [decision, advice], on=day(26))
    step(running, "officer", "outcome_sent", 26)
    step(running, "officer", "aftercare_given", 30, contents={"aftercare_complainant": ""})
    with pytest.raises(NotNow, match="letters_served"):
        step(running, "officer", "closed", 60)
    serving.serve(running.by(), [filed(running, "officer", "closing", 60)], on=day(60))
    step(running, "officer", "closed", 60)
    assert running.row.ended_on == day(60)
    was_fair(running)


def was_fair(running: Running) -> None:
    for key in ("complainant", "defendant"):
        kinds = {one.kind for one in running.party(key).papers}
        own = {kind for kind, (role, _exception) in OWN_LETTERS.items() if role == key}
        assert kinds == {"letter", "hearing_report", "recommendation", "decision", "closing"} | own
    assert serving.unequal(running.row) == []
    states = {one.term.key: one.state for one in course.due(running.by(), on=day(60))}
    assert {states[key] for key in ("hearing", "admissibility", "investigation", "decision")} == {"met"}


@proves("R-001-24")
def test_mediation_begins_when_both_agreed_and_not_before(running: Running) -> None:
    running.seat(BOARD, "board", by=PORTFOLIO)
    step(running, BOARD, "mediation_proposed", 1)
    with pytest.raises(NotNow, match="agreed_by_sides"):
        step(running, "officer", "mediation_begun", 1)
    question = agreeing.ask(running.by(), "mediation_begun", "Do you accept this mediator?", on=day(1))
    for key in ("complainant", "defendant"):
        agreeing.answer(running.party(key), question, agrees=True, on=day(2))
    step(running, "officer", "mediation_begun", 2)


@proves("R-001-104", "R-001-37")
def test_what_is_open_at_the_start(running: Running) -> None:
    assert [one.key for one in open_to(running.party("complainant"))] == ["withdrawn"]
    assert [one.key for one in open_to(running.party("defendant"))] == []
    assert "requested" not in [one.key for one in open_to(running.by(PORTFOLIO))]
    step(running, "complainant", "withdrawn", 1)
    assert running.row.ended_on == day(1)
