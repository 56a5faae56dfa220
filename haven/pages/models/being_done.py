"""What the front page shows of the plan: that something is being done, and what can be joined. Asked in few and small
questions, since it stands where most people come."""

from typing import Any, Final, NamedTuple

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from haven.pages.models.action import Progress, State
from haven.pages.models.activity import Activity
from haven.pages.models.activity_page import ActivityIndexPage
from haven.pages.models.plan_page import PlanPage
from haven.pages.models.update import UpdateIndexPage, UpdatePage
from haven.voices.models import PlanLine

FEW: Final = 3
WHERE: Final = {"plan": PlanPage, "updates": UpdateIndexPage, "calendar": ActivityIndexPage, "update": UpdatePage}
TOLD: Final = ("content_type", "title", "url_path", "updatepage__month", "updatepage__on", "updatepage__lead")


class Moving(NamedTuple):
    """An action that is under way, by its public title."""

    key: str
    title: str
    label: Any
    percent: int | None


def being_done(locale: Locale) -> dict[str, Any]:
    """The newest update, what moved last in the plan, and what comes next; with where to read on."""
    told: dict[str, Any] = _pages(locale)
    told["moving"] = _moving(locale.language_code) if told["plan"] else []
    told["coming"] = list(Activity.objects.ahead()[:FEW]) if told["calendar"] else []
    return told


def _pages(locale: Locale) -> dict[str, Any]:
    """Where they stand and what is said there, asked in one question. Of the updates the newest."""
    kinds = {ContentType.objects.get_for_model(kind).pk: name for name, kind in WHERE.items()}
    found = Page.objects.live().filter(locale=locale, content_type__in=kinds)
    lines = found.order_by("updatepage__month").values_list(*TOLD, named=True)
    return dict.fromkeys(WHERE) | {kinds[one.content_type]: one for one in lines}


def _moving(language: str) -> list[Moving]:
    """The last that moved stands first."""
    titles, newest = PlanLine.objects.filter(in_plan=True).titles(language), dict[str, tuple[str, int | None]]()
    steps = Progress.objects.filter(action__key__in=titles).order_by("-on", "-pk")
    for key, state, percent in steps.values_list("action__key", "state", "percent"):
        newest.setdefault(key, (state, percent))
    running = [(key, percent) for key, (state, percent) in newest.items() if state == State.RUNNING]
    return [Moving(key, titles[key], State.RUNNING.label, percent) for key, percent in running[:FEW]]
