"""Witnesses, names that are hidden, complaints that are joined, and what is told outside."""

import pytest

from haven.complaints import deciding, disclosing, documents, handing, joined, parties, serving, talking
from haven.complaints.documents import Draft
from haven.complaints.models import COURSE, Complaint, Document
from haven.complaints.opened import NotNow
from tests.complaints.court import CHAIR, MONDAY, SECRETARY, Court, Running
from tests.proves import proves

NAME = "Wilma Witness"


@pytest.fixture
def running(court: Court) -> Running:
    found = court.started()
    found.invite("defendant")
    found.committee()
    return found


def witness(running: Running, key: str = "witness", name: str = NAME) -> None:
    found = parties.invite(running.by(SECRETARY), "witness", {"name": name}, on=MONDAY)
    running.let_in(key, found)


def report(running: Running, about: str, text: str, **more: object) -> Document:
    draft = Draft(kind="report", title="Report", text=text, about=running.rows[about], **more)  # type: ignore[arg-type]  # a test names what it sets
    return documents.file_document(running.by(SECRETARY), draft, on=MONDAY)


@proves("R-001-82")
def test_a_witness_gets_the_report_of_their_own_hearing_and_nothing_else(running: Running) -> None:
    witness(running)
    witness(running, "other")
    own, other = report(running, "witness", "mine"), report(running, "other", "not mine")
    serving.serve(running.by(SECRETARY), [own.pk], exception="own_report", on=MONDAY)

    assert [one.text for one in running.party("witness").papers] == ["mine"]
    assert running.party("other").papers == []
    serving.serve(running.by(), [running.start.letter.pk, other.pk], on=MONDAY)
    assert [one.text for one in running.party("witness").papers] == ["mine"]
    with pytest.raises(NotNow, match="a_side_is_missing"):
        serving.serve(running.by(SECRETARY), [own.pk, other.pk], exception="own_report")
    with pytest.raises(NotNow, match="not_an_exception"):
        serving.serve(running.by(SECRETARY), [running.start.letter.pk], exception="own_report")


@proves("R-001-70")
def test_the_name_of_an_anonymous_witness_stays_with_the_committee(running: Running) -> None:
    witness(running)
    row = running.rows["witness"]
    with pytest.raises(NotNow, match="not_in_this_role"):
        parties.hide_name(running.by(), row, "Witness 1", reason="afraid")
    with pytest.raises(NotNow, match="reasons_recorded"):
        parties.hide_name(running.by(SECRETARY), row, "Witness 1", reason=" ")
    parties.hide_name(running.by(SECRETARY), row, "Witness 1", reason="afraid of the defendant", on=MONDAY)

    assert running.by(CHAIR).people[row.pk]["name"] == NAME
    for items in (running.by().items, running.party("complainant").items, running.party("witness").items):
        assert not [one for one in items if NAME in str(one.payload)]
    assert running.by().people[row.pk]["name"] == "Witness 1"

    full = report(running, "witness", f"{NAME} said", within=("committee",))
    with pytest.raises(NotNow, match="name_must_be_masked"):
        serving.serve(running.by(SECRETARY), [full.pk])
    masked = report(running, "witness", "Witness 1 said", masks=full)
    serving.serve(running.by(SECRETARY), [masked.pk], on=MONDAY)
    assert [one.text for one in running.party("defendant").papers] == ["Witness 1 said"]


@proves("R-001-47", "R-001-49")
def test_joined_complaints_keep_their_own_complainant_and_papers(court: Court, running: Running) -> None:
    other = court.started(description="Mine is another story")
    other.committee()
    with pytest.raises(NotNow, match="not_in_this_role"):
        joined.join(running.by(), other.by())
    joined.join(running.by(CHAIR), other.by(CHAIR), on=MONDAY)

    together = {one.reference: one.paper.row for one in joined.file(running.by(SECRETARY))}
    assert together == {running.row.reference: running.start.letter, other.row.reference: other.start.letter}
    assert [one.row for one in running.party("complainant").papers] == [running.start.letter]


@proves("R-001-51")
def test_complaints_that_different_bodies_decide_are_not_joined(court: Court, running: Running) -> None:
    other = court.started()
    other.committee()
    deciding.set_facts(other.by(), ["board_member_involved"], on=MONDAY)
    with pytest.raises(NotNow, match="decided_by_another"):
        joined.join(running.by(CHAIR), other.by(CHAIR))
    assert other.by().of(COURSE, joined.JOINED) == []


@proves("R-001-33")
def test_a_party_can_always_say_that_they_are_put_at_a_disadvantage(running: Running) -> None:
    talking.ask(running.party("defendant"), "I lost my desk", disadvantaged=True, on=MONDAY)

    assert running.row.look_by == MONDAY
    (said,) = talking.talk(running.by(), running.rows["defendant"])
    assert (said.about, said.text) == (talking.DISADVANTAGE, "I lost my desk")
    assert talking.talk(running.by(CHAIR), running.rows["defendant"]) == []
    talking.reply(running.by(), running.rows["defendant"], "We look at it", on=MONDAY)
    assert len(talking.talk(running.party("defendant"), running.rows["defendant"])) == 2
    assert running.row.look_by is None


@proves("R-001-84")
def test_a_party_can_ask_for_a_hearing_apart(running: Running) -> None:
    talking.request(running.party("complainant"), "separate_hearing", "I am afraid", on=MONDAY)

    assert [(one.kind, one.text) for one in talking.requests(running.by(CHAIR))] == [
        ("separate_hearing", "I am afraid")
    ]
    assert talking.requests(running.party("defendant")) == []


@proves("R-001-106")
def test_what_is_told_to_a_physician_or_to_justice_is_written_down(running: Running) -> None:
    with pytest.raises(NotNow):
        disclosing.disclose(running.by(), "newspaper", whom="x", what="y")
    disclosing.disclose(running.by(), "physician", whom="Dr. P.", what="that they sleep badly", on=MONDAY)
    assert [day for day, _told in disclosing.disclosures(running.by())] == [MONDAY]
    assert disclosing.disclosures(running.by(CHAIR)) == []


@proves("R-001-101")
def test_a_management_council_is_told_the_outcome_and_nothing_else(court: Court, running: Running) -> None:
    council = court.account("cora council", role="management_council", pool="management_councils")
    assert council.keyring
    seat = running.seat("cora council", "management_council")
    outcome = documents.file_document(running.by(), Draft(kind="outcome", title="Outcome", text="unfounded"), on=MONDAY)
    with pytest.raises(NotNow, match="not_for_this_role"):
        handing.hand(running.by(), seat, [outcome.pk, running.start.letter.pk])
    handing.hand(running.by(), seat, [outcome.pk], on=MONDAY)

    (handed,) = handing.handed_to(council.keyring, by=council.user)
    assert [one.text for one in handed.papers] == ["unfounded"]
    with pytest.raises(Complaint.DoesNotExist):
        running.by("cora council")
    assert not Complaint.objects.granted_to(council.keyring).exists()
