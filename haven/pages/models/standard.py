"""A page with a heading and text; and the same for a campaign, which a partner body may write too (R-002-06)."""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages.blocks import BODY
from haven.pages.models.base import HousePage
from haven.pages.models.tiles import tiles

TEMPLATE: Final = "pages/written/standard.html"


class TextPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"below": tiles(self.get_children())}


class StandardPage(TextPage):
    template = TEMPLATE
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.AudiencePage", "pages.StandardPage"]

    class Meta:
        verbose_name = _("page")


class CampaignPage(TextPage):
    """Stands below the first page of campaigns, which is planted with the tree."""

    template = TEMPLATE
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.CampaignPage"]
    subpage_types: ClassVar[list[str]] = ["pages.CampaignPage"]

    class Meta:
        verbose_name = _("page of a campaign")
