"""A statement to agree or disagree with, and to talk about: with questions for a group, as a poster and on a screen."""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages import audience, code
from haven.pages.audience import Keys
from haven.pages.models.base import HousePage, NarrowedPage, chosen_for

GUIDE: Final = [("question", blocks.CharBlock(label=_("Question to talk about"), max_length=250))]
VIEWS: Final = ("poster", "screen")


class StatementIndexPage(NarrowedPage):
    lead = models.TextField(_("first words"), blank=True)

    for_each = True
    template = "pages/written/statements.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.StatementPage"]
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with statements")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        chosen, there = chosen_for(request), StatementPage.objects.live().child_of(self).order_by("path")
        fitting = [page for page in there if audience.reads(chosen, page.audiences)]
        return super().get_context(request, *args, **kwargs) | {"statements": fitting}


class StatementPage(HousePage):
    """The title is the statement. Its key is the same in every language, so that all languages are counted together."""

    why = models.TextField(_("why it is worth a talk"), blank=True)
    audiences = Keys(verbose_name=_("for whom"), help_text=_("Nothing ticked means everyone."))
    guide = StreamField(GUIDE, verbose_name=_("discussion guide"), blank=True)
    poll = models.BooleanField(_("ask who agrees"), default=True, help_text=_("One click, without a name."))

    template = "pages/written/statement.html"
    parent_page_types: ClassVar[list[str]] = ["pages.StatementIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldPanel("why"),
        FieldPanel("audiences"),
        FieldPanel("guide"),
        FieldPanel("poll"),
    ]

    class Meta:
        verbose_name = _("statement")

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """`?view=poster` to print, `?view=screen` to show in a hall (R-003-28)."""
        if request.GET.get("view") in VIEWS:
            return "pages/written/poster.html"
        template: str = super().get_template(request, *args, **kwargs)
        return template

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        view = request.GET.get("view")
        if view not in VIEWS:
            return context | {"meant": audience.names(self.audiences)}
        address = request.build_absolute_uri(self.get_url())
        return context | {
            "view": view,
            "says": self.title,
            "below": self.why,
            "code": code.drawn(address),
            "address": address,
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A ballot is good for one vote, so the page is drawn anew for everybody."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response
