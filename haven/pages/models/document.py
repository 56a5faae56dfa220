"""A document such as the integrity code: the version in force is read first, the others stay readable (R-001-14)."""

from datetime import date
from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages import code
from haven.pages.audience import Keys
from haven.pages.blocks import text
from haven.pages.models.base import HousePage
from haven.pages.models.statement import VIEWS


class Article(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = text(_("Text"))


class Version(blocks.StructBlock):
    number = blocks.CharBlock(label=_("Version"), max_length=20)
    from_on = blocks.DateBlock(label=_("In force from"))
    until = blocks.DateBlock(label=_("Until and including"), required=False)
    changes = blocks.TextBlock(label=_("What changed"), rows=2)
    agreed_by = blocks.CharBlock(label=_("Agreed by"), required=False, max_length=200)
    articles = blocks.ListBlock(Article(), label=_("Articles"))


VERSIONS: Final = [("version", Version(label=_("Version"), icon="doc-full"))]


class DocumentPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)
    audiences = Keys(verbose_name=_("for whom"), help_text=_("Nothing ticked means everyone."))
    versions = StreamField(VERSIONS, verbose_name=_("versions"))

    template = "pages/written/document.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("audiences"),
        FieldPanel("versions"),
    ]

    class Meta:
        verbose_name = _("document")

    def repeats(self) -> list[str]:
        """A version says much of what the one before said."""
        return []

    def in_force(self, on: date) -> Any:
        """The newest that began by this day and did not end before it."""
        begun = (one.value for one in self.versions if one.value["from_on"] <= on)
        lasting = [one for one in begun if not one["until"] or one["until"] >= on]
        return max(lasting, key=lambda one: one["from_on"], default=None)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """An article on a poster or a screen: rules of courtesy where everybody sees them (R-003-28)."""
        if self._article(request) is not None:
            return "pages/written/poster.html"
        template: str = super().get_template(request, *args, **kwargs)
        return template

    def _article(self, request: HttpRequest) -> Any:
        view, number, now = request.GET.get("view"), request.GET.get("article", ""), self.in_force(localdate())
        if view not in VIEWS or not number.isdecimal() or now is None or not 1 <= int(number) <= len(now["articles"]):
            return None
        return now["articles"][int(number) - 1]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        now, article = self.in_force(localdate()), self._article(request)
        if article is not None:
            address = request.build_absolute_uri(self.get_url())
            context |= {"view": request.GET["view"], "says": article["title"], "rich": article["text"]}
            return context | {"code": code.drawn(address), "address": address}
        others = [one.value for one in self.versions if one.value is not now]
        return context | {"now": now, "others_of_it": sorted(others, key=lambda one: one["from_on"], reverse=True)}
