"""What works here or elsewhere, and what nobody has solved yet (R-003-17, R-004-56)."""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages.blocks import text
from haven.pages.models.base import HousePage

ORIGINS: Final = [("here", _("From a unit of ours")), ("elsewhere", _("From elsewhere"))]


class Practice(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    origin = blocks.ChoiceBlock(label=_("Where it comes from"), choices=ORIGINS)
    source = blocks.CharBlock(label=_("Whose it is"), max_length=160)
    text = text(_("Text"))
    used = blocks.TextBlock(label=_("What we do with it"), required=False, rows=2)
    link = blocks.URLBlock(label=_("Link"), required=False)


PRACTICES: Final = [
    ("practice", Practice(label=_("Good practice"), icon="tick")),
    ("gap", Practice(label=_("Not solved yet"), icon="help")),
]


class PracticePage(HousePage):
    lead = models.TextField(_("first words"), blank=True)
    practices = StreamField(PRACTICES, verbose_name=_("good practice"), blank=True)

    template = "pages/written/practices.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead"), FieldPanel("practices")]

    class Meta:
        verbose_name = _("page with good practice")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        names = dict(ORIGINS)
        told: dict[str, list[Any]] = {"practice": [], "gap": []}
        for one in self.practices:
            told[one.block_type].append((one.value, names.get(one.value["origin"], "")))
        return super().get_context(request, *args, **kwargs) | told
