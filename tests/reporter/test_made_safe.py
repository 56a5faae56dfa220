"""Files at the reporter's door: cleaned while they arrive, told about in words, and never a reason to lose a report."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from haven.cases.files import ParkedFile
from haven.cases.models import Case
from haven.cleaning import limits
from haven.dialogue import actions as dialogue
from haven.vault import files
from haven.vault.models import Compartment, SealedFile
from tests.cleaning import corpus
from tests.institution import Institution, Person
from tests.reporter.visitor import Visitor, at_the_code

type Files = list[SimpleUploadedFile]
FILES_PAGE = "change-ask:files"


@pytest.fixture
def adding(visitor: Visitor) -> Visitor:
    return at_the_code(visitor).press(FILES_PAGE)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def plain(parked: ParkedFile) -> bytes:
    return b"".join(files.open_verified(settings.BLOB_ROOT, parked.info))


def on_disk() -> set[str]:
    return {path.name for path in settings.BLOB_ROOT.iterdir()}


def send(visitor: Visitor) -> Case:
    visitor.press("change-code").press("send")
    return Case.objects.get()


def file_of(reader: Person, case: Case, kind: str) -> list[dict[str, Any]]:
    opened = reader.opens(case)
    assert opened is not None
    return [one.payload for one in opened.of(kind, "file")]


def test_what_came_is_gone_when_its_cleaned_copy_is_on_disk(adding: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Path(tempfile.mkdtemp())
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    adding.press("add", files=[upload("foto.jpg", corpus.jpg())])

    (parked,) = adding.draft.files
    assert parked.sheets is not None
    assert (parked.name, parked.safety.cleaned, parked.original) == ("foto.jpg", True, None)
    assert (corpus.marks(plain(parked)), on_disk()) == (0, {parked.info.blob.hex, parked.sheets.blob.hex})
    assert "Cleaned. The untouched file is gone." in adding.text
    assert list(room.iterdir()) == []
    clear = [
        path for path in Path(settings.DATA).rglob("*") if path.is_file() and corpus.MARK.encode() in path.read_bytes()
    ]
    assert [*clear, *(name for name in on_disk() if corpus.marks((settings.BLOB_ROOT / name).read_bytes()))] == []


def test_a_file_that_cannot_be_cleaned_is_told_with_the_reason_and_sent_as_it_is(
    adding: Visitor, house: Institution
) -> None:
    adding.press("add", files=[upload("film.jpg", b"<html>no photo"), upload("foto.png", corpus.png()[:-60])])

    assert "It is another kind of file than its name says." in adding.text
    assert "It is damaged, or holds something unusual." in adding.text
    case = send(adding)
    assert [one["name"] for one in file_of(house.readers[0], case, "report")] == ["film.jpg", "foto.png"]


@pytest.mark.parametrize("breaks", ["no programs", "no time", "no turn", "full disk"])
def test_a_report_is_sent_whatever_happens_to_the_cleaning(
    adding: Visitor, house: Institution, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, breaks: str
) -> None:
    def full(*_given: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    ways: dict[str, Callable[[], None]] = {
        "no programs": lambda: monkeypatch.setenv("PATH", str(tmp_path)),
        "no time": lambda: monkeypatch.setattr(limits, "SECONDS", 0.05),
        "no turn": lambda: monkeypatch.setattr(limits, "TOGETHER", 0),
        "full disk": lambda: monkeypatch.setattr("haven.intake.safe.sandbox.clean", full),
    }
    ways[breaks]()
    adding.press("add", files=[upload("foto.jpg", corpus.jpg())])
    assert "Not cleaned." in adding.text

    (sent,) = file_of(house.readers[0], send(adding), "report")
    assert (sent["name"], sent["safety"]["reason"] != "") == ("foto.jpg", True)
    assert len(on_disk()) == SealedFile.objects.count() == 1


def test_an_original_is_kept_apart_only_when_that_was_ticked(adding: Visitor, house: Institution) -> None:
    adding.press("add", files=[upload("kept.jpg", corpus.jpg())], original="keep")
    adding.press("add", files=[upload("gone.jpg", corpus.jpg())])
    assert "The untouched file is kept apart." in adding.text
    case = send(adding)

    (original,) = file_of(house.readers[0], case, "originals")
    info = files.SealedFileInfo.from_dict(original)
    assert b"".join(files.open_verified(settings.BLOB_ROOT, info)) == corpus.jpg()
    assert {SealedFile.objects.get(pk=info.blob).compartment.kind} == {"originals"}
    assert len(on_disk()) == SealedFile.objects.count() == 5  # two copies, two pictures, one original


def test_an_original_that_comes_later_is_for_those_who_may_know_the_name_and_goes_with_a_withdrawal(
    house: Institution, visitor: Visitor
) -> None:
    keeper = house.readers[1]
    case, code = house.report({"mode": "confidential", "name": "Sam"}, keeper=keeper.kid)
    came = (
        at_the_code(visitor).press(FILES_PAGE).press("add", files=[upload("foto.jpg", corpus.jpg())], original="keep")
    )
    box = dialogue.open_mailbox(code)
    assert box is not None

    dialogue.write(box, "And this.", files=came.draft.files)

    assert [len(file_of(reader, case, "originals")) for reader in house.readers] == [
        int(reader is keeper) for reader in house.readers
    ]
    dialogue.withdraw(box)
    assert not Compartment.objects.filter(kind="originals").exists()
    assert not SealedFile.objects.exists()
