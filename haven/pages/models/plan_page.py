"""The plan in public: what is done and why, what has not begun, what was let go; and how the plan itself changed."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from haven.pages import plan
from haven.pages.models.action import State
from haven.pages.models.base import HousePage
from haven.pages.models.naming import Component
from haven.pages.models.planned import Planned, Reading, in_force
from haven.pages.models.version import KINDS, Version, VersionChange

NAMES: dict[str, Any] = {
    "title": _("Title"),
    "text": _("What is done"),
    "window": _("When"),
    "reason": _("Why now, or later"),
    "partner": _("With whom"),
    "component": _("Component"),
    "unit": _("Who does it"),
    "priority": _("Priority"),
    "targets": _("For whom"),
    "findings": _("What it rests on"),
}


class PlanPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with the action plan")

    def get_template(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
        return "pages/planning/difference.html" if two_versions(request) else "pages/planning/plan.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        versions, two = list(Version.objects.order_by("-number")), two_versions(request)
        told = {"versions": versions, "newest": next(iter(versions), None)}
        told |= difference(*two) if two else overview(request.GET.get("state", ""))
        return super().get_context(request, *args, **kwargs) | told


def two_versions(request: HttpRequest) -> tuple[Version, Version] | None:
    """Those in the address (`?from=1&to=2`), the older one first; None where the address names no two of them."""
    asked = {request.GET.get(name, "") for name in ("from", "to")}
    numbers = [int(one) for one in asked if one.isdecimal() and len(one) < 5]
    found = list(Version.objects.filter(number__in=numbers).order_by("number"))
    return (found[0], found[1]) if len(found) == 2 else None


def overview(state: str) -> dict[str, Any]:
    """`counted`: how many there are of each state, over all; the list below may be of one state."""
    every = in_force()
    counted = [(one, [a for a in every if a.state == one]) for one in State]
    shown = [one for one in every if one.state == state] if state in State.values else every
    return {
        "counted": [(one, len(of_it)) for one, of_it in counted if of_it],
        "chosen": state if state in State.values else "",
        "groups": grouped(shown),
        "all_of_them": len(every),
        "ideas": sum(len(one.used) + len(one.ideas) for one in every),
    }


def grouped(actions: list[Planned]) -> list[tuple[str, list[Planned]]]:
    """By component, in the order of the components; one that is not there any more keeps its key as name."""
    names = [one.name for one in Component.objects.all()]
    names += sorted({one.told["component"] for one in actions} - set(names))
    found = [(name, [one for one in actions if one.told["component"] == name]) for name in names]
    return [(name, of_it) for name, of_it in found if of_it]


def difference(older: Version, newer: Version) -> dict[str, Any]:
    """Each action that is not the same in both, with what was said and is said, and every reason given in between."""
    reading = Reading()
    given: dict[str, list[VersionChange]] = {}
    between = VersionChange.objects.filter(version__number__gt=older.number, version__number__lte=newer.number)
    for one in between.select_related("version"):
        given.setdefault(one.action, []).append(one)
    found = [
        {
            "kind": one.kind,
            "label": KINDS[one.kind],
            "key": one.key,
            "title": reading.of("title", one.after or one.before),
            "text": reading.of("text", one.after or one.before),
            "rows": [(NAMES[name], reading.of(name, one.before), reading.of(name, one.after)) for name in one.fields],
            "reasons": given.get(one.key, []),
        }
        for one in plan.changes(older.actions, newer.actions)
    ]
    return {"older": older, "newer": newer, "changes": found}
