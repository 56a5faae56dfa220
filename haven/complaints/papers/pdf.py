"""A document as a tagged PDF for the archive (PDF/A-2a) and for everybody (PDF/UA-1). Made in memory and nowhere else.

What somebody wrote goes in as data, never as source. The only date in it is the one the document has, and the only
fonts are those of Typst, so the same document gives the same bytes on every machine.
"""

import json
from dataclasses import asdict
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from haven.complaints.papers.document import Document, House, Part, Picture, visible

SOURCE: Final = Path(__file__).with_name("paper.typ").read_bytes()
ACCESSIBLE: Final[list[Any]] = ["a-2a", "ua-1"]


@cache
def _typst() -> tuple[Any, Any]:
    """The program and its own fonts, read when the first paper is made: most servers never make one."""
    typst = import_module("typst")
    return typst, typst.Fonts(include_system_fonts=False)


def pdf_of(document: Document) -> bytes:
    return compiled(SOURCE, said(document))


def said(document: Document) -> dict[str, Any]:
    """The document as the template takes it, with every hidden character made visible."""
    day = document.day
    words: dict[str, Any] = seen(asdict(document))
    words["parts"] = [{"kind": type(part).__name__, **seen(asdict(part)), **drawing(part)} for part in document.parts]
    words |= {"day": [day.year, day.month, day.day], "numbered": numbered(document.language)}
    if document.house:
        words["house"] |= {"logo": document.house.logo, "logo_says": logo_says(document.house, document.language)}
    return words


def drawing(part: Part) -> dict[str, str]:
    """As it is: it is read by a program, not by a person."""
    return {"drawing": part.drawing} if isinstance(part, Picture) else {}


def numbered(language: str) -> str:
    """What stands on a page, with {page} and {pages} for the two numbers."""
    with override(language):
        return _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"}


def logo_says(house: House, language: str) -> str:
    with override(language):
        return _("Logo of %(name)s") % {"name": visible(house.name)}


def seen(value: Any) -> Any:
    match value:
        case dict():
            return {key: seen(part) for key, part in value.items()}
        case list() | tuple():
            return [seen(part) for part in value]
        case None | bool() | int():
            return value
        case _:
            return visible(value)


def compiled(source: bytes, words: dict[str, Any]) -> bytes:
    """A character that our fonts lack is looked for in those of this machine. One that no font has is not allowed in an
    archive file: such a document is a plain PDF, with the same tags."""
    typst, own_fonts = _typst()
    given = {"paper": json.dumps(words)}
    ways: list[dict[str, Any]] = [
        {"font_paths": own_fonts, "pdf_standards": ACCESSIBLE},
        {"pdf_standards": ACCESSIBLE},
        {},
    ]
    for way in ways:
        try:
            made = typst.compile(source, format="pdf", sys_inputs=given, **way)
        except typst.TypstError:
            if not way:
                raise
        else:
            if isinstance(made, bytes):
                return made
    raise TypeError("One document, one file.")
