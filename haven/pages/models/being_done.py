"""What the front page shows of the plan: that something is being done, and what can be joined."""

from typing import Any, Final

from wagtail.models import Locale

from haven.pages.models.action import Action, State
from haven.pages.models.activity import Activity
from haven.pages.models.activity_page import ActivityIndexPage
from haven.pages.models.base import HousePage
from haven.pages.models.plan_page import PlanPage
from haven.pages.models.update import UpdateIndexPage, UpdatePage
from haven.pages.models.version import Version

FEW: Final = 3


def being_done(locale: Locale) -> dict[str, Any]:
    """The newest update, what moved last in the plan, and what comes next; with where to read on."""
    plan, updates, calendar = (_page(kind, locale) for kind in (PlanPage, UpdateIndexPage, ActivityIndexPage))
    told: dict[str, Any] = {"plan": plan, "updates": updates, "calendar": calendar}
    told["update"] = UpdatePage.objects.live().child_of(updates).order_by("-month").first() if updates else None
    told["moving"] = _moving() if plan else []
    told["coming"] = list(Activity.objects.ahead()[:FEW]) if calendar else []
    return told


def _page(kind: type[HousePage], locale: Locale) -> HousePage | None:
    found: HousePage | None = kind.objects.live().filter(locale=locale).first()
    return found


def _moving() -> list[Action]:
    """Of the public plan, what is under way: the last that moved stands first."""
    newest = Version.newest()
    rows = Action.objects.filter(key__in=newest.actions if newest else ()).prefetch_related("history")
    running = [(one.latest.on, one) for one in rows if one.latest and one.state == State.RUNNING]
    return [one for _on, one in sorted(running, key=lambda pair: pair[0], reverse=True)[:FEW]]
