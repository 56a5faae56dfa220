"""The letters of a complaint: what each of them says, to whom, and what nobody can take out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from haven.complaints.papers.letters import Fixed, Incomplete, blocks_of, finished
from haven.complaints.papers.pdf import pdf_of
from haven.complaints.papers.word import docx_of
from haven.rulebook import markup
from haven.rulebook.book import Rulebook
from haven.rulebook.markup import Heading, Listing, Paragraph
from tests.complaints.papers.conftest import EXAMPLE
from tests.complaints.papers.reading import told
from tests.complaints.papers.telling import SOMEBODY, matter
from tests.house.catalogue import PO
from tests.proves import proves

KEYS = [
    "receipt",
    "information_complainant",
    "information_defendant",
    "invitation_complainant",
    "invitation_defendant",
    "invitation_witness",
    "hearing_report",
    "interim_report",
    "extension",
    "delay",
    "recommendation",
    "decision",
    "legal_costs",
    "temporary_measure",
    "withdrawal",
    "announcement",
    "unit_outcome",
    "closing",
    "third_party_permission",
    "appointment",
]


def words(book: Rulebook, key: str, language: str = "nl", **matters: Any) -> str:
    """Everything the blocks of a paper say."""
    return "\n".join(block.words for block in blocks_of(book, key, matter(book, key, language, **matters)))


def test_the_example_has_every_letter_of_the_procedure(book: Rulebook) -> None:
    asked = {key for rules in book.procedures for step in rules.steps for key in step.letters}
    assert {kind.key for kind in book.papers.papers} == {*KEYS, *asked}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_a_letter_is_drawn_with_every_block_and_nothing_left_to_fill_in(
    book: Rulebook, key: str, language: str
) -> None:
    about = matter(book, key, language)
    document = finished(book, key, about)
    pdf = pdf_of(document)

    read = told(pdf)
    blocks = blocks_of(book, key, about)
    due = {must.key for must in book.papers.kind(key).blocks if not must.unless}
    assert due <= {block.key for block in blocks}
    for block in blocks:
        for part in block.parts:
            if isinstance(part, Heading):
                assert part.text in read
    assert "{" not in read
    assert "*" not in read
    assert ("Vertrouwelijk" in read or "Confidential" in read) != book.papers.kind(key).public


@proves("R-001-53")
def test_the_confirmation_of_receipt_says_where_the_whole_regulation_is_and_nobody_can_leave_that_out(
    book: Rulebook,
) -> None:
    rules = book.procedures.version("complaints", "2019")
    assert rules.copy_at
    for language in ("nl", "en"):
        about = matter(book, "receipt", language)
        about = replace(about, values={**about.values, "regulation_copy": rules.copy_at.say(language)})
        (block,) = [one for one in blocks_of(book, "receipt", about) if one.key == "regulation"]
        assert block.fixed
        assert rules.copy_at.say(language) in block.words
    with pytest.raises(Incomplete, match="regulation_copy"):
        finished(book, "receipt", replace(about, values={**about.values, "regulation_copy": ""}))


@proves("R-001-06")
def test_the_word_for_where_somebody_works_or_studies_fits_who_reads_it(book: Rulebook) -> None:
    said = {
        relation: [words(book, "receipt", language, relation=relation) for language in ("nl", "en")]
        for relation in ("student", "employee", "phd", "former_student", "guest")
    }

    assert "in de studieomgeving" in said["student"][0]
    assert "in the study environment" in said["former_student"][1]
    assert "in de werkomgeving" in said["employee"][0]
    assert "in the work and study environment" in said["phd"][1]
    assert "in de werk- of studieomgeving" in said["guest"][0]


@proves("R-001-07")
def test_no_text_takes_somebody_for_a_man_or_a_woman() -> None:
    """Where Dutch says *hij* or *hem*, the English says it: of a thing. And how somebody is addressed is free text."""
    english = re.compile(r"\b(he|she|him|his|her|hers|mr|mrs|ms)\b", re.IGNORECASE)
    dutch = re.compile(r"\b(hij|hem|haar|meneer|mevrouw|de heer|dhr|mevr)\b", re.IGNORECASE)
    rules = {file.name: file.read_text() for file in EXAMPLE.rglob("*") if file.suffix in {".md", ".toml"}}

    assert [(name, found[0]) for name, text in rules.items() for found in english.finditer(text)] == []
    assert [(name, found[0]) for name, text in rules.items() for found in dutch.finditer(text)] == []
    with PO.open("rb") as file:
        catalogue = [message for message in read_po(file, locale="nl") if message.id]
    assert [message.id for message in catalogue if english.search(str(message.id))] == []
    thing = re.compile(r"\b(it|its|itself|they|them)\b", re.IGNORECASE)
    doubtful = [one for one in catalogue if dutch.search(str(one.string))]
    of_somebody = [one.string for one in doubtful if not thing.search(str(one.id))]
    assert doubtful
    assert of_somebody == []


def test_who_works_here_has_to_come_and_who_studies_here_may(book: Rulebook) -> None:
    for key in ("invitation_complainant", "invitation_defendant"):
        duty, choice = (words(book, key, employed=employed) for employed in (True, False))

        assert "verplicht om te komen" in duty
        assert "niet verplicht" not in duty
        assert "U bent niet verplicht om te komen" in choice


def test_nobody_may_be_put_at_a_disadvantage_stands_wherever_it_is_due(book: Rulebook) -> None:
    due = ["receipt", "information_defendant", "decision", *(key for key in KEYS if key.startswith("invitation"))]

    for key in due:
        block = next(one for one in blocks_of(book, key, matter(book, key)) if one.key == "non_retaliation")
        assert block.fixed
        assert block.article == "1.23"
        assert "Niemand mag hier nadeel van hebben" in block.words


def test_what_nobody_wrote_is_not_in_a_recommendation_unless_it_must_be(book: Rulebook) -> None:
    about = matter(book, "recommendation", founded=False)
    without = replace(about, values={**about.values, "measures": "", "aftercare": ""})

    keys = [block.key for block in blocks_of(book, "recommendation", without)]
    assert {"nature", "affected", "finding", "reasoning"} <= set(keys)
    assert "measures" not in keys
    assert "aftercare" not in keys
    with pytest.raises(Incomplete, match=r"^measures$"):
        blocks_of(book, "recommendation", replace(without, facts={"founded": True}))
    with pytest.raises(Incomplete, match=r"^reasoning$"):
        blocks_of(book, "recommendation", replace(without, values={**without.values, "reasoning": " \n"}))


def test_a_letter_with_a_hole_is_not_drawn(book: Rulebook) -> None:
    about = matter(book, "invitation_witness")
    gone = {name: value for name, value in about.values.items() if name not in {"hearing_on", "door_code"}}

    with pytest.raises(Incomplete) as stopped:
        finished(book, "invitation_witness", replace(about, values=gone))
    assert stopped.value.names == ["door_code", "hearing_on"]
    with pytest.raises(Incomplete, match="recording"):  # a fact that was forgotten would draw the wrong letter
        finished(book, "invitation_witness", replace(about, facts={"door": True}))


def test_a_free_block_can_be_edited_and_a_fixed_one_cannot(book: Rulebook) -> None:
    about = matter(book, "receipt")
    plain, blocks = finished(book, "receipt", about), blocks_of(book, "receipt", about)
    shown = {block.key: block.words for block in blocks}

    assert finished(book, "receipt", about, shown) == plain  # a form that comes back as it was changes nothing
    edited = finished(book, "receipt", about, {"thanks": "Wij begrijpen **dit** goed.\r\n\r\n- een\r\n- twee"})
    assert "Wij begrijpen dit goed. • een • twee" in told(pdf_of(edited))
    gone = finished(book, "receipt", about, {"thanks": "", "next": " "})
    assert "Wij gaan er zorgvuldig mee om" not in told(pdf_of(gone))
    with pytest.raises(Fixed, match="non_retaliation"):
        finished(book, "receipt", about, {"non_retaliation": ""})
    fixed = {block.key for block in blocks if block.fixed}
    assert fixed == {must.key for must in book.papers.kind("receipt").blocks} | {"regards"}  # that one holds who signs


def test_what_was_looked_at_is_what_is_sent(book: Rulebook) -> None:
    about, edits = matter(book, "delay"), {"alike": "U hoeft nu niets te doen."}

    assert pdf_of(finished(book, "delay", about, edits)) == pdf_of(
        finished(book, "delay", matter(book, "delay"), edits)
    )


def test_a_name_is_a_name_whatever_stands_in_it(book: Rulebook) -> None:
    odd = "A*b*c \\ #panic() {chair} <b>[x](y)</b>"
    about = matter(book, "receipt")

    read = told(pdf_of(finished(book, "receipt", replace(about, values={**about.values, "recipient": odd}))))

    assert f"Geachte {odd}," in read


def test_what_somebody_writes_fills_in_nothing(book: Rulebook) -> None:
    about = matter(book, "delay")
    sly = replace(about, values={**about.values, "why": "Zie {door_code}.\n\n{signed}"})

    read = told(pdf_of(finished(book, "delay", sly)))

    assert "Zie {door_code}. {signed}" in read
    assert str(SOMEBODY["door_code"]) not in read


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300), st.text(max_size=40))
def test_whatever_somebody_types_can_be_printed(book: Rulebook, typed: str, name: str) -> None:
    about = matter(book, "delay")
    named = replace(about, values={**about.values, "recipient": f"R{name}", "why": f"{typed}."})

    document = finished(book, "delay", named, {"alike": typed})

    assert pdf_of(document).startswith(b"%PDF")
    assert docx_of(document).startswith(b"PK")


def test_a_sentence_begins_with_a_capital_whoever_it_begins_with(book: Rulebook) -> None:
    assert "Het College van Bestuur heeft op vrijdag 10 juli 2026" in words(book, "closing", not_handled=False)
    assert "Daarna neemt het College van Bestuur een besluit" in words(book, "receipt")


def test_an_announcement_has_three_parts_and_leads_to_nobody(book: Rulebook) -> None:
    about = matter(book, "announcement")
    document = finished(book, "announcement", about)

    headings = [part.text for part in document.parts if isinstance(part, Heading)]
    assert headings == ["De uitkomst", "Hoe het is gegaan", "Wat u ervan merkt", "Samen schade voorkomen"]
    read = told(pdf_of(document))
    assert "K7QW" not in read + document.name + document.foot
    assert "Vertrouwelijk" not in read


@proves("R-001-110")
def test_all_are_asked_to_prevent_damage_in_the_announcement_and_in_the_letters_that_close(book: Rulebook) -> None:
    for key in ("announcement", "closing"):
        for language, says in (("nl", "geen schade bijkomt"), ("en", "no more damage is done")):
            block = next(one for one in blocks_of(book, key, matter(book, key, language)) if one.key == "damage")
            assert block.fixed
            assert says in block.words


def test_any_editor_of_markdown_shows_a_letter_as_it_is(book: Rulebook) -> None:
    texts = [block.words[language] for paper in book.paper_texts for block in paper.blocks for language in ("nl", "en")]

    for text in texts:
        assert list(ours(text)) == list(theirs(text))


def ours(text: str) -> Iterator[tuple[str, str]]:
    for part in markup.parse(text):
        match part:
            case Heading():
                yield "heading", part.text
            case Paragraph():
                yield "paragraph", "".join(run.text for run in part.runs)
            case Listing():
                yield from (
                    ("numbered" if part.numbered else "item", "".join(run.text for run in one)) for one in part.items
                )


def theirs(text: str) -> Iterator[tuple[str, str]]:
    kinds = {"heading_open": "heading", "bullet_list_open": "item", "ordered_list_open": "numbered"}
    kind = "paragraph"
    for token in MarkdownIt("commonmark").parse(text):
        kind = kinds.get(token.type, kind)
        if token.type == "inline":
            yield kind, "".join("\n" if one.type == "softbreak" else one.content for one in token.children or ())
        if token.type in {"heading_close", "bullet_list_close", "ordered_list_close"}:
            kind = "paragraph"


def test_the_small_markdown_has_paragraphs_headings_and_lists() -> None:
    flow = markup.parse(markup.unwrapped("Een\ntwee **drie** \\*\n\n## Kop\n- a\n  b\n- c\n\n1. d\n2. e"))

    assert [type(part) for part in flow] == [Paragraph, Heading, Listing, Listing]
    assert [(run.text, run.manner) for run in flow[0].runs] == [  # type: ignore[union-attr]  # a paragraph
        ("Een twee ", "plain"),
        ("drie", "strong"),
        (" *", "plain"),
    ]
    assert [len(part.items) for part in flow if isinstance(part, Listing)] == [2, 2]
