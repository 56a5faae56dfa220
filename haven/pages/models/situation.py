"""One of the three situations: what you can do, how, and whom to contact (R-004-14). One text, in which a step
may be for some only; so an editor keeps one page for each, and nobody compares three."""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages.models.base import HousePage, NarrowedPage, chosen_for
from haven.pages.situations import SITUATIONS
from haven.pages.steps import STEPS, for_reader
from haven.rulebook import shelf

ON_THE_PAGE: Final = frozenset({"main", "what", "how", "whom", "audiences", "emergency"})


class SituationPage(NarrowedPage):
    situation = models.CharField(
        _("situation"), max_length=10, choices=[(key, one.name) for key, one in SITUATIONS.items()]
    )
    lead = models.TextField(_("first words"))
    what = StreamField(STEPS, verbose_name=_("what you can do"))
    how = StreamField(STEPS, verbose_name=_("how to do it"))
    whom = StreamField(STEPS, verbose_name=_("whom you can turn to"))

    template = "pages/written/situation.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldPanel("situation"),
        FieldPanel("lead"),
        FieldPanel("what"),
        FieldPanel("how"),
        FieldPanel("whom"),
    ]

    class Meta:
        verbose_name = _("page for a situation")

    @property
    def stands_at(self) -> str:
        """Where the house's own page for this situation would: tiles everywhere lead there."""
        return f"help/{self.situation}/"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        book, chosen, taken = shelf.current(), chosen_for(request), set(ON_THE_PAGE)
        told: dict[str, Any] = {
            part: for_reader(getattr(self, part), chosen, taken) for part in ("what", "how", "whom")
        }
        told |= {"provisions": book.provisions.fitting(chosen), "counsellor": book.provisions.counsellor}
        told |= {"situations": SITUATIONS, "here": self.situation, "drawn": SITUATIONS[self.situation].drawing}
        told["forms"] = book.intake.offered("someone_confided") if self.situation == "other" else ()
        return super().get_context(request, *args, **kwargs) | told
