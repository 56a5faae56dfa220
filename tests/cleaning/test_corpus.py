"""Seventeen formats with a marker wherever one fits: none of it is in the copy, nor in the pictures of its pages."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from PIL import Image

from haven.cleaning.kinds import KINDS
from tests.cleaning import corpus
from tests.cleaning.asking import clean


@pytest.mark.parametrize("ending", corpus.FORMATS)
def test_nothing_that_stood_beside_the_content_is_left(ending: str, tmp_path: Path) -> None:
    came = corpus.make(ending, tmp_path)
    assert corpus.marks(came) > 0

    answer = clean(came, ending)

    assert (corpus.marks(answer.copy), corpus.marks(answer.sheets)) == (0, 0)
    assert (answer.done.kind, len(answer.copy) > 300) == (KINDS[ending], True)


def test_a_picture_keeps_its_points_and_stands_upright() -> None:
    turned = corpus.exif()
    turned[0x0112] = 6  # to be shown a quarter turned
    answer = clean(corpus.saved(corpus.picture((160, 120)), "PNG", exif=turned), "png")

    with Image.open(io.BytesIO(answer.copy)) as image, Image.open(io.BytesIO(answer.sheets)) as sheet:
        assert (image.size, sheet.size, image.info) == ((120, 160), (120, 160), {})
        assert image.convert("RGB").getpixel((70, 50)) == (0, 0, 128)


def test_a_moving_picture_goes_on_moving() -> None:
    with Image.open(io.BytesIO(clean(corpus.gif(), "gif").copy)) as image:
        assert getattr(image, "n_frames", 1) == 3


def test_the_words_of_a_pdf_stay_words_and_its_picture_stays() -> None:
    answer = clean(corpus.pdf(), "pdf")

    words = subprocess.run(["pdftotext", "-", "-"], input=answer.copy, capture_output=True, check=True).stdout
    assert b"What he wrote" in words
    with pikepdf.open(io.BytesIO(answer.copy)) as document:
        assert len(document.pages) == 1
        assert len(document.pages[0].get_images()) == 1
        assert {"/Names", "/OpenAction", "/Metadata"} & set(document.Root.keys()) == set()
    assert answer.sheets.startswith(b"\xff\xd8\xff")
    assert answer.done.pages == len(answer.done.sheets) == 1


def test_a_document_opens_afterwards_and_says_that_something_was_left_out() -> None:
    answer = clean(corpus.docx(), "docx")

    document = Document(io.BytesIO(answer.copy))
    assert document.paragraphs[0].text == "What he wrote to me."
    assert len(document.inline_shapes) == 1
    assert answer.done.left_out  # the comment in the margin


@pytest.mark.parametrize("ending", ["mp3", "mp4"])
def test_sound_and_film_still_play(ending: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(clean(corpus.make(ending, tmp_path), ending).copy)

    told = ["ffprobe", "-v", "error", "-show_entries", "format=duration:stream=codec_type", "-of", "csv=p=0", str(copy)]
    said = subprocess.run(told, capture_output=True, check=True, text=True).stdout.split()

    assert {"audio"} | ({"video"} if ending == "mp4" else set()) == set(said[:-1])
    assert float(said[-1]) == pytest.approx(1, abs=0.2)


def test_plain_text_stays_as_it_is() -> None:
    assert clean("Hij zei: “kom mee” 🚪\n".encode(), "txt").copy.decode() == "Hij zei: “kom mee” 🚪\n"
