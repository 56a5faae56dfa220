"""One page that holds everything a regulator asks for. Each block of the rulebook has a place that cannot stay empty,
and every version that was ever published stays readable."""

from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import PageLogEntry, Revision

from haven.pages.blocks import text
from haven.pages.models.base import HousePage
from haven.rulebook import shelf


def asked_for() -> list[tuple[str, str]]:
    return [(one.key, one.label.say(get_language() or "nl")) for one in shelf.current().site.required_blocks]


class Required(blocks.StructBlock):
    about = blocks.ChoiceBlock(label=_("What is asked for"), choices=asked_for)
    title = blocks.CharBlock(label=_("Heading"), max_length=160)
    text = text(_("Text"))


class Change(blocks.StructBlock):
    number = blocks.CharBlock(label=_("Version"), max_length=20)
    on = blocks.DateBlock(label=_("On"))
    changes = blocks.TextBlock(label=_("What changed"), rows=2)


BLOCKS: Final = [("block", Required(label=_("Block"), icon="doc-full"))]
CHANGES: Final = [("version", Change(label=_("Version"), icon="history"))]


class RequiredPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)
    blocks = StreamField(BLOCKS, verbose_name=_("what is asked for"))
    changes = StreamField(CHANGES, verbose_name=_("versions"), blank=True)

    template = "pages/written/required.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("blocks"),
        FieldPanel("changes"),
    ]

    class Meta:
        verbose_name = _("page with required blocks")

    def clean(self) -> None:
        super().clean()
        there = {block.value["about"] for block in self.blocks}
        missing = [label for key, label in asked_for() if key not in there]
        if missing:
            raise ValidationError({"blocks": _("Still missing: %(what)s") % {"what": ", ".join(missing)}})

    def published(self) -> list[tuple[Revision, Any]]:
        """Every version that anybody could read, the newest first, with the day on which it came."""
        log = PageLogEntry.objects.filter(page=self.pk, action="wagtail.publish", revision__isnull=False)
        return [(one.revision, one.timestamp) for one in log.select_related("revision").order_by("-timestamp", "-pk")]

    def as_of(self, request: HttpRequest) -> Any:
        """`?version=`: as it was published then. A draft that never was published is nobody's."""
        asked = request.GET.get("version", "")
        earlier = [one for one, _day in self.published() if str(one.pk) == asked]
        return earlier[0].as_object() if earlier else self

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown, published = self.as_of(request), self.published()
        told = {"shown": shown, "earlier": shown is not self, "published": published}
        told["counsellor"] = shelf.current().provisions.counsellor
        return super().get_context(request, *args, **kwargs) | told
