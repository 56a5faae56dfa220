"""The words of the letters of a procedure. Files: letters/complaint-KEY.nl.md, and letters/block-KEY.nl.md for what
several of them say alike; also .en.md. What papers.toml wants of them is checked here, before anything can be sent."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from haven.rulebook import markup, placeholders
from haven.rulebook.papers import PaperKind, Papers
from haven.rulebook.problems import near
from haven.rulebook.words import LANGUAGES, Problem

PAPER, SHARED, TOML = "complaint", "block", "papers.toml"
LOGO_BYTES: Final = 100_000
_BLOCK = re.compile(r"^\[([a-z][a-z0-9_]*)\]$", re.MULTILINE)


@dataclass(frozen=True)
class PaperBlock:
    """A piece of a letter, in each language."""

    key: str
    words: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class PaperText:
    key: str
    title: Mapping[str, str] = field(hash=False)
    blocks: tuple[PaperBlock, ...]


@dataclass(frozen=True)
class Piece:
    """The words of a block as they stand in a file, which is another one when several letters share them."""

    key: str
    words: str
    file: str
    line: int  # on which the words begin


@dataclass(frozen=True)
class Written:
    file: str
    title: str
    pieces: tuple[Piece, ...]


def name_of(sort: str, key: str, language: str) -> str:
    return f"letters/{sort}-{key}.{language}.md"


def made(
    papers: Papers | None, texts: Mapping[str, bytes], files: dict[str, Any]
) -> tuple[list[PaperText], list[Problem]]:
    """Every paper of papers.toml with its words; and what is wrong with them. Without a sound papers.toml: nothing."""
    if papers is None:
        return [], []
    said = {name: _written(name, content.decode(errors="replace"), texts) for name, content in texts.items()}
    wrong = [*_nobody_asks_for(papers, said)]
    for kind in papers.papers:
        found = {one: said.get(name_of(PAPER, kind.key, one)) for one in LANGUAGES}
        for language, written in found.items():
            if written is None:
                file, remedy = name_of(PAPER, kind.key, language), f"Write it: {TOML} has the paper “{kind.key}”."
                wrong.append(Problem(file, "", "This file is missing.", remedy))
            else:
                wrong += _wrong_with(written, kind, files)
        wrong += _unlike(found)
    drawn = [] if wrong else [_paper(kind, said, files) for kind in papers.papers]
    return drawn, list(dict.fromkeys(wrong))  # words that several letters share are wrong once


def drawings(folder: Path, papers: Papers | None) -> tuple[dict[str, str], list[Problem]]:
    """The logos that papers.toml names, by the name of their file."""
    found, wrong = dict[str, str](), list[Problem]()
    for number, head in enumerate(papers.letterheads if papers else ()):
        if head.logo is None:
            continue
        file = folder / Path(head.logo).name
        drawing = file.read_text(errors="replace") if file.is_file() else ""
        if "<svg" in drawing and len(drawing) <= LOGO_BYTES:
            found[head.logo] = drawing
        else:
            says = f"There is no SVG drawing “{head.logo}” of at most 100 kB."
            remedy = "Put it beside papers.toml, or leave it out."
            wrong.append(Problem(TOML, f"letterheads[{number}].logo", says, remedy))
    return found, wrong


def _written(name: str, text: str, texts: Mapping[str, bytes]) -> Written:
    """A block without words of its own takes those that several letters share."""
    first, _end, rest = text.partition("\n")
    parts, language = _BLOCK.split(rest), name.split(".")[-2]
    pieces, line = list[Piece](), 2 + parts[0].count("\n")
    for key, words in zip(parts[1::2], parts[2::2], strict=True):
        shared = name_of(SHARED, key, language)
        if words.strip() or shared not in texts:
            pieces.append(Piece(key, words, name, line))
        else:
            pieces.append(Piece(key, texts[shared].decode(errors="replace").partition("\n")[2], shared, 2))
        line += words.count("\n")
    return Written(name, first[2:].strip() if first.startswith("# ") else "", tuple(pieces))


def _nobody_asks_for(papers: Papers, said: Mapping[str, Written]) -> Iterator[Problem]:
    known = [kind.key for kind in papers.papers]
    for name in said:
        key = re.sub(rf"^letters/{PAPER}-(.*)\.(nl|en)\.md$", r"\1", name)
        if key != name and key not in known:
            yield Problem(name, "", f"{TOML} has no paper “{key}”.", near(key, known))


def _wrong_with(written: Written, kind: PaperKind, files: dict[str, Any]) -> Iterator[Problem]:
    yield from _lacks(written, kind)
    yield from placeholders.unknown_in(written.title, written.file, "line 1", files, kind.placeholders())
    for piece in written.pieces:
        yield from _wrong_in(piece, kind, files)


def _lacks(written: Written, kind: PaperKind) -> Iterator[Problem]:
    file, keys = written.file, [piece.key for piece in written.pieces]
    if not keys:
        yield Problem(file, "", "This letter has no blocks.", "Put a line such as [greeting] above each part of it.")
    for must in kind.blocks:
        if must.key not in keys:
            why = f" Article {must.article} asks for it." if must.article else ""
            says = f"The block [{must.key}] is missing, which this letter must have.{why}"
            yield Problem(file, "", says, f"Write it below a line [{must.key}].")
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Problem(file, "", f"The block [{key}] stands twice.", "Make one of the two.")
    for piece in (one for one in written.pieces if not one.words.strip()):
        remedy = f"Write them below it, or in {name_of(SHARED, piece.key, file.split('.')[-2])} for all letters."
        yield Problem(file, f"line {piece.line}", f"The block [{piece.key}] has no words.", remedy)


def _wrong_in(piece: Piece, kind: PaperKind, files: dict[str, Any]) -> Iterator[Problem]:
    for number, line in enumerate(piece.words.splitlines(), piece.line):
        place = f"line {number}"
        yield from placeholders.unknown_in(line, piece.file, place, files, kind.placeholders())
        if sign := markup.foreign(line):
            yield Problem(piece.file, place, f"A letter cannot hold “{sign}”.", markup.REMEDY)
        for name in placeholders.PLACEHOLDER.findall(line):
            if name in kind.stands_alone() and line.strip() != f"{{{name}}}":
                says = f"{{{name}}} can be several lines."
                yield Problem(piece.file, place, says, "Put it on a line of its own, between empty lines.")


def _unlike(found: Mapping[str, Written | None]) -> Iterator[Problem]:
    """Somebody who reads English is told no less and no more."""
    dutch, english = (found[language] for language in LANGUAGES)
    if dutch and english and [one.key for one in dutch.pieces] != [one.key for one in english.pieces]:
        remedy = f"Give it the same blocks in the same order as {dutch.file}."
        yield Problem(english.file, "", "The blocks are not those of the Dutch letter.", remedy)


def _paper(kind: PaperKind, said: Mapping[str, Written], files: dict[str, Any]) -> PaperText:
    dutch, english = (said[name_of(PAPER, kind.key, language)] for language in LANGUAGES)
    blocks = tuple(
        PaperBlock(one.key, {"nl": _said(one.words, files, "nl"), "en": _said(other.words, files, "en")})
        for one, other in zip(dutch.pieces, english.pieces, strict=True)
    )
    title = {"nl": _said(dutch.title, files, "nl"), "en": _said(english.title, files, "en")}
    return PaperText(kind.key, title, blocks)


def _said(text: str, files: dict[str, Any], language: str) -> str:
    return placeholders.fill_in(markup.unwrapped(text), files, language)
