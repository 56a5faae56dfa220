"""The toolkit: all of it, or what fits one audience, one kind, one language. Chosen in the address; kept nowhere."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from haven.pages import audience
from haven.pages.models.base import HousePage, NarrowedPage, Part, chosen_for
from haven.pages.models.toolkit import Kind, ToolkitItem, languages


class ToolkitPage(NarrowedPage):
    lead = models.TextField(_("first words"), blank=True)

    for_each = True
    template = "pages/written/toolkit.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with the toolkit")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        chosen, kind, spoken = chosen_for(request), request.GET.get("kind", ""), request.GET.get("in", "")
        items = ToolkitItem.objects.read_in(self.locale.language_code)
        if kind in Kind.values:
            items = items.filter(kind=kind)
        fitting = [one for one in items if audience.reads(chosen, one.audiences)]
        if spoken in dict(languages()):
            fitting = [one for one in fitting if spoken in one.languages]
        told = {"items": fitting, "kinds": Kind.choices, "kind": kind, "tongues_given": languages(), "spoken": spoken}
        return super().get_context(request, *args, **kwargs) | told

    def parts(self) -> Iterable[Part]:
        for one in ToolkitItem.objects.read_in(self.locale.language_code):
            yield Part(f"t-{one.slug}", one.title, one.text)
