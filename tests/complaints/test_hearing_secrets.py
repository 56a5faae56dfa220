"""What of a hearing is for some eyes and ears only: the name of a witness, words that are blacked out, a recording."""

from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as ours
from django.urls import reverse

from haven.complaints import agreeing, documents, masking, parties, serving, sitting
from haven.complaints.documents import Draft
from haven.complaints.hearings import Hearing
from haven.complaints.models import Document
from haven.complaints.opened import NotNow
from haven.vault.files import SealedFileInfo, SealedWriter
from tests.complaints.court import CHAIR, MEMBERS, SECRETARY, Running
from tests.complaints.heard import CALLED, NAME, held, referred, reported, sent
from tests.complaints.papers.reading import opened, told
from tests.complaints.test_example import PORTFOLIO, day, step
from tests.complaints.test_steps import there
from tests.desk.conftest import sits_down
from tests.proves import proves

SOUND = b"the voices of a hearing"


@pytest.fixture
def running(db: None, settings: Any) -> Running:
    return referred(settings)


def witness(running: Running) -> Hearing:
    """Heard on their own, without their name; afterwards the parties have been heard too."""
    step(running, CHAIR, "witness_called", 2, contents=CALLED)
    running.let_in("witness", parties.invite(running.by(SECRETARY), "witness", {"name": NAME}, on=day(2)))
    row = running.rows["witness"]
    parties.hide_name(running.by(CHAIR), row, "Witness 1", reason="Afraid of the defendant.", on=day(2))
    return held(running, "witness", form="of_witness", whom=("witness",))


@proves("R-001-70", "R-001-82")
def test_the_name_of_an_anonymous_witness_is_blacked_out_of_what_the_parties_get(running: Running) -> None:
    one = witness(running)
    paper = reported(running, one, f"{NAME} saw it.")
    sitting.approve_report(running.by(CHAIR), one.key, on=day(12))
    assert not [each for each in running.by("officer").items if NAME in str(each.payload)]
    with pytest.raises(NotNow, match="name_must_be_masked"):
        note(running, f"I spoke to {NAME}.")
    for papers in ([paper], [note(running, f"I spoke to {NAME}.", within=("committee",))]):
        with pytest.raises(NotNow, match="name_must_be_masked"):
            serving.serve(running.by(SECRETARY), papers, on=day(12))
    with pytest.raises(NotNow, match="reasons_recorded"):
        masking.mask(running.by(SECRETARY), paper, title="Report", text="[…] saw it.", reason="")
    masking.mask(running.by(SECRETARY), paper, title="Report", text="[…] saw it.", reason="3.11", on=day(12))
    sitting.send_report(running.by(SECRETARY), one.key, on=day(13))

    for key in ("complainant", "defendant"):
        assert [each.text for each in running.party(key).papers if each.kind == "hearing_report"] == ["[…] saw it."]
        assert not [each for each in running.party(key).items if NAME in str(each.payload)]
    kinds = [(each.kind, each.text) for each in running.party("witness").papers]
    assert kinds == [("invitation_witness", "Come"), ("hearing_report", f"{NAME} saw it.")]
    nowhere_at_the_desk(running, one)


def nowhere_at_the_desk(running: Running, one: Hearing) -> None:
    """Not on the page with who was there, not in the calendar, not in the whole file; and nobody writes it there."""
    desk, reference = sits_down(running.court.accounts["officer"]), running.row.reference
    page = desk.get(reverse("desk:complaint", args=[reference])).content.decode()
    sent: list[Any] = [
        desk.get(reverse("desk:hearing_calendar", args=[reference, one.key])),
        desk.get(reverse("desk:complaint_whole", args=[reference])),
    ]
    calendar, whole = (b"".join(each.streaming_content) for each in sent)
    with opened(whole) as file:
        said = [page, calendar.decode(), told(whole), repr(file.docinfo)]
    assert "Witness 1" in page
    assert [each for each in said if "Wilma" in each] == []
    asked = {"reasons": f"{NAME} knows her.", "from_inside": "", "own_motion": ""}
    with pytest.raises(NotNow, match="hidden_name"):
        step(running, CHAIR, "expert_consulted", 13, contents=asked)


def note(running: Running, text: str, **more: Any) -> UUID:
    draft = Draft(kind="document", title="Note", text=text, **more)
    return documents.file_document(running.by(SECRETARY), draft, on=day(2)).pk


def test_what_was_masked_is_not_served_any_more_and_what_was_served_is_not_masked(running: Running) -> None:
    paper = note(running, "The name of a child.")
    copy = masking.mask(running.by("officer"), paper, title="Note", text="The name of […].", reason="A child.").pk
    with pytest.raises(NotNow, match="masked_copy_goes"):
        serving.serve(running.by("officer"), [paper])
    serving.serve(running.by("officer"), [copy])
    with pytest.raises(NotNow, match="no_document"):
        masking.mask(running.by("officer"), copy, title="Note", text="x", reason="x")
    served = note(running, "Nothing special.")
    serving.serve(running.by("officer"), [served])
    with pytest.raises(NotNow, match="served_before"):
        masking.mask(running.by("officer"), served, title="Note", text="x", reason="x")


def recorded(running: Running, one: Hearing) -> Document:
    writer = SealedWriter(ours.BLOB_ROOT)
    writer.write(SOUND)
    files: list[tuple[SealedFileInfo, dict[str, Any]]] = [(writer.finish(), {"name": "a.ogg", "type": "audio/ogg"})]
    return sitting.keep_recording(running.by(SECRETARY), one.key, files, title="Recording", on=day(11))


@proves("R-001-79")
def test_a_recording_needs_the_permission_of_everybody_who_is_heard_and_is_for_the_committee(running: Running) -> None:
    one = sent(running)
    question = sitting.ask_permission(running.by(SECRETARY), one.key, "May we record it?", on=day(3))
    agreeing.answer(running.party("complainant"), question, agrees=True, on=day(4))
    present = there(running, SECRETARY, CHAIR, MEMBERS[0], "complainant", "defendant")
    sitting.hold(running.by(SECRETARY), one.key, present, on=day(10))
    with pytest.raises(NotNow, match="invited_agreed"):
        recorded(running, one)
    agreeing.answer(running.party("defendant"), question, agrees=True, on=day(10))
    paper = recorded(running, one)

    running.court.supervisor()
    running.court.board()
    late = running.seat("boris board", "board", by=CHAIR)
    assert late.admitted_on
    holders = {
        key for key in ("officer", PORTFOLIO, "boris board", SECRETARY, CHAIR, *MEMBERS) if holds(running, key, paper)
    }
    assert holders == {SECRETARY, CHAIR, *MEMBERS}
    for deed in (serving.serve, masked, documents_released):
        with pytest.raises(NotNow):
            deed(running.by(SECRETARY), [paper.pk])
    assert paper not in [each.row for key in ("complainant", "defendant") for each in running.party(key).papers]


def holds(running: Running, key: str, paper: Document) -> bool:
    return paper in [one.row for one in running.by(key).papers]


def masked(opened: Any, papers: list[UUID]) -> None:
    masking.mask(opened, papers[0], title="x", text="x", reason="x")


def documents_released(opened: Any, papers: list[UUID]) -> None:
    documents.release(opened, papers[0])
