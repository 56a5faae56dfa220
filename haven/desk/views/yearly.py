"""The yearly report of the complaints officers: the years, the draft of one, and what is done when it is finished."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.complaints import tallying
from haven.complaints.models import YearlyReport
from haven.complaints.yearly import OfComplaints
from haven.desk import yearly_desk
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.yearly_desk import Place
from haven.desk.yearly_page import lines_of
from haven.rulebook.roles import Right

both = require_http_methods(["GET", "POST"])


@require_safe
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_reports(request: UnlockedRequest) -> HttpResponse:
    """Every year that is over, and how far its report is."""
    return render(request, "desk/yearly/list.html", {"lines": lines_of(request.keyring, request.user, localdate())})


@require_POST
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_begin(request: UnlockedRequest, procedure: str, year: int) -> HttpResponse:
    """Count what ended, and open the draft."""
    try:
        why = yearly_desk.begun(request, _place(procedure, year))
    except YearlyReport.DoesNotExist:
        messages.success(request, now("What you can open is counted. A colleague has the draft."))
        return redirect("desk:yearly_reports")
    if why:
        messages.warning(request, why)
        return redirect("desk:yearly_reports")
    return redirect("desk:yearly_report", procedure, year)


@both
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_report(request: UnlockedRequest, procedure: str, year: int) -> Any:
    """Write, keep, look at it; or what was finished, and whom it was sent to."""
    return yearly_desk.page(request, _place(procedure, year))


@require_POST
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_deed(request: UnlockedRequest, procedure: str, year: int, deed: str) -> HttpResponse:
    """Finish it, or write down that it was presented or sent."""
    return yearly_desk.deed(request, _place(procedure, year), deed)


@require_safe
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_file(request: UnlockedRequest, procedure: str, year: int, item: UUID) -> Any:
    """One file of a finished report."""
    return yearly_desk.file(request, _place(procedure, year), item)


def _place(procedure: str, year: int) -> Place:
    found = tallying.rules_of(procedure, year)
    if found is None or not 2000 <= year <= localdate().year:
        raise Http404
    return Place(OfComplaints(found), year, "yearly", (procedure, year), "yearly_reports")
