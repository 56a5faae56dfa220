"""Overviews at the desk: the plan of a year, closing a period, looking at it, and releasing it. Two people for each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haven.desk import overview_deeds as deeds
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.overview_forms import PlanForm
from haven.desk.overview_report import CONTACT_POINT, COUNSELLORS, lines_of
from haven.desk.overviewpage import drawn_beside, rows, years
from haven.people.access import StaffRequest, permits, staff_with
from haven.register import guide
from haven.register.models import Period, Plan
from haven.register.plan import Refused
from haven.register.told import Overview
from haven.register.why import WHY
from haven.rulebook.declared import is_label
from haven.rulebook.roles import Right
from haven.ui.sending import as_file


@require_safe
@staff_with(Right.PUBLISH_OVERVIEWS)
def overviews(request: StaffRequest) -> HttpResponse:
    """The plans of this year and the next, and every period that has begun."""
    today = localdate()
    told = {
        "years": years(request.user, today),
        "rows": rows(request.user, today),
        "total": deeds.last_total(),
        "reports": lines_of(CONTACT_POINT),
    }
    return render(request, "desk/overview/overviews.html", told | {"form": PlanForm()})


@require_safe
@staff_with(Right.READ_OVERVIEWS)
def released(request: StaffRequest) -> HttpResponse:
    """What was released, for who has no keys and no other work here (R-002-06)."""
    found = [*map(Overview, Period.objects.released())]
    told = {"overviews": found, "reports": lines_of(COUNSELLORS) if permits(request.user, Right.COUNSEL) else []}
    return render(request, "desk/overview/released.html", told)


@require_POST
@staff_with(Right.PUBLISH_OVERVIEWS)
def overview_propose(request: StaffRequest) -> HttpResponse:
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Give a whole number of cases."))
        return redirect("desk:overviews")
    try:
        deeds.propose(form.cleaned_data["year"], form.cleaned_data["estimate"], by=request.user)
    except Refused as why:
        return _refused(request, why)
    return _done(request, _("Proposed. A colleague looks at it, and agrees."))


@require_POST
@staff_with(Right.PUBLISH_OVERVIEWS)
def overview_agree(request: StaffRequest, plan: UUID) -> HttpResponse:
    """The second person freezes the plan."""
    try:
        deeds.agree(get_object_or_404(Plan, pk=plan), by=request.user)
    except Refused as why:
        return _refused(request, why)
    return _done(request, _("The plan is frozen. It is public now, and its counters are open."))


@require_POST
@staff_with(Right.PUBLISH_OVERVIEWS)
def overview_close(request: StaffRequest) -> HttpResponse:
    """The first person closes a period: its figures are frozen, and nobody outside sees them yet."""
    try:
        deeds.close(request.POST.get("label", ""), by=request.user)
    except Refused as why:
        return _refused(request, why)
    return _done(request, _("Closed. A colleague looks at it, and releases it."))


@require_safe
@staff_with(Right.PUBLISH_OVERVIEWS)
def overview(request: StaffRequest, label: str) -> HttpResponse:
    """A closed period, as everybody will see it."""
    period = _found(label)
    deeds.complete(period)
    seen = Overview(period)
    told: dict[str, Any] = {
        "overview": seen,
        "tables": drawn_beside(seen),
        "period": period,
        "own": period.closed_by == str(request.user.pk),
    }
    told |= {"promise": guide.promise(period.plan.declared), "reading": guide.reading(period.plan.declared)}
    told |= {"signed": deeds.is_signed(period), "files": period.files.order_by("name").values_list("name", "sha256")}
    return render(request, "desk/overview/overview.html", told | {"audits": period.audits.count()})


@require_POST
@unlocked_with(Right.PUBLISH_OVERVIEWS)
def overview_release(request: UnlockedRequest, label: str) -> HttpResponse:
    """The second person signs it with their own key; from then on everybody sees it."""
    try:
        deeds.publish(_found(label), by=request.user, keyring=request.keyring)
    except Refused as why:
        return _refused(request, why)
    return _done(request, _("Released. Everybody can read it on the site."))


@require_safe
@staff_with(Right.PUBLISH_OVERVIEWS)
def overview_file(request: StaffRequest, label: str, name: str) -> Any:  # noqa: ARG001  Django hands it over
    """One file of a closed period, to look at before it is released."""
    content = bytes(get_object_or_404(_found(label).files, name=name).content)
    shown = "image/svg+xml" if name.endswith(".svg") else ""
    return as_file(iter([content]), len(content), f"{label}-{name}", shown=shown)


def _found(label: str) -> Period:
    if not is_label(label):
        raise Http404
    return get_object_or_404(Period.objects.select_related("plan"), label=label, frozen_on__isnull=False)


def _refused(request: StaffRequest | UnlockedRequest, why: Refused) -> HttpResponse:
    messages.warning(request, str(WHY[str(why)]))
    return redirect("desk:overviews")


def _done(request: StaffRequest | UnlockedRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("desk:overviews")
