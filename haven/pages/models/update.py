"""What happened in a month, what comes, and what others do: drafted from the plan, finished by an editor."""

from datetime import date
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField

from haven.pages import audience
from haven.pages.audience import Keys
from haven.pages.blocks import text
from haven.pages.models.action import Action
from haven.pages.models.base import HousePage, chosen_for
from haven.pages.models.initiative import Initiative, offered
from haven.pages.models.plan_page import PlanPage
from haven.pages.repeats import repeated


def actions() -> list[tuple[str, str]]:
    return [(one.key, one.title) for one in Action.objects.all()]


def initiatives() -> list[tuple[str, str]]:
    return [(one.key, one.title) for one in Initiative.objects.all()]


class Line(blocks.StructBlock):
    text = text(_("Text"))
    action = blocks.ChoiceBlock(label=_("About this action"), choices=actions, required=False)
    initiative = blocks.ChoiceBlock(label=_("Or about this initiative"), choices=initiatives, required=False)


LINES: Final = [("line", Line(label=_("Line"), icon="list-ul"))]
SECTIONS: Final = {
    "happening": _("What is happening now?"),
    "coming": _("What will we do?"),
    "highlights": _("Highlighted"),
}


def first_of(day: date) -> date:
    return day.replace(day=1)


class UpdatePage(HousePage):
    month = models.DateField(_("month"), help_text=_("Any day of the month that it is about."))
    on = models.DateField(_("day"), default=localdate)
    audiences = Keys(_("for whom"), help_text=_("Nobody chosen means everyone."))
    quiet = models.BooleanField(
        _("a quiet month"), default=False, help_text=_("There is little to tell, and we say so.")
    )
    lead = models.TextField(_("first words"), blank=True)
    happening = StreamField(LINES, verbose_name=SECTIONS["happening"], blank=True)
    coming = StreamField(LINES, verbose_name=SECTIONS["coming"], blank=True)
    highlights = StreamField(LINES, verbose_name=SECTIONS["highlights"], blank=True)
    call = models.TextField(_("call to take part"), blank=True)
    contact = models.EmailField(_("mail address for taking part"), blank=True)
    link = models.CharField(
        _("or a form"), max_length=200, blank=True, help_text=_("An address on this site, such as /contact/.")
    )

    template = "pages/planning/update.html"
    parent_page_types: ClassVar[list[str]] = ["pages.UpdateIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *HousePage.content_panels,
        FieldRowPanel([FieldPanel("month"), FieldPanel("on"), FieldPanel("quiet")]),
        FieldPanel("audiences"),
        FieldPanel("lead"),
        *(FieldPanel(name) for name in SECTIONS),
        MultiFieldPanel([FieldPanel("call"), FieldPanel("contact"), FieldPanel("link")], heading=_("Taking part")),
    ]

    class Meta:
        verbose_name = _("update of a month")

    def clean(self) -> None:
        super().clean()
        self.month = self.month and first_of(self.month)
        told = any((self.happening, self.coming, self.highlights))
        if not told and not self.quiet:
            raise ValidationError(
                {"quiet": _("There is nothing in it. Say that it is a quiet month, or write something.")}
            )

    def sections(self) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        """Those with something in them: each line with the action or the initiative that it is about. The lines as they
        lie there: a block of the editor asks for all actions and initiatives, to choose from."""
        known: dict[str, Any] = {f"action {one.key}": one for one in Action.objects.prefetch_related("history")}
        known |= {f"initiative {one.key}": one for one in Initiative.objects.select_related("unit")}
        return [
            (heading, [(one["value"], _about(one["value"], known)) for one in getattr(self, name).raw_data])
            for name, heading in SECTIONS.items()
            if getattr(self, name)
        ]

    def paragraphs(self) -> list[str]:
        lines = [strip_tags(one.value["text"].source) for name in SECTIONS for one in getattr(self, name)]
        return [*filter(None, self.lead.splitlines()), *lines]

    def before(self) -> "UpdatePage | None":
        """The one of an earlier month, in the same language."""
        earlier = UpdatePage.objects.live().filter(locale=self.locale, month__lt=self.month)
        found: UpdatePage | None = earlier.order_by("-month").first()
        return found

    def repeats(self) -> list[str]:
        before = self.before()
        return repeated(self.paragraphs(), before.paragraphs() if before else [])

    def for_whom(self) -> list[str]:
        return audience.names(self.audiences)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = {"sections": self.sections(), "index": self.get_parent().specific_deferred}
        told["plan"] = PlanPage.objects.live().filter(locale=self.locale).first()
        return super().get_context(request, *args, **kwargs) | told


def _about(line: Any, known: dict[str, Any]) -> Any:
    return known.get(f"action {line['action']}") or known.get(f"initiative {line['initiative']}")


class UpdateIndexPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)

    template = "pages/planning/updates.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["pages.UpdatePage"]
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with the monthly updates")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        chosen = chosen_for(request)
        every = self.months()
        shown = [(month, one) for month, one in every if one is None or audience.reads(chosen, one.audiences)]
        told = {"months": shown, "chosen": chosen, "audiences": offered(one for _month, one in every if one)}
        return super().get_context(request, *args, **kwargs) | told

    def published(self) -> models.QuerySet[UpdatePage]:
        found: models.QuerySet[UpdatePage] = UpdatePage.objects.live().child_of(self).order_by("-month")
        return found

    def months(self) -> list[tuple[date, UpdatePage | None]]:
        """Every month from now back to the first update. A month that passed without one is there too, and says so."""
        there = {one.month: one for one in self.published()}
        month, found = first_of(localdate()), []
        while there and month >= min(there):
            if month in there or month < first_of(localdate()):
                found.append((month, there.get(month)))
            month = first_of(date.fromordinal(month.toordinal() - 1))
        return found
