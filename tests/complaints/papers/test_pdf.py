"""A document as a tagged PDF for the archive and for everybody."""

from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from haven.complaints.papers.document import Document, plain
from haven.complaints.papers.letters import finished
from haven.complaints.papers.pdf import compiled, pdf_of
from haven.rulebook.book import Rulebook
from tests.complaints.papers.reading import opened, told
from tests.complaints.papers.telling import matter

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path fill="#0b5c63" d="M0 0h30v10z"/></svg>'


@pytest.mark.parametrize(("key", "language"), [("decision", "nl"), ("invitation_witness", "en")])
def test_a_letter_is_tagged_names_its_language_and_both_standards(book: Rulebook, key: str, language: str) -> None:
    pdf = pdf_of(finished(book, key, matter(book, key, language)))

    with opened(pdf) as read:
        assert read.Root.MarkInfo.Marked
        assert str(read.Root.Lang) == language
        assert read.Root.ViewerPreferences.DisplayDocTitle
        assert "/Author" not in read.docinfo
        assert str(read.docinfo["/CreationDate"]).startswith("D:20260407000000")
        with read.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"
            assert "K7QW-2MXA" in metadata["dc:title"]
        described = [one for one in read.objects if isinstance(one, pikepdf.Dictionary) and "/FontFamily" in one]
        described += [one for one in read.objects if isinstance(one, pikepdf.Dictionary) and "/FontBBox" in one]
        assert described
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()) for one in described), "fonts embedded"
        assert [str(one.S) for one in read.Root.OutputIntents] == ["/GTS_PDFA1"]
        assert not {"/JavaScript", "/OpenAction", "/AA"} & set(read.Root.keys())
        assert read.Root.StructTreeRoot.K
        assert all(str(page.get("/Tabs", "/S")) == "/S" for page in read.pages)
        found = {str(one.S) for one in read.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one}
        assert {"/H1", "/H2", "/P", "/L", "/LI"} <= found
        assert ({"/Table", "/TH", "/TD"} <= found) == (key == "decision")


def test_the_name_that_a_screen_shows_says_nothing_of_what_is_in_it(book: Rulebook) -> None:
    document = finished(book, "information_defendant", matter(book, "information_defendant"))

    assert document.title == "Er is een klacht over u ingediend"
    assert document.name == "Universiteit Voorbeeld · K7QW-2MXA · 4"


def test_a_logo_stands_at_the_head_with_words_for_who_cannot_see_it(book: Rulebook) -> None:
    document = finished(book, "delay", matter(book, "delay"))
    assert document.house is not None

    with opened(pdf_of(replace(document, house=replace(document.house, logo=LOGO)))) as read:
        said = [str(one.Alt) for one in read.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert said == ["Logo van Universiteit Voorbeeld"]


def _with(words: str) -> Document:
    return Document(title="T", name="N", language="nl", day=date(2026, 4, 7), parts=tuple(plain(words)))


def test_a_character_that_hides_itself_is_shown() -> None:
    assert "[U+202E]txt" in told(pdf_of(_with("\u202etxt")))


def test_a_character_no_font_has_makes_a_plain_pdf_with_tags() -> None:
    with opened(pdf_of(_with("\ue123"))) as read:
        assert read.Root.MarkInfo.Marked
        with read.open_metadata() as metadata:
            assert "pdfuaid:part" not in metadata


def test_a_template_that_is_wrong_is_not_passed_over() -> None:
    with pytest.raises(RuntimeError):
        compiled(b"#nobody", {})
