"""The calendar of the coming half year, and below it the page of each activity."""

from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.url_routing import RouteResult

from haven.pages import audience
from haven.pages.models.activity import Activity, Outcome
from haven.pages.models.base import HousePage, chosen_for
from haven.pages.models.initiative import offered
from haven.pages.models.plan_page import PlanPage
from haven.pages.models.update import first_of


class ActivityIndexPage(HousePage):
    lead = models.TextField(_("first words"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [*HousePage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("page with activities")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """An activity is one row in both languages, and has its address below this page in each."""
        if len(path_components) == 1 and self.live and Activity.objects.filter(key=path_components[0]).exists():
            return RouteResult(self, kwargs={"key": path_components[0]})
        return super().route(request, path_components)

    def get_template(self, _request: HttpRequest, *_args: Any, key: str = "", **_kwargs: Any) -> str:
        return "pages/planning/activity.html" if key else "pages/planning/activities.html"

    def get_context(self, request: HttpRequest, *args: Any, key: str = "", **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if not key:
            return context | calendar(chosen_for(request))
        others = [replace(one, address=f"{one.address.partition('?')[0]}{key}/") for one in context["others"]]
        return context | {"others": others, "plan": self._plan(), **one_of_them(key)}

    def _plan(self) -> PlanPage | None:
        found: PlanPage | None = PlanPage.objects.live().filter(locale=self.locale).first()
        return found


def calendar(chosen: str) -> dict[str, Any]:
    """By month. Below it what came out of what is over."""
    every = list(Activity.objects.ahead().select_related("series"))
    shown = [one for one in every if audience.reads(chosen, one.audiences)]
    months = [
        (month, list(of_it)) for month, of_it in groupby(shown, key=lambda one: first_of(one.when or localdate()))
    ]
    over = Activity.objects.exclude(pk__in=[one.pk for one in every]).filter(outcomes__isnull=False).distinct()
    return {"months": months, "chosen": chosen, "audiences": offered(every), "over": over}


def _month(one: Activity) -> date:
    return first_of(one.when or localdate())


def one_of_them(key: str) -> dict[str, Any]:
    activity = Activity.objects.select_related("series", "unit").get(key=key)
    beside = Activity.objects.ahead().filter(series=activity.series).exclude(pk=activity.pk) if activity.series else []
    outcomes = Outcome.objects.filter(activity=activity).select_related("action")
    return {"activity": activity, "beside": beside, "outcomes": outcomes}
