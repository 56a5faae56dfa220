"""What every written page has: its place in a tree, its languages, and an address that leads past no door."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.html import strip_tags
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel, PublishingPanel
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import RichText

from haven.pages import translations
from haven.pages.models.looking import LookedAt
from haven.pages.reading_along import HintsPanel, hints
from haven.pages.repeats import repeated
from haven.pages.settled import settle
from haven.rulebook import shelf
from haven.ui.frame import TONGUES, Tongue

DOORS: Final = frozenset(
    {
        "about",
        "contact",
        "desk",
        "edit",
        "exit",
        "expect",
        "feeds",
        "gallery",
        "help",
        "input",
        "letter",
        "media",
        "search",
        "sign-in",
    }
)
"""What stands first in the address of something else; a page with such a name would never be reached."""


NO_WORDS: Final = frozenset({"link", "provision"})  # of blocks: an address, and a key of the rulebook


class Part(NamedTuple):
    """Something on a page that can be found by itself, such as one question."""

    anchor: str
    title: str
    says: str
    words: str = ""


class HousePage(LookedAt, Page):
    """Give a subclass its fields, `content_panels`, a template, and where it may stand. `for_each`: the page of every
    audience leads to it."""

    for_each: ClassVar[bool] = False
    content_panels: ClassVar[list[Panel]] = [HintsPanel(heading=_("Wants a look")), *Page.content_panels]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug"), FieldPanel("search_description")]
    settings_panels: ClassVar[list[Panel]] = [PublishingPanel()]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug in DOORS:
            raise ValidationError({"slug": _("Something else is at this address. Choose another one.")})

    @property
    def stands_at(self) -> str:
        """Its address behind the language: its place in the tree. Some kinds stand at an address of the house."""
        return str(self.url_path.lstrip("/").partition("/")[2])

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> Any:  # noqa: ARG002  theirs
        """The editor's own way looks up every site and language for each link of a page, which took more than half of
        its time."""
        language = self.url_path.lstrip("/").partition("/")[0]
        return f"/{language}/{self.stands_at}" if language in TONGUES else None

    url = property(get_url)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        return parts and (parts[0], parts[1], self.get_url())

    def get_view_restrictions(self) -> Any:
        """Of this page and those above it. Where nobody made any, which is nearly everywhere, one look is enough."""
        every = PageViewRestriction.objects.all()
        return super().get_view_restrictions() if every.exists() else every.none()

    def get_admin_display_title(self) -> str:
        """In the lists of the editor and above the page itself: with how it stands to the other language."""
        title, state = super().get_admin_display_title(), translations.state(self)
        return f"{title} ({state})" if state else title

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        own = self.locale.language_code
        others = [code for code in shelf.current().institution.languages if code != own]
        return [("", TONGUES[own]), *((code, TONGUES[code]) for code in others)]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().serve(request, *args, **kwargs)
        if isinstance(answer, SimpleTemplateResponse):
            answer.add_post_render_callback(settle)
        return answer

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """In the other language: the page as it was last written there; or else this one, as it is shown instead."""
        request.asked_in = mode_name or self.locale.language_code  # type: ignore[attr-defined]  # the frame
        there = self.get_translations().filter(locale__language_code=mode_name).first() if mode_name else None
        shown = there.get_latest_revision_as_object() if there else self
        with override(request.asked_in):  # type: ignore[attr-defined]
            answer: HttpResponse = shown.previewed(request)
            return answer.render() if hasattr(answer, "render") else answer

    def previewed(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = super().serve_preview(request, "")
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`borrowed`: the page is shown in its own language, since it is not there in that of the frame."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        written, frame = self.locale.language_code, asked_in(request)
        return context | {
            "written_in": written,
            "borrowed": written != frame,
            "others": self.tongues(frame, chosen_for(request)),
            "hints": hints(self) if getattr(request, "is_preview", False) else (),
        }

    @property
    def summary(self) -> str:
        """What is said of this page elsewhere."""
        return str(self.search_description or getattr(self, "lead", ""))

    @property
    def words(self) -> str:
        """All its text, as it is looked through by who searches, and by what reads along with editors."""
        return "\n".join(self.told())

    def told(self) -> Iterable[str]:
        for field in self._meta.local_concrete_fields:
            value = getattr(self, field.name)
            if isinstance(field, StreamField):
                yield from texts(value)
            elif isinstance(field, models.CharField | models.TextField) and value and not field.choices:
                yield str(value)

    def repeats(self) -> list[str]:
        """Paragraphs that say what was said before."""
        return repeated(self.words.splitlines(), ())

    def parts(self) -> Iterable[Part]:
        """For a page that shows a list of things: each of them can be found by itself."""
        return ()

    def tongues(self, frame: str, audience: str = "") -> list[Tongue]:
        """This page in the other languages; where it is not there, its own words in that frame."""
        there = Page.objects.live().filter(translation_key=self.translation_key).order_by()
        places = dict(there.values_list("locale__language_code", "url_path"))
        if type(self).stands_at is not HousePage.stands_at:
            places = {}  # it stands at the same address in every language
        rest = f"?for={audience}" if audience else ""
        return [
            Tongue(code, TONGUES[code], places.get(code, f"/{code}/{self.stands_at}") + rest)
            for code in shelf.current().institution.languages
            if code != frame
        ]


class NarrowedPage(HousePage):
    """A page that can be read as one audience (`?for=`)."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`who` reads, if that was said; `tabs`: the audiences that have a page, to choose from."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen, audiences = chosen_for(request), shelf.current().audiences
        beside = self.get_siblings().live().filter(audiencepage__isnull=False)
        keys = beside.values_list("audiencepage__audience", flat=True)
        tabs = [audiences[key] for key in keys if key in audiences]
        return context | {"chosen": chosen, "who": audiences[chosen] if chosen else None, "tabs": tabs}


def texts(value: Any) -> Iterator[str]:
    """What there is to read in a value of blocks, each paragraph and each point of a list on a line of its own."""
    if isinstance(value, RichText):
        yield strip_tags(re.sub(r"</(?:p|li)>", "\n", value.source))
    elif isinstance(value, str):
        yield value
    else:
        for one in _inside(value):
            yield from texts(one)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return [one for name, one in value.items() if name not in NO_WORDS]
    if isinstance(value, StreamValue):
        return [child.value for child in value]
    return value if isinstance(value, ListValue) else ()


def asked_in(request: HttpRequest) -> str:
    """The language in the address. In the editor there is none, and a page is looked at in its own."""
    return getattr(request, "asked_in", None) or get_language() or "nl"


def chosen_for(request: HttpRequest) -> str:
    """The audience in the address (`?for=`), or nothing: who says less sees everything. Kept nowhere."""
    asked = request.GET.get("for", "")
    return asked if asked in shelf.current().audiences else ""
