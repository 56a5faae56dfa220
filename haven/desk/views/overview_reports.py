"""Yearly reports of contact point and confidential counsellors: figures that are public, and words beside them."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.complaints.models import YearlyReport
from haven.desk import yearly_desk
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.overview_report import CONTACT_POINT, COUNSELLORS, kind_of
from haven.desk.yearly_desk import Place
from haven.rulebook.roles import Right

BACK: Final = {CONTACT_POINT: "overviews", COUNSELLORS: "released"}
both = require_http_methods(["GET", "POST"])


@both
@unlocked_with(Right.PUBLISH_OVERVIEWS)
def contact_point_report(request: UnlockedRequest, year: int) -> Any:
    return _page(request, _place(CONTACT_POINT, year))


@require_POST
@unlocked_with(Right.PUBLISH_OVERVIEWS)
def contact_point_deed(request: UnlockedRequest, year: int, deed: str) -> HttpResponse:
    return yearly_desk.deed(request, _place(CONTACT_POINT, year), deed)


@require_safe
@unlocked_with(Right.PUBLISH_OVERVIEWS)
def contact_point_file(request: UnlockedRequest, year: int, made: UUID) -> Any:
    return yearly_desk.file(request, _place(CONTACT_POINT, year), made)


@both
@unlocked_with(Right.COUNSEL)
def counsellors_report(request: UnlockedRequest, year: int) -> Any:
    """Counsellors write beside the same figures as everybody reads; nothing of what one of them was told is here."""
    return _page(request, _place(COUNSELLORS, year))


@require_POST
@unlocked_with(Right.COUNSEL)
def counsellors_deed(request: UnlockedRequest, year: int, deed: str) -> HttpResponse:
    return yearly_desk.deed(request, _place(COUNSELLORS, year), deed)


@require_safe
@unlocked_with(Right.COUNSEL)
def counsellors_file(request: UnlockedRequest, year: int, made: UUID) -> Any:
    return yearly_desk.file(request, _place(COUNSELLORS, year), made)


def _place(key: str, year: int) -> Place:
    return Place(kind_of(key, year), year, key, (year,), BACK[key])


def _page(request: UnlockedRequest, place: Place) -> Any:
    """Before it was begun: a button. Afterwards the draft, or what was finished."""
    if request.POST.get("do") == "begin":
        return _begun(request, place)
    if not YearlyReport.objects.filter(procedure=place.kind.key, year=place.year).exists():
        return render(request, "desk/yearly/begin.html", {"at": place, "name": place.kind.name})
    return yearly_desk.page(request, place)


def _begun(request: UnlockedRequest, place: Place) -> HttpResponse:
    try:
        why = yearly_desk.begun(request, place)
    except YearlyReport.DoesNotExist:
        why = now("A colleague began it. You get a key when that colleague keeps or sends something.")
    if why:
        messages.warning(request, why)
    return redirect(place.list if why else place.page)
