"""Steps: what is open to whom is the regulation's; what each guard means is here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from haven.complaints import agreeing, course, dispatching, documents, parties, serving
from haven.complaints.actions import open_to, take_step
from haven.complaints.course import Told
from haven.complaints.documents import Draft
from haven.complaints.models import Complaint, Party, Seat
from haven.complaints.opened import NotNow
from haven.rulebook import shelf
from haven.rulebook.course import Shut
from haven.vault.models import SealedItem
from tests.complaints import small
from tests.complaints.court import CHAIR, MEMBERS, MONDAY, SECRETARY, Court, Running
from tests.proves import proves

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
FOUNDED = {"nature": "shouting", "founded": "", "measures": "a talk"}


@pytest.fixture
def running(court: Court) -> Running:
    """With a defendant who has the letter, a whole committee, and a board."""
    found = court.started()
    found.invite("defendant")
    serving.serve(found.by(), [found.start.letter.pk], on=MONDAY)
    found.committee()
    court.board()
    found.seat("boris board", "board")
    return found


def there(running: Running, *keys: str) -> list[UUID]:
    """The ids of who is present: seats by the key of the account, parties by theirs."""
    people = [running.court.accounts[key].user for key in keys if key in running.court.accounts]
    seats = list(Seat.objects.present().filter(complaint=running.row, user__in=people).values_list("pk", flat=True))
    return [*seats, *(running.rows[key].pk for key in keys if key in running.rows)]


def heard(running: Running) -> None:
    take_step(running.by(), "committee_active", on=MONDAY)
    present = there(running, SECRETARY, CHAIR, MEMBERS[0], "complainant", "defendant")
    take_step(running.by(SECRETARY), "hearing", Told(present=present), on=MONDAY)


def report(running: Running, *, approved: bool = True) -> UUID:
    draft = Draft(kind="report", title="Report", text="What was said", within=("committee", "office"))
    paper = documents.file_document(running.by(SECRETARY), draft, on=MONDAY)
    if approved:
        documents.approve(running.by(CHAIR), paper.pk, on=MONDAY)
    return paper.pk


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(NotNow) as told:
        deed()
    return str(told.value)


@proves("R-001-111")
def test_only_who_the_regulation_names_can_take_a_step_and_in_its_order(running: Running) -> None:
    assert [one.key for one in open_to(running.by())] == ["committee_active", "withdrawn"]
    assert [one.key for one in open_to(running.by("boris board"))] == []
    with pytest.raises(NotNow, match="shut") as told:
        take_step(running.by("boris board"), "decision")
    assert told.value.says == Shut("not_yet", ("recommendation",))
    with pytest.raises(NotNow, match="shut") as told:
        take_step(running.by(CHAIR), "decision")
    assert told.value.says == Shut("not_yours")
    assert (running.row.procedure, running.row.version) == ("small", "1")


@proves("R-001-41", "R-001-43", "R-001-45")
def test_a_committee_is_not_active_before_it_is_complete(court: Court) -> None:
    found = court.started()
    found.committee(MEMBERS[0])
    assert refused(lambda: take_step(found.by(), "committee_active")) == "committee_complete"
    court.member(MEMBERS[1])
    seat = found.seat(MEMBERS[1], "member", by=SECRETARY)
    Seat.objects.filter(pk=seat.pk).update(declared_on=None)
    assert refused(lambda: take_step(found.by(), "committee_active")) == "committee_complete"
    Seat.objects.filter(pk=seat.pk).update(declared_on=MONDAY)
    take_step(found.by(), "committee_active")


@proves("R-001-41", "R-001-76")
def test_how_many_make_a_committee_and_a_hearing_stands_in_the_regulation(running: Running) -> None:
    def asks(**more: object) -> None:
        shelf.put(replace(shelf.current(), procedures=small.regulation(committee=small.COMMITTEE | more)))

    for other in ({"members": 3}, {"chairs": ["vice_chair"]}):
        asks(**other)
        assert refused(lambda: take_step(running.by(), "committee_active", on=MONDAY)) == "committee_complete"
    asks(present=3)
    take_step(running.by(), "committee_active", on=MONDAY)
    few = Told(present=there(running, SECRETARY, CHAIR, MEMBERS[0], "complainant"))
    assert refused(lambda: take_step(running.by(SECRETARY), "hearing", few)) == "hearing_valid"


@proves("R-001-76", "R-001-77")
def test_a_hearing_counts_with_secretary_two_of_the_committee_and_the_chair_and_nobody_else(running: Running) -> None:
    take_step(running.by(), "committee_active", on=MONDAY)

    def held(*keys: str, more: tuple[UUID, ...] = ()) -> object:
        told = Told(present=[*there(running, *keys), *more])
        return take_step(running.by(SECRETARY), "hearing", told, on=MONDAY)

    assert refused(lambda: held(CHAIR, *MEMBERS)) == "hearing_valid"
    assert refused(lambda: held(SECRETARY, *MEMBERS)) == "hearing_valid"
    assert refused(lambda: held(SECRETARY, CHAIR)) == "hearing_valid"
    assert refused(lambda: held(SECRETARY, CHAIR, MEMBERS[0], "boris board")) == "hearing_valid"
    assert refused(lambda: held(SECRETARY, CHAIR, MEMBERS[0], more=(UUID(int=1),))) == "hearing_valid"
    held(SECRETARY, CHAIR, MEMBERS[0], "complainant", "defendant")


@proves("R-001-80", "R-001-114")
def test_a_report_goes_to_both_sides_after_the_chair_approved_it(running: Running) -> None:
    heard(running)
    waiting = report(running, approved=False)
    sent = Told(documents=[waiting])
    assert refused(lambda: take_step(running.by(SECRETARY), "report_sent", sent)) == "chair_approved"
    assert refused(lambda: documents.approve(running.by(SECRETARY), waiting)) == "not_in_this_role"
    documents.approve(running.by(CHAIR), waiting, on=MONDAY)
    assert refused(lambda: take_step(running.by(SECRETARY), "report_sent", sent)) == "served_both_sides"
    serving.serve(running.by(SECRETARY), [waiting], on=MONDAY)
    take_step(running.by(SECRETARY), "report_sent", sent, on=MONDAY)
    assert waiting in {one.row.pk for one in running.party("defendant").papers}


@proves("R-001-88", "R-001-89", "R-001-91", "R-001-92", "R-001-93")
def test_a_recommendation_has_its_contents_and_measures_when_founded(running: Running) -> None:
    heard(running)

    def advised(**parts: str) -> object:
        return take_step(running.by(CHAIR), "recommendation", Told(contents=parts), on=MONDAY)

    assert refused(lambda: advised(founded="", nature="x")) == "contents_missing"
    assert refused(lambda: advised(founded="", measures="x")) == "contents_missing"
    assert refused(lambda: advised(**FOUNDED, gossip="x")) == "contents_missing"
    assert refused(lambda: advised(**FOUNDED | {"nature": "  "})) == "reasons_recorded"
    advised(**FOUNDED)
    found = course.last(running.by("boris board"), "recommendation")
    assert found
    assert found.told == FOUNDED


@proves("R-001-96", "R-001-98")
def test_a_deviating_decision_needs_a_discussion_on_an_earlier_day(running: Running) -> None:
    heard(running)
    take_step(running.by(CHAIR), "recommendation", Told(contents=FOUNDED), on=MONDAY)
    explained = Told(contents={"explanation": "we see it otherwise"})

    assert refused(lambda: take_step(running.by("boris board"), "deviating", explained, on=MONDAY)) == "shut"
    take_step(running.by("boris board"), "discussion", on=TUESDAY)
    assert (
        refused(lambda: take_step(running.by("boris board"), "deviating", explained, on=TUESDAY)) == "discussed_before"
    )
    assert refused(lambda: take_step(running.by("boris board"), "deviating", on=WEDNESDAY)) == "contents_missing"
    take_step(running.by("boris board"), "deviating", explained, on=WEDNESDAY)
    told = course.last(running.party("defendant"), "deviating")
    assert told
    assert (told.told, told.parts) == ({}, ())
    assert refused(lambda: take_step(running.by("boris board"), "decision", on=WEDNESDAY)) == "shut"


@proves("R-001-73", "R-001-74", "R-001-112")
def test_a_term_is_extended_within_its_limit_and_further_only_when_all_agree(running: Running) -> None:
    heard(running)
    before = course.next_day(running.by(), on=MONDAY)
    assert running.row.look_by == before == date(2026, 4, 30)

    def longer(more: int, on: date = MONDAY) -> object:
        return take_step(running.by(CHAIR), "longer", Told(more=more), on=on)

    assert refused(lambda: longer(31)) == "no_extension"
    assert refused(lambda: longer(0)) == "no_extension"
    assert refused(lambda: longer(30, on=date(2026, 5, 1))) == "within_term"
    longer(30)
    assert refused(lambda: longer(30)) == "shut"

    until = date(2026, 9, 1)
    further = Told(until=until)
    assert refused(lambda: take_step(running.by(CHAIR), "longer_agreed", further, on=MONDAY)) == "agreed_by_sides"
    question = agreeing.ask(running.by(SECRETARY), "longer_agreed", "Until September?", until=until, on=MONDAY)
    agreeing.answer(running.party("complainant"), question, agrees=True, on=MONDAY)
    assert refused(lambda: take_step(running.by(CHAIR), "longer_agreed", further, on=MONDAY)) == "agreed_by_sides"
    agreeing.record_answer(running.by(), question, running.rows["defendant"], agrees=True, how="by letter", on=MONDAY)
    other = Told(until=date(2026, 10, 1))
    assert refused(lambda: take_step(running.by(CHAIR), "longer_agreed", other, on=MONDAY)) == "agreed_by_sides"
    take_step(running.by(CHAIR), "longer_agreed", further, on=MONDAY)
    assert running.row.look_by == until


@proves("R-001-74")
def test_who_takes_a_yes_back_in_time_has_not_agreed(running: Running) -> None:
    heard(running)
    question = agreeing.ask(running.by(SECRETARY), "longer_agreed", "Longer?", on=MONDAY)
    for key in ("complainant", "defendant"):
        agreeing.answer(running.party(key), question, agrees=True, on=MONDAY)
    assert agreeing.agreed(running.by(), "longer_agreed")
    agreeing.answer(running.party("defendant"), question, agrees=False, on=MONDAY)
    assert agreeing.agreed(running.by(), "longer_agreed") is None


@proves("R-001-99", "R-001-100")
def test_nothing_closes_before_everybody_on_the_list_was_sent_everything(running: Running) -> None:
    counsellor = parties.support(running.party("complainant"), "confidential_counsellor", {"name": "C"}, sees_all=False)
    heard(running)
    advice = documents.file_document(running.by(CHAIR), Draft(kind="recommendation", title="A", text="x"), on=MONDAY)
    told = Told(contents=FOUNDED, documents=[advice.pk])
    take_step(running.by(CHAIR), "recommendation", told, on=MONDAY)
    draft = Draft(kind="decision", title="Decision", text="We follow")
    decision = documents.file_document(running.by("boris board"), draft, on=TUESDAY)
    take_step(running.by("boris board"), "decision", Told(documents=[decision.pk]), on=TUESDAY)

    def waiting() -> str:
        return refused(lambda: take_step(running.by(), "closed", on=TUESDAY))

    assert waiting() == "dispatch_complete"
    serving.serve(running.by(), [decision.pk], on=TUESDAY)
    assert waiting() == "dispatch_complete"
    serving.serve(running.by(), [advice.pk], on=TUESDAY)
    assert waiting() == "dispatch_complete"
    dispatching.record_sent(running.by(), counsellor.party.role, how="by letter", on=TUESDAY)
    take_step(running.by(), "closed", on=WEDNESDAY)
    assert running.row.ended_on == WEDNESDAY
    assert running.row.forget_on == date(2028, 3, 4)
    assert running.row.look_by is None


@proves("R-001-100")
def test_a_package_without_the_recommendation_blocks_the_dispatch(running: Running) -> None:
    heard(running)
    take_step(running.by(CHAIR), "recommendation", Told(contents=FOUNDED), on=MONDAY)
    draft = Draft(kind="decision", title="Decision", text="We follow")
    decision = documents.file_document(running.by("boris board"), draft, on=TUESDAY)
    take_step(running.by("boris board"), "decision", Told(documents=[decision.pk]), on=TUESDAY)
    serving.serve(running.by(), [decision.pk], on=TUESDAY)

    closed = next(one for one in small.regulation().version(small.KEY, small.VERSION).steps if one.key == "closed")
    assert dispatching.missing(running.by(), closed) == ["recommendation"]
    assert refused(lambda: take_step(running.by(), "closed", on=TUESDAY)) == "dispatch_complete"


def test_an_officer_records_what_a_party_said_on_paper_and_never_acts_for_who_decides(running: Running) -> None:
    heard(running)
    assert refused(lambda: take_step(running.by(), "decision", Told(as_role="board"))) == "not_in_this_role"
    assert refused(lambda: take_step(running.by(), "longer", Told(as_role="chair"))) == "not_in_this_role"
    assert refused(lambda: take_step(running.by(CHAIR), "withdrawn", Told(as_role="complainant"))) == "not_in_this_role"
    done = take_step(running.by(), "withdrawn", Told(as_role="complainant"), on=TUESDAY)
    assert done.by == "complainant"


@proves("R-001-104")
def test_a_complaint_can_be_withdrawn_at_any_time_and_its_terms_stop(running: Running) -> None:
    heard(running)
    take_step(running.party("complainant"), "withdrawn", on=TUESDAY)

    assert running.row.ended_on == TUESDAY
    assert [one.key for one in open_to(running.by())] == []
    assert "withdrawn" in [one.step for one in course.done(running.party("defendant"))]
    assert refused(lambda: take_step(running.by(SECRETARY), "hearing", on=TUESDAY)) == "shut"
    assert refused(lambda: take_step(running.party("defendant"), "withdrawn", on=TUESDAY)) == "shut"


def test_a_party_learns_that_a_step_was_taken_and_nothing_of_its_contents(running: Running) -> None:
    heard(running)
    take_step(running.by(CHAIR), "recommendation", Told(contents=FOUNDED), on=MONDAY)

    assert [one.step for one in course.done(running.party("defendant"))] == ["committee_active", "hearing"]
    assert [one.step for one in course.done(running.party("complainant"))] == ["receipt", "hearing"]
    assert all(one.told == {} and one.parts == () for one in course.done(running.party("defendant")))
    assert [one.state for one in course.due(running.party("defendant"), on=MONDAY)] == ["running"]
    assert not any(b"shouting" in bytes(one.body) for one in SealedItem.objects.all())


def test_what_a_page_showed_a_minute_ago_does_not_count(running: Running) -> None:
    before, board = running.by(), running.by("boris board")
    take_step(running.by(), "committee_active", on=MONDAY)
    assert refused(lambda: take_step(before, "committee_active", on=MONDAY)) == "shut"
    Seat.objects.filter(user=board.by).update(left_on=MONDAY)
    with pytest.raises(Complaint.DoesNotExist):
        take_step(board, "decision")
    Party.objects.filter(pk=running.rows["complainant"].pk).update(left_on=MONDAY)
    with pytest.raises(Party.DoesNotExist):
        running.party("complainant")


@proves("R-001-05", "R-001-54", "R-001-59")
def test_the_letter_is_flagged_and_never_refused_for_its_days(court: Court) -> None:
    late = court.started(incident_to=date(2023, 3, 1), legal_procedure="pending")
    assert [one["key"] for one in late.by().head["flags"]] == ["long_ago", "legal_procedure"]
    assert late.by().head["flags"][0]["last_day"] == "2026-03-01"
    assert court.started(incident_to=date(2023, 3, 2)).by().head["flags"] == []
