"""Searching the site. What somebody looks for may be the most secret thing they ever typed, so nothing is kept of it:
it comes by POST and so stands in no address, no history, no log and no link; the answer is not stored; and nothing here
remembers a word. Only words of pages are remembered, since everybody can read those."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from haven.pages.door import visitors
from haven.pages.situations import SITUATIONS
from haven.rulebook import shelf
from haven.rulebook.words import Text

MOST, WORDS, LETTERS = 20, 12, 200
ENDINGS: Final = ("ingen", "ing", "elijk", "ed", "en", "er", "ly", "te", "de", "es", "e", "s", "t", "d")


class Document(NamedTuple):
    """Something on the site. `says` is shown; `words` are only looked in: nobody meets a strong example unprepared."""

    address: str
    title: str
    says: str
    words: str = ""
    language: str = ""  # when it is not that of the frame


@visitors
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Among what the rulebook has."""
    return answered(request, of_the_rulebook())


def answered(request: HttpRequest, documents: Iterable[Document]) -> HttpResponse:
    """What is in the address is never looked at."""
    asked = request.POST.get("words", "")[:LETTERS].strip()
    told = {"asked": asked, "found": found(asked, list(documents)) if asked else []}
    return render(request, "pages/search.html", told | {"counsellor": shelf.current().provisions.counsellor})


def of_the_rulebook() -> Iterator[Document]:
    book = shelf.current()
    help_ = reverse("pages:provisions")
    for one in (*book.provisions.emergencies(), *book.provisions.fitting()):
        more = (one.for_whom, one.confidentiality_says)
        yield Document(
            f"{help_}#{one.key}" if not one.emergency else f"{help_}#emergencies", _(one.name), _(one.does), _all(more)
        )
    for key, situation in SITUATIONS.items():
        yield Document(reverse("pages:situation", args=[key]), str(situation.name), str(situation.says))
    for party in book.concerned:
        yield Document(
            reverse("pages:party", args=[party.key]),
            _(party.title),
            _(party.lead),
            _all((party.expect, party.help, party.told)),
        )
    for rules in book.procedures.now(localdate()):
        address = reverse("pages:procedure", args=[rules.key])
        yield Document(address, _(rules.name), _(rules.about), _all(step.name for step in rules.steps))
    yield from _own_pages()


def _own_pages() -> Iterator[Document]:
    definition = _(shelf.current().institution.definition)
    rules = _all(rule.says for rule in shelf.current().routes.governing)
    for name, title, says, words in (
        ("definition", gettext("What is undesirable behaviour?"), definition, ""),
        ("privacy", gettext("What we keep"), gettext("When your case is closed, your words are destroyed."), "privacy"),
        ("reading", gettext("Who can read along"), "", _all(route.about for route in shelf.current().routes)),
        ("whose", gettext("Which institution handles this?"), "", rules),
        ("accessibility", gettext("Accessibility"), "", ""),
    ):
        yield Document(reverse(f"pages:{name}"), title, says, words)


def _(text: Any) -> str:
    return str(text.say(get_language() or "nl"))


def _all(texts: Iterable[Text]) -> str:
    return " ".join(_(text) for text in texts)


def found(asked: str, documents: list[Document]) -> list[Document]:
    """The best first: those that have more of the words, and the rarer ones. Small mistakes are looked through."""
    indexed = [(document, *_indexed(document)) for document in documents]
    seen = Counter(stem for _document, title, words in indexed for stem in title | words)
    wanted = [_known(stem, seen) for stem in list(dict.fromkeys(_stems(asked)))[:WORDS]]
    rated = [
        (sum(_weight(stems, title, words, seen, len(indexed)) for stems in wanted), document)
        for document, title, words in indexed
    ]
    best = sorted(((rating, document) for rating, document in rated if rating), key=lambda pair: -pair[0])
    return [document for _rating, document in best[:MOST]]


def _known(stem: str, seen: Counter[str]) -> set[str]:
    """What on the site begins with this word; or else what is nearly written so."""
    return {one for one in seen if one.startswith(stem)} or {*get_close_matches(stem, seen, n=3, cutoff=0.75)}


def _weight(stems: set[str], title: frozenset[str], words: frozenset[str], seen: Counter[str], of: int) -> float:
    """A word that is on every page says nothing; one in a title says much."""
    hits = stems & (title | words)
    return max(((4 if one in title else 1) * max(0.0, 1 - seen[one] / (of * 0.6)) for one in hits), default=0.0)


@lru_cache(maxsize=2000)
def _indexed(document: Document) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(_stems(document.title)), frozenset(_stems(f"{document.says} {document.words}"))


def _stems(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    for word in re.findall(r"[^\W_]{2,}", "".join(one for one in plain if not unicodedata.combining(one))):
        yield _stem(word)


def _stem(word: str) -> str:
    """Near enough in both languages: gepest, pesten and pest are one; so are report and reported."""
    if word.startswith("ge") and len(word) > 5:
        word = word[2:]
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= 4), "")
    return word.removesuffix(ending)
