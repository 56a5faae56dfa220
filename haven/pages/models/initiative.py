"""What units do themselves, beside the plan. The full list is public; an update shows those that are highlighted."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel

from haven.pages import audience
from haven.pages.audience import Keys
from haven.pages.models.base import HousePage, chosen_for
from haven.pages.models.looking import InBothLanguages
from haven.pages.models.naming import InitiativeKind, Unit
from haven.pages.models.pairs import InLanguage, a_line, a_text, beside


class Status(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")


class Initiative(InBothLanguages, models.Model):
    preview_template = "pages/planning/initiative_preview.html"
    key = models.SlugField(_("key"), unique=True, max_length=60, help_text=_("Short and fixed: links lead to it."))
    title_nl, title_en = a_line(_("title"))
    text_nl, text_en = a_text(_("text"))
    kind = models.ForeignKey(InitiativeKind, models.PROTECT, verbose_name=_("kind"), related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("who does it"), related_name="+")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.PLANNED)
    audiences = Keys(_("for whom"), help_text=_("Nobody chosen means everyone."))
    highlighted = models.BooleanField(
        _("highlighted"), default=False, help_text=_("It goes into the draft of the next update, once.")
    )
    link = models.URLField(_("more about it"), blank=True)

    title, text = InLanguage(), InLanguage()
    panels: ClassVar[list[Panel]] = [
        beside("title"),
        beside("text"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("unit"), FieldPanel("status")]),
        FieldPanel("audiences"),
        FieldPanel("highlighted"),
        FieldPanel("link"),
        FieldPanel("key"),
    ]

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering: ClassVar[list[str]] = ["unit__position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> Any:
        return Status(self.status).label

    def for_whom(self) -> list[str]:
        return audience.names(self.audiences)


class InitiativeIndexPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)

    template = "pages/planning/initiatives.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with initiatives")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Narrowed by what is in the address; a filter offers what there is, and nothing that would find nothing."""
        every = list(Initiative.objects.select_related("kind", "unit"))
        asked = {name: request.GET.get(name, "") for name in ("unit", "kind", "status")}
        chosen = chosen_for(request)
        shown = [one for one in every if _fits(one, asked) and audience.reads(chosen, one.audiences)]
        units = {one.unit.key: one.unit for one in every}.values()
        kinds = sorted({one.kind for one in every}, key=lambda kind: (kind.position, kind.pk))
        told = {"units": units, "kinds": kinds, "states": Status, "asked": asked, "chosen": chosen}
        told |= {
            "audiences": offered(every),
            "groups": [(unit, _of(unit, shown)) for unit in units if _of(unit, shown)],
        }
        return super().get_context(request, *args, **kwargs) | told | {"found": len(shown)}


def offered(written: Iterable[Any]) -> list[tuple[str, str]]:
    """The audiences that something is written for."""
    meant = {key for one in written for key in one.audiences}
    return [(key, name) for key, name in audience.named() if key in meant]


def _fits(one: Initiative, asked: dict[str, str]) -> bool:
    has = {"unit": one.unit.key, "kind": one.kind.key, "status": one.status}
    return all(not value or has[name] == value for name, value in asked.items())


def _of(unit: Unit, shown: list[Initiative]) -> list[Initiative]:
    return [one for one in shown if one.unit_id == unit.pk]
