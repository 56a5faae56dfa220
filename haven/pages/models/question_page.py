"""All questions on one page, by group; for everyone, or for one audience."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from haven.pages.models.base import HousePage, NarrowedPage, Part, chosen_for, texts
from haven.pages.models.question import Question, answered


class QuestionIndexPage(NarrowedPage):
    lead = models.TextField(_("first words"), blank=True)

    for_each = True
    template = "pages/written/questions.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with questions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        groups = answered(self.locale.language_code, chosen_for(request))
        return super().get_context(request, *args, **kwargs) | {"groups": groups}

    def parts(self) -> Iterable[Part]:
        for one in Question.objects.read_in(self.locale.language_code):
            if one.answers:
                yield Part(f"q-{one.slug}", one.asks, "", "\n".join(texts(one.answers)))
