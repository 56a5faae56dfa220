"""The whole file of a complaint: what was sent stands in it as pages, where it was made safe."""

import io
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haven.complaints.documents import Draft, file_document
from haven.complaints.models import Complaint
from tests.cleaning import corpus
from tests.complaints.conftest import court  # noqa: F401  a fixture
from tests.complaints.court import MONDAY, SECRETARY, Court
from tests.desk.conftest import sits_down
from tests.proves import proves


def whole(desk: Client, reference: str) -> tuple[list[str], int]:
    """The titles in the outline, and how many pages there are after the list."""
    answer: Any = desk.get(reverse("desk:complaint_whole", args=[reference]))
    with pikepdf.open(io.BytesIO(b"".join(answer.streaming_content))) as made, made.open_outline() as outline:
        return [str(one.title) for one in outline.root], len(made.pages)


def filed(desk: Client, name: str, content: bytes) -> None:
    row = Complaint.objects.get()
    path = reverse("desk:complaint_deed", args=[row.reference, "file"])
    told = {"stamp": row.stamp, "kind": "statement", "title": name.partition(".")[0], "language": "en"}
    told |= {"within": "everybody", "files": SimpleUploadedFile(name, content)}
    assert desk.post(path, told).status_code == 302


@proves("R-001-87")
def test_pages_that_were_sent_are_in_the_one_file_and_what_is_no_page_is_named(
    court: Court,  # noqa: F811  the fixture
) -> None:
    running = court.started()
    running.committee()
    desk = sits_down(court.accounts["officer"])
    for name, content in (("scan.pdf", corpus.pdf()), ("photo.jpg", corpus.jpg()), ("fake.pdf", b"not a PDF")):
        filed(desk, name, content)
    titles, pages = whole(sits_down(court.accounts[SECRETARY]), running.row.reference)
    with pikepdf.open(io.BytesIO(corpus.pdf())) as sent:
        assert pages == 1 + 1 + len(sent.pages) + 1 + 1, "the list, the letter, the scan, the photo, a sheet"
    assert sorted(one.partition(". ")[2] for one in titles[2:]) == [
        "fake: fake.pdf",
        "photo: photo.jpg",
        "scan: scan.pdf",
    ]
    assert all(".1" in one.partition(" ")[0] for one in titles[2:])


def test_a_paper_that_waits_for_a_third_party_is_in_nobodys_whole_file(court: Court) -> None:  # noqa: F811  the fixture
    running = court.started()
    file_document(running.by(), Draft(kind="statement", title="zqwaitswm", text="x", third_party=True), on=MONDAY)
    titles, _pages = whole(sits_down(court.accounts["officer"]), running.row.reference)
    assert not any("zqwaitswm" in one for one in titles)
