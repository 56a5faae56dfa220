"""The front page."""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages import front
from haven.pages.blocks import BODY
from haven.pages.models.accessibility import AccessibilityPage
from haven.pages.models.audience import AudiencePage
from haven.pages.models.base import HousePage
from haven.pages.models.being_done import being_done
from haven.pages.models.definition import DefinitionPage
from haven.pages.models.situation import SituationPage
from haven.pages.models.standard import CampaignPage, StandardPage
from haven.pages.models.topic import of_these_days

ELSEWHERE: Final = (SituationPage, DefinitionPage, AccessibilityPage)  # the front page leads to them by itself
FREE: Final = (CampaignPage, StandardPage)


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
        below = list(self.get_children().live().not_type(*ELSEWHERE).specific())
        pages = [page for page in below if isinstance(page, AudiencePage)]
        told = front.told() | of_these_days(self.locale.language_code) | {"audience_pages": pages}
        told |= being_done(self.locale)
        plan = told["plan"]
        told["around"] = next((page for page in below if plan and plan.is_descendant_of(page)), None)
        leads = [page for page in below if getattr(page, "for_each", False) or isinstance(page, FREE)]
        told["further"] = [page for page in leads if page != told["around"]]
        return super().get_context(request, *args, **kwargs) | told
