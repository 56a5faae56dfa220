"""What every written page has: its place in a tree, its languages, and an address that leads past no door."""

from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel, PublishingPanel
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
        "feeds",
        "gallery",
        "help",
        "input",
        "letter",
        "media",
        "sign-in",
        "statements",
    }
)
"""What stands first in the address of something else; a page with such a name would never be reached."""


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

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> Any:
        """Its place in the tree of its language is its address. The editor's own way looks up every site and language
        for each link of a page, which took more than half of its time. Some kinds stand at an address of the house."""
        language, _slash, rest = self.url_path.lstrip("/").partition("/")
        stands_where_it_is = type(self).get_url_parts is Page.get_url_parts
        if stands_where_it_is and language in TONGUES:
            return f"/{language}/{rest}"
        return super().get_url(request, current_site)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`borrowed`: the page is shown in its own language, since it is not there in that of the frame."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        written, frame = self.locale.language_code, asked_in(request)
        return context | {
            "written_in": written,
            "borrowed": written != frame,
            "others": self.tongues(frame, chosen_for(request)),
        }

    def tongues(self, frame: str, audience: str = "") -> list[Tongue]:
        """This page in the other languages; where it is not there, its own words in that frame."""
        there = {
            page.locale.language_code: page
            for page in self.get_translations(inclusive=True).live().select_related("locale")
        }
        own = self.get_url() or "/"
        bare = own.removeprefix(f"/{self.locale.language_code}")
        rest = f"?for={audience}" if audience else ""
        return [
            Tongue(code, TONGUES[code], (there[code].get_url() if code in there else f"/{code}{bare}") + rest)
            for code in shelf.current().institution.languages
            if code != frame
        ]


class NarrowedPage(HousePage):
    """A page that can be read as one audience (`?for=`). `for_each`: the page of every audience leads to it."""

    for_each: ClassVar[bool] = False

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`who` reads, if that was said; `tabs`: the pages of the audiences, to choose from."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen, audiences = chosen_for(request), shelf.current().audiences
        beside = self.get_siblings().live().filter(audiencepage__isnull=False).select_related("audiencepage")
        tabs = [page.audiencepage for page in beside]
        return context | {"chosen": chosen, "who": audiences[chosen] if chosen else None, "tabs": tabs}


def asked_in(request: HttpRequest) -> str:
    """The language in the address. In the editor there is none, and a page is looked at in its own."""
    return getattr(request, "asked_in", None) or get_language() or "nl"


def chosen_for(request: HttpRequest) -> str:
    """The audience in the address (`?for=`), or nothing: who says less sees everything. Kept nowhere."""
    asked = request.GET.get("for", "")
    return asked if asked in shelf.current().audiences else ""
