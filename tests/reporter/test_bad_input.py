"""Bad input and bad days: each gets a plain sentence that says what to do, and nothing is lost."""

import errno
import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from haven.cases.models import Case
from haven.intake import uploads
from haven.reporter.views import contact
from haven.vault.models import SealedFile
from tests.institution import Institution
from tests.reporter.visitor import CHECK, Visitor, at_the_code, picked

LITERAL = "\u202egnitset\u202c a\u200bb <script>alert(1)</script>"
FILES = "Would you like to add something?"


def blobs() -> list[str]:
    root: Path = django_settings.BLOB_ROOT
    return sorted(path.name for path in root.iterdir()) if root.exists() else []


def upload(name: str = "photo.jpg", content: bytes = b"\xff\xd8\xff picture") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def adding(visitor: Visitor) -> Visitor:
    """On the page where files are added."""
    return visitor.open().until(FILES, purpose=picked("report"))


# ── Words ──


def test_a_megabyte_of_text_stays_on_the_page_with_a_sentence(visitor: Visitor) -> None:
    text = "a" * 1_000_000
    visitor.open()
    while visitor.at != "ask:story":
        visitor.press()
    visitor.press("next", words=text)

    assert visitor.at == "ask:story"
    assert "This is 900\u202f000 characters too long: 100\u202f000 fit here." in visitor.problems[0]
    assert text in visitor.text


def test_text_that_is_too_long_cannot_be_sent_by_a_detour(visitor: Visitor) -> None:
    visitor.open()
    while visitor.at != "ask:story":
        visitor.press()
    visitor.press("change-code", words="a" * 100_001)

    assert visitor.at == "ask:story"
    assert "1 character too long" in visitor.problems[0]


def test_more_than_fits_in_a_form_at_all_is_told_calmly(visitor: Visitor) -> None:
    visitor.open().press("next", words="a" * 9_000_000)

    assert visitor.answer.status_code == 413
    assert "Nothing was sent" in visitor.text


def test_invalid_utf_8_is_marked_on_the_overview_and_can_be_changed(visitor: Visitor) -> None:
    visitor.open()
    while visitor.at != "ask:story":
        visitor.press()
    body = f"state={visitor.state}&do=next&words=".encode() + b"hello%ff%feworld"
    visitor.answer = visitor.client.post(visitor.base, body, content_type="application/x-www-form-urlencoded")
    visitor.got(visitor.answer).until(CHECK)

    assert "hello\ufffd\ufffdworld" in visitor.text
    assert "Some characters did not arrive well" in visitor.text


def test_text_in_another_encoding_is_refused_calmly(visitor: Visitor) -> None:
    visitor.open()
    answer = visitor.client.post(
        visitor.base, b"state=x", content_type="application/x-www-form-urlencoded; charset=utf-16"
    )

    assert answer.status_code == 413
    assert "Nothing was sent" in answer.content.decode()


def test_characters_that_hide_are_shown_and_kept_and_markup_is_only_text(visitor: Visitor, house: Institution) -> None:
    at_the_code(visitor, story=LITERAL).press("change-check")
    assert "[U+202E]gnitset[U+202C] a[U+200B]b" in visitor.text
    assert "<script>alert" not in visitor.answer.content.decode()
    visitor.press("next").press("send")

    opened = house.readers[0].opens(Case.objects.get())
    assert opened is not None
    assert opened.answers["answers"]["story"] == LITERAL


# ── Files ──


def test_an_empty_file_is_named_and_the_others_stay(adding: Visitor) -> None:
    adding.press("next", files=[upload("empty.txt", b""), upload("kept.jpg")])

    assert adding.problems == ["“empty.txt” is empty, so it was not added. Look whether you chose the right file."]
    assert [file.name for file in adding.draft.files] == ["kept.jpg"]


