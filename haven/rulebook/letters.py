"""Texts to begin an answer or a note with. Files: letters/answer-KEY.nl.md, letters/note-KEY.nl.md; also .en.md."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal, get_args

from haven.rulebook import placeholders
from haven.rulebook.words import LANGUAGES, Keyed, Problem, Text

FOLDER: Final = "letters"
OF_THE_CASE: Final = ("me", "my_function", "support")
"""Filled in when the text is taken: who writes, in which function, and the provisions that fit what was told."""

_NAME = re.compile(r"^letters/(answer|note|complaint|block)-([a-z][a-z0-9_]*)\.(nl|en)\.md$")
_LIKE = (
    "Call it letters/answer-KEY.nl.md, note-KEY.nl.md, complaint-KEY.nl.md or block-KEY.nl.md. "
    "A key has small letters, digits and _ only."
)

type Use = Literal["answer", "note"]


class Letter(Keyed):
    """`use`: which form of a case it is for."""

    use: Use
    name: Text
    text: Text


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the folder with letters, in order; there need not be one."""
    return {f"{FOLDER}/{file.name}": file.read_bytes() for file in sorted((folder / FOLDER).glob("*"))}


def made(texts: dict[str, bytes], files: dict[str, Any]) -> tuple[tuple[Letter, ...], list[Problem]]:
    """The letters, with the numbers and names of the other files filled in; and everything that is wrong with them."""
    wrong = [problem for name, content in texts.items() for problem in _wrong_in(name, content, texts, files)]
    if wrong:
        return (), wrong
    dutch = [found for name in texts if (found := _NAME.match(name)) and found[3] == LANGUAGES[0] and _at_desk(found)]
    return tuple(_letter(found, texts, files) for found in dutch), []


def _wrong_in(name: str, content: bytes, texts: dict[str, bytes], files: dict[str, Any]) -> Iterator[Problem]:
    found = _NAME.match(name)
    if found is None:
        yield Problem(name, "", "Haven does not know this file.", _LIKE)
        return
    other = _name_of(found, next(one for one in LANGUAGES if one != found[3]))
    if other not in texts:
        yield Problem(other, "", "This file is missing.", f"Write in it what {name} says: both languages are needed.")
    try:
        yield from _wrong_with(name, content.decode(), files)
    except UnicodeDecodeError:
        yield Problem(name, "", "This file holds characters that are not UTF-8.", "Save it again as UTF-8.")


def _wrong_with(name: str, text: str, files: dict[str, Any]) -> Iterator[Problem]:
    title, words = _parts(text)
    if not title:
        yield Problem(name, "line 1", "This text has no name.", "Begin with a line such as: # We received it")
    if not words:
        yield Problem(name, "", "There is no text below the name.", "Write it, below an empty line.")
    for number, line in enumerate(text.splitlines() if _at_desk(_NAME.match(name)) else (), 1):
        yield from placeholders.unknown_in(line, name, f"line {number}", files, OF_THE_CASE)


def _at_desk(found: re.Match[str] | None) -> bool:
    """A letter of a procedure is looked at in papertexts.py."""
    return found is not None and found[1] in get_args(Use.__value__)


def _parts(text: str) -> tuple[str, str]:
    """The name, which only the desk sees in its list, and the text."""
    first, _end, rest = text.partition("\n")
    return (first[2:].strip(), rest.strip()) if first.startswith("# ") else ("", rest.strip())


def _letter(found: re.Match[str], texts: dict[str, bytes], files: dict[str, Any]) -> Letter:
    parts = {language: _parts(texts[_name_of(found, language)].decode()) for language in LANGUAGES}
    names = {language: name for language, (name, _text) in parts.items()}
    said = {language: placeholders.fill_in(text, files, language) for language, (_name, text) in parts.items()}
    return Letter.model_validate({"key": found[2], "use": found[1], "name": names, "text": said})


def _name_of(found: re.Match[str], language: str) -> str:
    return f"{FOLDER}/{found[1]}-{found[2]}.{language}.md"
