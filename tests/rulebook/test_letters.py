"""Texts to begin an answer or a note with: read with the rulebook, and refused with file, line and remedy."""

from collections.abc import Callable
from pathlib import Path

from haven.rulebook import loader
from haven.rulebook.book import Rulebook

type Change = Callable[[str, str, str], None]
HERE = "letters/answer-received.nl.md"


def test_every_letter_is_there_in_both_languages_with_the_numbers_of_the_rulebook(book: Rulebook) -> None:
    closing = next(one for one in book.letters if one.key == "closing")

    assert {one.use for one in book.letters} == {"answer", "note"}
    assert f"nog {book.retention.periods.closed_days} dagen" in closing.text.nl
    assert f"for {book.retention.periods.closed_days} more days" in closing.text.en
    assert all("{closed_days}" not in one.text.nl + one.text.en for one in book.letters)


def test_a_letter_in_one_language_is_half(folder: Path) -> None:
    (folder / HERE).unlink()

    assert [(p.file, p.says) for p in loader.check(folder)] == [(HERE, "This file is missing.")]


def test_a_letter_without_words_is_refused(folder: Path) -> None:
    (folder / HERE).write_text("# Name\n\n")

    assert [(p.file, p.says) for p in loader.check(folder)] == [(HERE, "There is no text below the name.")]


def test_a_file_that_is_no_letter_is_named(folder: Path) -> None:
    (folder / HERE).rename(folder / "letters/Received.md")

    found = {(p.file, p.says) for p in loader.check(folder)}
    assert ("letters/Received.md", "Haven does not know this file.") in found


def test_a_rulebook_without_letters_is_whole(folder: Path) -> None:
    """At the desk nobody needs them. A procedure cannot do without its own."""
    for file in (folder / "letters").glob("[an]*-*"):
        file.unlink()

    assert loader.load(folder).letters == ()


def test_a_paper_without_words_is_named_in_both_languages(folder: Path, change: Change) -> None:
    change("papers.toml", 'key = "closing"', 'key = "ending"')

    found = [(p.file, p.says) for p in loader.check(folder)]
    assert found == [
        ("letters/complaint-closing.en.md", "papers.toml has no paper “closing”."),
        ("letters/complaint-closing.nl.md", "papers.toml has no paper “closing”."),
        ("letters/complaint-ending.en.md", "This file is missing."),
        ("letters/complaint-ending.nl.md", "This file is missing."),
        ("procedures/complaints.toml", "papers.toml has no paper “closing”."),
    ]


def test_a_logo_is_read_with_the_rulebook_and_makes_another_version(
    folder: Path, book: Rulebook, change: Change
) -> None:
    change("papers.toml", 'entity = "university"', 'entity = "university"\nlogo = "logo.svg"')
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><style>a{fill:red}</style></svg>')
    one = loader.load(folder)
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')

    assert one.logos["logo.svg"].startswith("<svg")
    assert loader.load(folder).version not in {one.version, book.version}


def test_words_that_several_letters_share_stand_in_one_place(book: Rulebook) -> None:
    said = {block.words["nl"] for paper in book.paper_texts for block in paper.blocks if block.key == "non_retaliation"}

    assert len(said) == 1


def test_other_words_in_a_letter_are_another_version(folder: Path, book: Rulebook, change: Change) -> None:
    change(HERE, "serieus", "ernstig")

    assert loader.load(folder).version != book.version
