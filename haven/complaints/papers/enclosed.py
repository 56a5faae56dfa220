"""What a whole file is made of. Apart from what makes it: that is large, and read when the first paper is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.module_loading import import_string

from haven.complaints.papers.document import Document, House


@dataclass(frozen=True)
class Enclosed:
    """One document. `content`: of what somebody sent, the cleaned copy. `made_here`: drawn by Haven."""

    number: str
    title: str
    day: date
    content: bytes = field(repr=False)
    made_here: bool = False


@dataclass(frozen=True, kw_only=True)
class Cover:
    """`day`: on which this file was put together. `facts`: who and what it is about."""

    house: House
    language: str
    day: date
    reference: str
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def file_of(cover: Cover, documents: Sequence[Enclosed]) -> bytes:
    """As `wholefile.file_of`. Most servers are asked for many reports and few papers, and memory is shared by all."""
    made: Callable[..., bytes] = import_string("haven.complaints.papers.wholefile.file_of")
    return made(cover, documents)


def docx_of(document: Document) -> bytes:
    """As `word.docx_of`."""
    made: Callable[..., bytes] = import_string("haven.complaints.papers.word.docx_of")
    return made(document)
