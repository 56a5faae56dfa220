"""What stands around every page: the name of the institution, the language, the demo mark."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from haven.rulebook import shelf
from haven.rulebook.institution import Institution

TONGUES = {"nl": "Nederlands", "en": "English"}  # each language by its own name, so never translated


@dataclass(frozen=True)
class Tongue:
    """A language this page can also be read in."""

    code: str
    name: str
    address: str


@dataclass(frozen=True)
class Frame:
    house: Institution
    version: str  # of the rulebook; part of the address of the house style
    language: str
    demo: bool


def frame() -> Frame:
    book = shelf.current()
    return Frame(book.institution, book.version, get_language() or settings.LANGUAGE_CODE, settings.DEMO)


def other_tongues(request: HttpRequest | None, *, home: bool = False) -> list[Tongue]:
    """The same page in the other languages; with `home` the front page, for a page that says nothing of its address."""
    here = get_language() or settings.LANGUAGE_CODE
    path = "/" if home or request is None else request.get_full_path().removeprefix(f"/{here}")
    others = [code for code in shelf.current().institution.languages if code != here]
    return [Tongue(code, TONGUES[code], f"/{code}{path}") for code in others]
