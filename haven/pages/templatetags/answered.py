"""“What you told us, and what we did”: which actions of the plan rest on an overview. One way: an action names an
overview, and an overview names no case."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import get_language

from haven.pages.models.action import State
from haven.pages.models.plan_page import PlanPage
from haven.pages.models.planned import in_force
from haven.pages.released import released
from haven.register.models import Period

register = template.Library()


@register.inclusion_tag("pages/planning/answered.html")
def answered(periods: Iterable[Period]) -> dict[str, Any]:
    """Actions of the plan in force that name one of these, with the name of the overview where there are several."""
    named = {one.label: released(one.label) for one in periods}
    there = PlanPage.objects.live().filter(locale__language_code=(get_language() or "nl")[:2]).first()
    found = [one for one in in_force() if one.row and one.row.overview in named and one.state != State.DROPPED]
    lines = [(one, named[one.row.overview]) for one in found if one.row]
    return {"lines": lines if there else [], "plan": there, "several": len(named) > 1}


@register.filter
def overview_name(label: str) -> str:
    """Nothing while it was not released: then there is nothing to read at its address."""
    return released(label)
