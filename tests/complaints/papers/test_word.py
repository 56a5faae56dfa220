"""A document for a word processor, opened again."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn

from haven.complaints.papers.letters import finished
from haven.complaints.papers.word import docx_of
from haven.rulebook.book import Rulebook
from tests.complaints.papers.telling import matter
from tests.complaints.papers.test_letters import KEYS
from tests.complaints.papers.test_pdf import LOGO


def test_a_letter_for_a_word_processor_has_headings_lists_and_tables(book: Rulebook) -> None:
    word = docx.Document(io.BytesIO(docx_of(finished(book, "decision", matter(book, "decision")))))

    styles = [(one.style.name, one.text) for one in word.paragraphs if one.style]
    assert ("Heading 1", "Besluit over de klacht") in styles
    assert ("Heading 2", "Advies en besluit naast elkaar") in styles
    assert ("List Bullet", "hoe vaak het gebeurde;") in styles
    facts, beside = word.tables
    assert [cell.text for cell in facts.rows[0].cells] == ["Datum", "dinsdag 7 april 2026"]
    assert [cell.text for cell in beside.rows[0].cells] == ["Onderdeel", "Advies", "Besluit"]
    assert beside.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}
    strong = [run.text for one in word.paragraphs for run in one.runs if run.bold]
    assert "Vijf mails" in strong
    foot = word.sections[0].footer.paragraphs[0]
    assert [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert "Pagina" in foot.text


def test_it_tells_nothing_of_who_made_it_where_or_at_what_time(book: Rulebook) -> None:
    made = docx_of(finished(book, "receipt", matter(book, "receipt", "en")))

    word = docx.Document(io.BytesIO(made))
    about = word.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.title == "Example University · K7QW-2MXA · 4"
    assert about.created == about.modified
    assert isinstance(about.created, datetime)
    assert about.created.time().isoformat() == "00:00:00"
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in packed.namelist() if "thumbnail" in name or "app.xml" in name]
    assert made == docx_of(finished(book, "receipt", matter(book, "receipt", "en")))


def test_each_numbered_list_begins_at_one(book: Rulebook) -> None:
    document = finished(book, "delay", matter(book, "delay"), {"alike": "1. a\n2. b\n\nEn dan:\n\n1. c\n2. d"})

    word = docx.Document(io.BytesIO(docx_of(document)))

    lines = [one for one in word.paragraphs if one.style and one.style.name == "List Number"]
    counts = [one._p.pPr.numPr.numId.val for one in lines]  # type: ignore[union-attr]  # each of them has a number
    assert counts[0] == counts[1] != counts[2] == counts[3]


@pytest.mark.parametrize("key", KEYS)
def test_every_letter_can_go_to_a_word_processor(book: Rulebook, key: str) -> None:
    document = finished(book, key, matter(book, key))
    if document.house and key == "receipt":
        document = replace(document, house=replace(document.house, logo=LOGO))

    word = docx.Document(io.BytesIO(docx_of(document)))

    said = "\n".join(one.text for one in word.paragraphs)
    assert document.title in said
    assert len(word.inline_shapes) == (key == "receipt")
