"""The accessibility statement: how far, what is not good enough, why, and what is done by when."""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.fields import StreamField

from haven.pages.models.base import HousePage


class Status(models.TextChoices):
    FULL = "full", _("Meets the standard in full")
    PARTIAL = "partial", _("Meets the standard in part")
    NONE = "none", _("Does not meet the standard")


class Deviation(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What is not good enough"), max_length=160)
    cause = blocks.TextBlock(label=_("Cause"), rows=2)
    consequence = blocks.TextBlock(label=_("Consequence"), rows=2)
    measure = blocks.TextBlock(label=_("Measure"), rows=2)
    by = blocks.DateBlock(label=_("Ready by"))


DEVIATIONS: Final = [("deviation", Deviation(label=_("Deviation"), icon="warning"))]


class AccessibilityPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    standard = models.CharField(_("standard"), max_length=60, default="WCAG 2.2 AA")
    made_on = models.DateField(_("made on"))
    checked_on = models.DateField(_("checked on"))
    recheck_on = models.DateField(_("checked again by"))
    how = models.TextField(_("how it is checked"))
    contact = models.TextField(_("when something does not work"))
    deviations = StreamField(DEVIATIONS, verbose_name=_("what is not good enough yet"), blank=True)

    template = "pages/written/accessibility.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("status"), FieldPanel("standard")]),
        FieldRowPanel([FieldPanel(name) for name in ("made_on", "checked_on", "recheck_on")]),
        FieldPanel("how"),
        FieldPanel("deviations"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")

    @property
    def stands_at(self) -> str:
        """Where the house's own statement would."""
        return "about/accessibility/"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"today": localdate()}
