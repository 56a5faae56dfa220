"""One model of a document, whatever is made of it: a PDF, a file for a word processor, a page to look at beforehand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from haven.rulebook.markup import Flow, Paragraph, Run
from haven.ui.templatetags.ui import plainly

_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """Its head stands above each page of it. `widths`: of its columns, beside each other; alike when there are none.

    `leads_to`: for each row the page of a whole file to which its last cell leads.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    widths: tuple[int, ...] = ()
    leads_to: tuple[int, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Who and what it is about: a name for each line, and what it is."""

    rows: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True)
class Signer:
    name: str
    function: str


@dataclass(frozen=True)
class Signatures:
    signers: tuple[Signer, ...]


@dataclass(frozen=True)
class Picture:
    """`drawing`: SVG. `says`: what is on it, for who does not see it."""

    drawing: str = field(repr=False)
    says: str


type Part = Flow | Table | Facts | Signatures | Picture


@dataclass(frozen=True)
class House:
    """The style of an institution on paper. `logo`: an SVG drawing."""

    name: str
    brand: str
    address: tuple[str, ...] = ()
    logo: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Document:
    """`name`: what a program shows that opens it, on a screen that others may see. `mark`: such as Confidential."""

    title: str
    name: str
    language: str
    day: date
    parts: tuple[Part, ...] = field(repr=False)
    form: Literal["letter", "document"] = "document"
    house: House | None = None
    to: tuple[str, ...] = field(default=(), repr=False)
    facts: tuple[tuple[str, str], ...] = ()
    mark: str = ""
    made: str = ""  # at the head of each page
    foot: str = ""  # at the foot of each page, beside its number
    counts: bool = True  # its pages have numbers of their own


def visible(words: str) -> str:
    """What is printed of a text: hidden characters are shown, and what is no character at all becomes a mark."""
    return _NO_CHARACTER.sub("\ufffd", plainly(words))


def plain(*words: str) -> Iterator[Paragraph]:
    """Each a paragraph, as it stands."""
    return (Paragraph((Run(text),)) for text in words if text)
