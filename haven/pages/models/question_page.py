"""All questions on one page, by group; for everyone, or for one audience."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from haven.pages.models.audience import AudiencePage
from haven.pages.models.base import HousePage, chosen_for
from haven.pages.models.question import answered
from haven.rulebook import shelf


class QuestionIndexPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)

    template = "pages/written/questions.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with questions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        chosen = chosen_for(request)
        told: dict[str, Any] = {"groups": answered(self.locale.language_code, chosen)}
        told["who"] = shelf.current().audiences[chosen] if chosen else None
        told["tabs"] = AudiencePage.objects.live().filter(locale=self.locale).order_by("path")
        return super().get_context(request, *args, **kwargs) | told
