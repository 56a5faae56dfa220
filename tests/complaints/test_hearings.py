"""Hearings under the regulation of the example: called together, held behind closed doors, reported."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from django.utils.translation import override
from icalendar import Calendar

from haven.complaints import (
    convening,
    course,
    documents,
    hearings,
    joined,
    parties,
    serving,
    sitting,
    talking,
)  # fmt: skip
from haven.complaints.course import Told
from haven.complaints.documents import Draft
from haven.complaints.models import Served
from haven.complaints.opened import NotNow
from haven.desk import hearing_letters
from haven.desk.addressing import addressed
from haven.desk.complaint_letter import LetterForm
from tests.complaints.court import CHAIR, MEMBERS, SECRETARY, Running
from tests.complaints.heard import ADDRESS, CALLED, NAME, WHEN, held, letters, planned, referred, reported, sent
from tests.complaints.test_example import day, step
from tests.complaints.test_steps import there
from tests.proves import proves


@pytest.fixture
def running(db: None, settings: Any) -> Running:
    return referred(settings)


@proves("R-001-64", "R-001-83", "R-001-114")
def test_an_invitation_is_one_dispatch_with_the_complaint_and_the_documents(running: Running) -> None:
    more = documents.file_document(running.by("officer"), Draft(kind="document", title="Mails", text="x"), on=day(2)).pk
    one = planned(running, documents=[more])
    with pytest.raises(NotNow, match="no_letter"):
        convening.send(running.by(SECRETARY), one.key, on=day(2))
    assert not Served.objects.exists()
    assert hearings.hearings(running.party("defendant")) == []

    for _draft in range(4):
        own = letters(running, "complainant", "defendant")
    with override("en"):
        dispatch = convening.send(running.by(SECRETARY), one.key, on=day(2))
    rows = {(row.document_id, row.party_id) for row in Served.objects.filter(dispatch=dispatch, on=day(2))}
    both = [running.rows[key].pk for key in ("complainant", "defendant")]
    assert rows == {
        *((paper, party) for paper in (running.start.letter.pk, more) for party in both),
        *zip(own, both, strict=True),
    }
    done = course.last(running.by(CHAIR), "invited")
    assert done is not None
    assert done.told == {"complaint_copy": "Letter of complaint", "documents_list": "Mails"}
    with pytest.raises(NotNow, match="sent_already"):
        convening.send(running.by(SECRETARY), one.key, on=day(3))


@proves("R-001-64")
def test_the_address_stands_on_what_one_gets_alone_and_never_on_what_the_other_reads(running: Running) -> None:
    defendant = running.rows["defendant"]
    for who in (SECRETARY, "officer"):
        assert addressed(running.by(who), defendant, alone=True) == ("Dirk", *ADDRESS.splitlines())
    assert [parties.reached(running.by(who), defendant).get("mail") for who in (SECRETARY, "officer")] == [
        None, "dirk@example.org",
    ]  # fmt: skip
    told = {"party": str(defendant.pk), "language": "en"}
    forms = {key: LetterForm(told, opened=running.by(), key=key) for key in ("information_defendant", "decision")}
    to = {key: form.matter(draft=True).to for key, form in forms.items()}
    assert to == {"information_defendant": ("Dirk", *ADDRESS.splitlines()), "decision": ("Dirk",)}
    asked = {key: dict(form.fields["how"].choices) for key, form in forms.items()}  # type: ignore[attr-defined]
    assert ["both" in asked[key] for key in forms] == [False, True]
    drawn = hearing_letters.drawn(running.by(SECRETARY), planned(running), "en", recording=False)
    drafts = {one.about.role: one for one in drawn if one.about}
    assert [drafts[key].more for key in ("complainant", "defendant")] == [{}, {documents.ADDRESSED: True}]
    paper = documents.file_document(running.by(SECRETARY), drafts["defendant"], on=day(2))
    with pytest.raises(NotNow, match="for_one_side"):
        serving.serve(running.by(SECRETARY), [paper.pk], on=day(2))
    serving.serve(running.by(SECRETARY), [paper.pk], exception="own_invitation", on=day(2))


@proves("R-001-86")
def test_who_works_here_has_to_come_and_a_student_does_not(running: Running) -> None:
    one = held(running, "defendant")
    told = {key: hearings.hearing(running.party(key), one.key).must_come for key in ("complainant", "defendant")}
    assert told == {"complainant": True, "defendant": False}
    assert [(who.role, duty) for who, duty in hearings.absent(running.by(CHAIR), one)] == [("complainant", True)]
    assert [one.step for one in course.done(running.by(CHAIR)) if one.step.endswith("_heard")] == ["defendant_heard"]


@proves("R-001-84")
def test_people_are_heard_together_unless_the_committee_decides_otherwise(running: Running) -> None:
    assert [one.key for one in convening.open_forms(running.by(SECRETARY))] == ["joint"]
    talking.request(running.party("complainant"), "separate_hearing", "I am afraid", on=day(1))
    with pytest.raises(NotNow, match="not_decided"):
        planned(running, "separate", "complainant")
    step(running, CHAIR, "heard_apart", 2, contents={"reasons": "The complainant is afraid."})
    with pytest.raises(NotNow, match="not_invited"):
        planned(running, "separate")
    one = planned(running, "separate", "complainant")
    assert one.to == (running.rows["complainant"].pk.hex,)
    with pytest.raises(NotNow, match="not_in_this_role"):
        convening.plan(running.by("officer"), "joint", WHEN, on=day(2))
    with pytest.raises(NotNow, match="not_that_time"):
        planned(running, ends=time(9))


@proves("R-001-85")
def test_a_group_is_heard_only_when_complaints_were_joined(running: Running) -> None:
    decided = Told(contents={"reasons": "The same meeting."})
    with pytest.raises(NotNow, match="shut"):
        step(running, CHAIR, "heard_as_group", 2, contents=decided.contents)
    other = running.court.started()
    other.committee()
    joined.join(running.by(CHAIR), other.by(CHAIR), on=day(2))
    with pytest.raises(NotNow, match="not_decided"):
        planned(running, "group")
    step(running, CHAIR, "complaints_joined", 2, contents=decided.contents)
    step(running, CHAIR, "heard_as_group", 2, contents=decided.contents)
    assert planned(running, "group").form == "group"


def test_what_changes_is_told_to_everybody_at_once_and_follows_in_their_calendar(running: Running) -> None:
    one = sent(running)
    later = replace(WHEN, day=day(11), place="Markt 2")
    with pytest.raises(NotNow, match="reasons_recorded"):
        convening.move(running.by(SECRETARY), one.key, later, why=" ", on=day(3))
    convening.move(running.by(SECRETARY), one.key, later, why="A member is ill.", on=day(3))
    for key in ("complainant", "defendant"):
        seen = hearings.hearing(running.party(key), one.key)
        assert (seen.day, seen.place, seen.why, seen.to) == (day(11), "Markt 2", "A member is ill.", ())
    convening.call_off(running.by(SECRETARY), one.key, why="Settled.", on=day(4))

    read = hearings.hearing(running.party("defendant"), one.key)
    calendar: Any = Calendar.from_ical(read.calendar("en"))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["method"], event["sequence"], str(event["status"])) == ("CANCEL", 2, "CANCELLED")
    with pytest.raises(NotNow, match="hearing_is_over"):
        convening.move(running.by(SECRETARY), one.key, later, why="x", on=day(5))


@proves("R-001-76", "R-001-77")
def test_a_hearing_counts_with_enough_of_the_committee_and_behind_closed_doors(running: Running) -> None:
    step(running, CHAIR, "witness_called", 2, contents=CALLED)
    running.let_in("witness", parties.invite(running.by(SECRETARY), "witness", {"name": NAME}, on=day(2)))
    one, both = sent(running), ("complainant", "defendant")
    for who, why in (((SECRETARY, CHAIR), "hearing_valid"), ((SECRETARY, *MEMBERS), "hearing_valid")):
        with pytest.raises(NotNow, match=why):
            sitting.hold(running.by(SECRETARY), one.key, there(running, *who, *both), on=day(10))
    full = (SECRETARY, CHAIR, MEMBERS[0], *both)
    with pytest.raises(NotNow, match="not_invited"):
        sitting.hold(running.by(SECRETARY), one.key, there(running, *full, "witness"), on=day(10))
    with pytest.raises(NotNow, match="still_to_come"):
        sitting.hold(running.by(SECRETARY), one.key, there(running, *full), on=day(9))
    sitting.hold(running.by(SECRETARY), one.key, there(running, *full), on=day(10))
    taken = {one.step: one.on for one in course.done(running.by(CHAIR))}
    assert taken["complainant_heard"] == taken["defendant_heard"] == day(10)
    state = {one.term.key: one.state for one in course.due(running.by(CHAIR), on=day(10))}
    assert state["hearing"] == "met"


@proves("R-001-78", "R-001-80")
def test_a_hearing_has_one_report_that_goes_from_draft_to_approved_to_sent(running: Running) -> None:
    one = held(running)
    reported(running, one, "A first draft.")
    paper = reported(running, one)
    assert hearings.report_state(running.by(CHAIR), one.key) == "draft"
    assert paper not in [each.row.pk for each in running.by("officer").papers]
    with pytest.raises(NotNow, match="chair_approved"):
        sitting.send_report(running.by(SECRETARY), one.key, on=day(12))
    with pytest.raises(NotNow, match="not_in_this_role"):
        sitting.approve_report(running.by(MEMBERS[0]), one.key, on=day(12))
    sitting.approve_report(running.by(CHAIR), one.key, on=day(12))
    with pytest.raises(NotNow, match="one_report"):
        reported(running, one)
    dispatch = sitting.send_report(running.by(SECRETARY), one.key, on=day(13))
    assert {row.party.role for row in Served.objects.filter(dispatch=dispatch)} == {"complainant", "defendant"}
    assert hearings.report_state(running.by(CHAIR), one.key) == "sent"
    assert course.last(running.by(CHAIR), "report_sent")


@proves("R-001-81")
def test_the_reports_have_to_be_sent_a_week_before_a_final_session(running: Running) -> None:
    held(running)
    with pytest.raises(NotNow, match="not_decided"):
        planned(running, "final", day=day(30), on=20)
    step(running, CHAIR, "final_session_planned", 20, until=day(30))
    assert planned(running, "final", day=day(30), on=20).form == "final"
    (term,) = [one for one in course.due(running.by(CHAIR), on=day(20)) if one.term.key == "reports"]
    assert term.last is not None
    assert (term.last.day, term.state) == (day(23), "running")
    (term,) = [one for one in course.due(running.by(CHAIR), on=day(24)) if one.term.key == "reports"]
    assert term.state == "late"


@proves("R-001-81")
def test_the_reports_are_complete_when_that_of_each_hearing_has_gone(running: Running) -> None:
    every = [held(running), held(running)]
    step(running, CHAIR, "final_session_planned", 11, until=day(30))
    for one in every:
        reported(running, one)
        sitting.approve_report(running.by(CHAIR), one.key, on=day(12))
    sitting.send_report(running.by(SECRETARY), every[0].key, on=day(12))
    with pytest.raises(NotNow, match="reports_sent"):
        step(running, SECRETARY, "reports_complete", 12)
    sitting.send_report(running.by(SECRETARY), every[1].key, on=day(12))
    step(running, SECRETARY, "reports_complete", 12)
