"""What is pointed out to an editor before others read it. Nothing here refuses: the editor decides.

Dutch is for everybody, also for who learned it later (B1). How hard a text is, is guessed with the measure of W.H.
Douma, which is Flesch's for Dutch: it knows long sentences and long words, and nothing of what they say."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.panels import Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from haven.pages import terms

EASY_FROM, ENOUGH_WORDS, LONG_SENTENCE, FEW = 55.0, 30, 25, 3
SENTENCE, WORD, VOWELS = (
    re.compile(r"[.!?:]+\s+|\n+"),
    re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*"),
    re.compile("[aeiouyàáâäèéêëìíîïòóôöùúûü]+"),
)
LINKS = re.compile(r'linktype="page"[^>]*\bid="(\d+)"|\bid="(\d+)"[^>]*linktype="page"|href="([^"]+)"')


def hints(page: Any) -> list[str]:
    """Sentences, in the language of who reads them. None is a fine page."""
    return [*_terms(page), *_reading(page), *_repeats(page), *_links(page), *_pictures(page)]


class HintsPanel(Panel):
    """At the head of the form: what is pointed out about the page as it was last saved, also while it is a draft."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/edit/hints.html"

        @cached_property
        def hints(self) -> list[str]:
            return hints(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.hints)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"hints": self.hints}


def _terms(page: Any) -> Iterator[str]:
    """It is published all the same: somebody may have to quote it."""
    for term in terms.wrong_in(f"{page.title}\n{page.search_description}\n{page.words}"):
        yield _("It says “%(term)s”. We say “%(meant)s”.") % {"term": term, "meant": terms.MEANT[term]}


def _reading(page: Any) -> Iterator[str]:
    text = page.words
    long = next((one for one in SENTENCE.split(text) if len(WORD.findall(one)) > LONG_SENTENCE), None)
    if long:
        yield _("A long sentence: “%(words)s …”") % {"words": " ".join(long.split()[:8])}
    if page.locale.language_code == "nl" and (ease := ease_of(text)) is not None and ease < EASY_FROM:
        yield _("This Dutch is hard to read (%(ease)d; %(enough)d is fine). Shorter sentences and words help.") % {
            "ease": round(ease),
            "enough": EASY_FROM,
        }


def _repeats(page: Any) -> Iterator[str]:
    for one in page.repeats()[:FEW]:
        yield _("This was said before: “%(words)s …”") % {"words": " ".join(one.split()[:8])}


def ease_of(text: str) -> float | None:
    """Of Dutch: 100 is very easy, 0 very hard. None when there is too little to tell."""
    words = WORD.findall(text)
    sentences = [one for one in SENTENCE.split(text) if WORD.search(one)]
    if len(words) < ENOUGH_WORDS:
        return None
    syllables = sum(max(1, len(VOWELS.findall(word.lower()))) for word in words)
    return 206.84 - 77.0 * syllables / len(words) - 0.93 * len(words) / len(sentences)


def _links(page: Any) -> Iterator[str]:
    for page_id, address in links_of(page):
        if page_id and not Page.objects.live().filter(pk=page_id).exists():
            yield _("A link leads to a page that nobody can read.")
        elif address.startswith("/") and not _is_there(address, page.locale.language_code):
            yield _("A link leads nowhere: %(address)s") % {"address": address}


def _pictures(page: Any) -> Iterator[str]:
    """A draft may be kept without; it cannot be published so."""
    for value in _values(page):
        if isinstance(value, dict) and "alternative" in value and not value["alternative"]:
            yield _("A picture does not say what it shows, for who cannot see it.")


def _values(page: Any) -> Iterator[Any]:
    """Everything in the blocks of a page, from the outside in."""
    for field in page._meta.local_concrete_fields:  # noqa: SLF001  the fields of a model are nowhere else
        if isinstance(field, StreamField):
            yield from _within(list(getattr(page, field.name).raw_data))


def _within(value: Any) -> Iterator[Any]:
    yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _within(one)


def outside(page: Any) -> list[str]:
    """The addresses elsewhere that this page leads to."""
    return [address for _page, address in links_of(page) if address.startswith(("http://", "https://"))]


def links_of(page: Any) -> Iterator[tuple[int | None, str]]:
    """To a page by its number, or to an address."""
    for value in _values(page):
        if isinstance(value, str):
            for before, after, address in LINKS.findall(value):
                yield (int(before or after), "") if before or after else (None, address)
        elif isinstance(value, dict):
            yield from _of_a_card(value)


def _of_a_card(value: dict[str, Any]) -> Iterator[tuple[int | None, str]]:
    if isinstance(value.get("page"), int):
        yield value["page"], ""
    if value.get("link"):
        yield None, str(value["link"])


def _is_there(address: str, language: str) -> bool:
    """With the language before it, as `in_language` writes it on the page."""
    path = re.sub(r"[?#].*", "", address)
    whole = path if re.match(r"/(nl|en)/", path) else f"/{language}{path}"
    try:
        with override(whole[1:3]):
            found = resolve(whole)
    except Resolver404:
        return False
    if found.url_name != "wagtail_serve":
        return True
    slugs = [part for part in whole.split("/")[2:] if part]
    return bool(slugs) and Page.objects.live().filter(slug=slugs[-1], depth=len(slugs) + 2).exists()