def test_a_file_that_is_too_large_is_named_and_the_others_stay(adding: Visitor, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    adding.press("next", files=[upload("film.mp4", b"x" * 2000), upload("kept.jpg")])

    assert adding.problems == [
        "“film.mp4” is too large. A file can be 1.0 kB at most. You can tell us about it in words instead."
    ]
    assert [file.name for file in adding.draft.files] == ["kept.jpg"]
    assert len(blobs()) == 1


def test_of_too_many_files_the_first_stay_and_the_rest_leaves_the_disk(adding: Visitor) -> None:
    adding.press("next", files=[upload(f"{number}.jpg") for number in range(25)])

    assert len(adding.draft.files) == 10
    assert len(adding.problems) == 15
    assert len(blobs()) == 10


def test_a_file_that_is_cut_off_is_told_and_the_answers_stay(adding: Visitor) -> None:
    head = (
        f'--b\r\nContent-Disposition: form-data; name="state"\r\n\r\n{adding.state}\r\n'
        '--b\r\nContent-Disposition: form-data; name="files"; filename="half.jpg"\r\n\r\n'
    )
    adding.got(
        adding.client.post(adding.base, head.encode() + b"half of it", content_type="multipart/form-data; boundary=b")
    )

    assert adding.problems == ["A file did not arrive completely. Please add it again. Nothing else was lost."]
    assert adding.draft.answers["purpose"] == "report"
    assert blobs() == []


def test_a_file_can_be_taken_away_again(adding: Visitor) -> None:
    adding.press("add", files=[upload("one.jpg"), upload("two.jpg")])
    assert adding.heading == FILES
    adding.press(f"remove-{adding.draft.files[0].info.blob.hex}")

    assert [file.name for file in adding.draft.files] == ["two.jpg"]


def test_files_that_were_added_are_sent_with_the_report(adding: Visitor) -> None:
    adding.press("next", files=[upload("one.jpg"), upload("two.jpg")]).until("Your code").press("send")

    assert SealedFile.objects.count() == 2


def test_when_the_disk_fills_files_are_refused_and_words_go_on(
    adding: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(100 * 1024**3, 0, uploads.ROOM_FOR_WORDS - 1))
    adding.press("next", files=[upload()])
    assert adding.problems == [
        "We cannot take files right now. Your words are safe and can be sent. Files can follow later."
    ]
    assert 'type="file"' not in adding.text
    adding.press("next").until("Your code").press("send")

    assert Case.objects.count() == 1


def test_a_disk_that_fills_up_under_a_file_loses_the_file_and_nothing_else(
    adding: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("haven.vault.files.SealedWriter.write", full)
    adding.press("next", files=[upload()])

    assert "We cannot take files right now" in adding.problems[0]
    assert adding.draft.answers["purpose"] == "report"
    assert blobs() == []


def test_files_that_another_answer_leaves_out_are_named_before_sending(adding: Visitor) -> None:
    adding.press("next", files=[upload("photo.jpg")]).until(CHECK)
    adding.press("change-ask:purpose").press("next", choice="talk").until(CHECK)

    assert "This file is not sent now" in adding.text
    assert "photo.jpg" in adding.text


# ── Forms that are old, changed, or come from elsewhere ──


@pytest.mark.parametrize("trouble", [OperationalError("database is locked"), OSError(errno.ENOSPC, "full")])
def test_when_nothing_can_be_stored_the_same_press_can_be_repeated_with_the_same_code(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fails(*_args: Any) -> None:
        raise trouble

    at_the_code(visitor, story="Still here.")
    form, code = visitor.state, visitor.code
    with monkeypatch.context() as bad:
        bad.setattr(contact, "submit", fails)
        visitor.press("send", urgent="yes")
    assert visitor.answer.status_code == 503
    posted = dict(visitor.answer.context["posted"])
    assert (posted["state"], posted["do"], posted["urgent"]) == (form, "send", "yes")
    assert "Nothing is lost" in visitor.text
    visitor.got(visitor.client.post(visitor.base, posted))

    assert visitor.code == code
    assert Case.objects.get().urgent


def test_when_the_readers_cannot_be_read_the_page_comes_back_later(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: Any, **_named: Any) -> None:
        raise OperationalError("database is locked")

    visitor.open()
    while visitor.at != "ask:under_18":
        visitor.press()
    with monkeypatch.context() as bad:
        bad.setattr("haven.intake.team.who_reads", locked)
        visitor.press("next", **picked("no"))
    assert visitor.answer.status_code == 503
    visitor.got(visitor.client.post(visitor.base, dict(visitor.answer.context["posted"])))

    assert visitor.at == "readers"
    assert visitor.draft.answers["under_18"] == "no"
