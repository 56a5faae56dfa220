"""The attachments are real files, with the traces in them that people do not know they send."""

import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image

from haven.config.demo.content import FILES, reports

USED = [name for report in reports() for name in report.files]


def test_every_file_is_attached_once_and_nothing_lies_about() -> None:
    assert sorted(USED) == sorted(path.name for path in FILES.iterdir())


@pytest.mark.parametrize(
    ("name", "at_most"),
    [
        ("briefje-fietsenstalling.jpg", 40),
        ("tekening-op-deur.jpg", 40),
        ("locker-door.jpg", 40),
        ("groepsapp.png", 20),
        ("minutes-progress-talk.docx", 20),
        ("response-to-reviewers.docx", 20),
        ("brief-leidinggevende.pdf", 20),
        ("voice-memo.m4a", 120),
    ],
)
def test_they_are_small(name: str, at_most: int) -> None:
    assert 1 <= (FILES / name).stat().st_size / 1024 <= at_most


@pytest.mark.parametrize("name", [name for name in USED if name.endswith(".jpg")])
def test_the_photographs_tell_where_and_when_they_were_taken(name: str) -> None:
    with Image.open(FILES / name) as image:
        place = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        taken = image.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal]
        assert image.format == "JPEG"
    assert (place[1], place[3]) == ("N", "E")
    assert float(place[2][0]) == 52
    assert taken.startswith("2026:10:")


def test_the_screenshot_is_a_picture_of_a_telephone() -> None:
    with Image.open(FILES / "groepsapp.png") as image:
        assert (image.format, image.size) == ("PNG", (540, 960))


@pytest.mark.parametrize("name", [name for name in USED if name.endswith(".docx")])
def test_the_documents_hold_what_was_deleted_and_by_whom(name: str) -> None:
    with zipfile.ZipFile(FILES / name) as document:
        assert document.testzip() is None
        words = document.read("word/document.xml").decode()
    assert words.count("<w:ins ") >= 2
    assert words.count("<w:del ") >= 3
    assert words.count("<w:delText") == words.count("<w:del ")
    assert 'w:author="' in words


def test_the_letter_is_a_pdf_with_words_in_it() -> None:
    path = FILES / "brief-leidinggevende.pdf"
    assert path.read_bytes().startswith(b"%PDF-1.")
    with pikepdf.open(path) as letter:
        assert letter.check_pdf_syntax() == []
        assert len(letter.pages) == 1
        assert b"uw houding" in letter.pages[0].Contents.read_bytes()
        assert str(letter.docinfo["/Author"]) == "A. van Verzonnen"


def test_the_voice_memo_plays_for_half_a_minute() -> None:
    path = FILES / "voice-memo.m4a"
    assert path.read_bytes()[4:11] == b"ftypM4A"
    assert 20 <= seconds(path) <= 40
    player = shutil.which("ffmpeg")
    if player:
        subprocess.run([player, "-v", "error", "-xerror", "-i", path, "-f", "null", "-"], check=True)


def seconds(path: Path) -> float:
    """The length that stands in the head of the film or sound (ISO 14496-12, movie header, version 0)."""
    data = path.read_bytes()
    scale, length = struct.unpack_from(">II", data, data.index(b"mvhd") + 16)
    return float(length / scale)
