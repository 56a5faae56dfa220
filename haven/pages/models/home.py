"""The front page."""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages import front
from haven.pages.blocks import BODY
from haven.pages.models.base import HousePage
from haven.pages.models.being_done import being_done
from haven.pages.models.standard import CampaignPage, StandardPage
from haven.pages.models.tiles import Tile, tiles
from haven.pages.models.topic import of_these_days

FURTHER: Final = (CampaignPage, StandardPage)


class HomePage(HousePage):
    """Three situations and the two ways on are always there. What is left empty is said as the house says it."""

    heading = models.CharField(_("heading"), max_length=160, blank=True)
    lead = models.TextField(_("first words"), blank=True)
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    template = "pages/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = tiles(self.get_children())
        told = front.told() | of_these_days(self.locale.language_code) | being_done(self.locale)
        told["audience_pages"] = [one for one in below if one.audience]
        told["around"] = _around(told["plan"], below)
        leads = [one for one in below if one.kind in FURTHER or one.kind.for_each]
        told["further"] = [one for one in leads if one != told["around"]]
        return super().get_context(request, *args, **kwargs) | told


def _around(plan: Any, below: list[Tile]) -> Tile | None:
    """The page that the plan stands below: it is led to from what is being done."""
    where = plan.url_path if plan else ""
    return next((one for one in below if where != one.address and where.startswith(one.address)), None)
