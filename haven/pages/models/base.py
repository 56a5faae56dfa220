"""What every written page has: its place in a tree, its languages, and an address that leads past no door."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page

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


class Part(NamedTuple):
    """Something on a page that can be found by itself, such as one question."""

    anchor: str
    title: str
    says: str
    words: str = ""


class HousePage(Page):
    """Give a subclass its fields, `content_panels`, a template, and where it may stand."""

    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug"), FieldPanel("search_description")]
    settings_panels: ClassVar[list[Panel]] = [PublishingPanel()]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug in DOORS:
            raise ValidationError({"slug": _("Something else is at this address. Choose another one.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`borrowed`: the page is shown in its own language, since it is not there in that of the frame."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        written, frame = self.locale.language_code, asked_in(request)
        return context | {"written_in": written, "borrowed": written != frame, "others": self.tongues(frame)}

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
                yield from map(strip_tags, field.stream_block.get_searchable_content(value))
            elif isinstance(field, models.CharField | models.TextField) and value and not field.choices:
                yield str(value)

    def parts(self) -> Iterable[Part]:
        """For a page that shows a list of things: each of them can be found by itself."""
        return ()

    def tongues(self, frame: str) -> list[Tongue]:
        """This page in the other languages; where it is not there, its own words in that frame."""
        there = {page.locale.language_code: page for page in self.get_translations(inclusive=True).live()}
        own = self.get_url() or "/"
        bare = own.removeprefix(f"/{self.locale.language_code}")
        return [
            Tongue(code, TONGUES[code], there[code].get_url() if code in there else f"/{code}{bare}")
            for code in shelf.current().institution.languages
            if code != frame
        ]


def asked_in(request: HttpRequest) -> str:
    """The language in the address. In the editor there is none, and a page is looked at in its own."""
    return getattr(request, "asked_in", None) or get_language() or "nl"
