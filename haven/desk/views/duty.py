"""The duty roster of one's own teams."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haven.desk.duty_forms import DutyForm, rosters, teams_of
from haven.people import duty as roster
from haven.people.access import StaffRequest, staff_with
from haven.people.models import Duty
from haven.rulebook.roles import Right


@require_http_methods(["GET", "POST"])
@staff_with(Right.SCREEN)
def duty(request: StaffRequest) -> HttpResponse:
    """Who is on duty, when nobody is, and a form to change that."""
    if "strike" in request.POST:
        return _strike(request)
    form = DutyForm(request.POST or None, by=request.user)
    try:
        if form.is_valid():
            roster.enter(form.duty, by=request.user)
            messages.success(request, _("Kept."))
            return redirect("desk:duty")
    except roster.NotOnThisTeam:
        form.add_error("person", _("Choose people who read for this team."))
    context = {"form": form, "rosters": rosters(request.user)}
    return render(request, "desk/duty.html", context, status=422 if form.errors else 200)


def _strike(request: StaffRequest) -> HttpResponse:
    number, own = request.POST["strike"], [route.key for route in teams_of(request.user)]
    found = Duty.objects.filter(pk=number if number.isdigit() else 0, route__in=own).first()
    if found is not None:
        roster.strike(found, by=request.user)
        messages.success(request, _("Taken out of the roster."))
    return redirect("desk:duty")
