"""Figures for the team, from the viewer's own keys. They stand on this page and leave it in no other way."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from haven.cases.models import Case
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.rulebook.roles import Right


@require_safe
@unlocked_with(Right.READ_REGISTER)
def figures(request: UnlockedRequest) -> HttpResponse:
    """What waits and what is late, and the share of first contacts that were tried in time (R-002-14)."""
    mine, today = Case.objects.granted_to(request.keyring), localdate()
    counted = mine.contact_figures(today)
    work = mine.counts(today) | {"own": mine.running().filter(handler=request.user).count()}
    decided = counted["in_time"] + counted["late"] + counted["missed"]
    share = round(100 * counted["in_time"] / decided) if decided else None
    return render(request, "desk/figures.html", {"work": work, "counted": counted, "decided": decided, "share": share})
