"""Formal complaints at the desk, without a browser: what arrives with a form, and what an old page may still do."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as ours
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haven.complaints.documents import Draft, file_document
from haven.complaints.models import Complaint
from tests.complaints.conftest import court  # noqa: F401  a fixture
from tests.complaints.court import CHAIR, MONDAY, SECRETARY, Court
from tests.complaints.papers.reading import told as told_by
from tests.desk.conftest import sits_down
from tests.proves import proves

SCAN = b"zqscannedwm, as text"


def letter(**more: Any) -> dict[str, Any]:
    told = {"entity": "university", "name": "Vera Klager", "relation": "employee", "language": "en"}
    told |= {"received_on": "2026-03-02", "invoked": "on", "legal_procedure": "none", "as_id": str(uuid4())}
    return told | {"files": SimpleUploadedFile("letter.txt", SCAN)} | more


def blobs() -> list[Path]:
    root: Path = ours.BLOB_ROOT
    return [one for one in root.iterdir() if one.is_file()] if root.exists() else []


def test_a_scanned_letter_is_sealed_and_read_back_by_who_handles_it(court: Court) -> None:  # noqa: F811  the fixture
    desk = sits_down(court.accounts["officer"])
    told = letter()
    answer = desk.post(reverse("desk:register_complaint"), told)
    assert answer.status_code == 200
    assert answer.context["code"]
    again = desk.post(reverse("desk:register_complaint"), {**letter(), "as_id": told["as_id"]})
    assert (again.status_code, Complaint.objects.count()) == (422, 1)

    paper = Complaint.objects.get().documents.get()
    page = desk.get(reverse("desk:complaint_paper", args=[Complaint.objects.get().reference, paper.pk]))
    [file] = page.context["files"]
    assert file.name.startswith("letter")
    path = reverse("desk:complaint_file", args=[Complaint.objects.get().reference, paper.pk, file.id])
    taken: Any = desk.get(path)
    assert SCAN in b"".join(taken.streaming_content)
    assert all(SCAN not in one.read_bytes() for one in blobs())


@proves("R-001-46")
def test_a_letter_on_paper_reads_as_words_with_its_facts_beside_them(db: None, settings: Any) -> None:
    """At the desk, and printed with the whole file; nothing of it as a machine keeps it."""
    desk = sits_down(Court(settings, example=True).accounts["officer"])
    told = letter(description="zqhappenedwm", steps_taken="none", categories="bullying", defendant="Anton Beklaagd")
    told |= {"function": "Docent", "incident_from": "2026-01-05", "incident_to": "2026-02-02"}
    desk.post(reverse("desk:register_complaint"), told)
    row = Complaint.objects.get()
    page = desk.get(reverse("desk:complaint_paper", args=[row.reference, row.documents.get().pk]))
    assert page.context["line"].paper.text == "zqhappenedwm"
    assert dict(page.context["facts"]) == {
        "Who complains": "Vera Klager",
        "About whom": "Anton Beklaagd, Docent",
        "Organisation": "Example University",
        "About what kind of behaviour": "Bullying",
        "When it happened": "From Monday 5 January 2026 until Monday 2 February 2026",
        "Steps already taken": "None, as the letter says",
        "A legal procedure about the same": "None",
    }
    whole: Any = desk.get(reverse("desk:complaint_whole", args=[row.reference]))
    printed = told_by(b"".join(whole.streaming_content))
    assert all(one in printed for one in ("zqhappenedwm", "About whom", "Anton Beklaagd, Docent", "Bullying"))
    assert "2026-01-05" not in printed


@pytest.mark.parametrize("unlocked", [True, False])
def test_who_has_no_business_here_fills_no_disk(court: Court, *, unlocked: bool) -> None:  # noqa: F811  the fixture
    person = court.accounts["officer"] if not unlocked else court.board()
    desk = sits_down(person, unlocked=unlocked)
    before = blobs()
    for client in (Client(), desk):
        client.post(reverse("desk:register_complaint"), letter())
    assert (blobs(), Complaint.objects.count()) == (before, 0)


def test_a_form_without_its_token_is_refused_also_where_files_are_taken(court: Court) -> None:  # noqa: F811  the fixture
    desk = sits_down(court.accounts["officer"])
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    assert strict.post(reverse("desk:register_complaint"), letter()).status_code == 403
    assert not Complaint.objects.exists()


def test_nobody_acts_on_an_old_page_and_nobody_does_what_is_not_theirs(court: Court) -> None:  # noqa: F811  the fixture
    running = court.started()
    running.committee()
    path = reverse("desk:complaint_deed", args=[running.row.reference, "file"])
    told = {"stamp": running.row.stamp - 1, "kind": "statement", "title": "T", "text": "x", "language": "en"}
    officer = sits_down(court.accounts["officer"])
    old = officer.post(path, told | {"within": "everybody"})
    assert old.status_code == 422
    assert "meanwhile" in old.content.decode()
    reply = reverse("desk:complaint_deed", args=[running.row.reference, "reply"])
    assert sits_down(court.accounts[CHAIR]).post(reply, {"stamp": running.row.stamp}).status_code == 404


def test_a_draft_of_the_committee_is_not_in_the_file_of_the_officers(court: Court) -> None:  # noqa: F811  the fixture
    running = court.started()
    running.committee()
    draft = Draft(kind="report", title="zqdraftwm", text="What was said", within=("committee",))
    file_document(running.by(SECRETARY), draft, on=MONDAY)
    page = reverse("desk:complaint", args=[running.row.reference])
    assert "zqdraftwm" in sits_down(court.accounts[CHAIR]).get(page).content.decode()
    assert "zqdraftwm" not in sits_down(court.accounts["officer"]).get(page).content.decode()
