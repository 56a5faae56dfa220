"""A colleague of a team is away for a while, or back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haven.desk.absence_forms import AbsenceForm
from haven.desk.views.people import colleague_of
from haven.notices.actions import tell
from haven.people.absence import absence, may_write, write_absence
from haven.people.access import StaffRequest, staff_with
from haven.rulebook.roles import Right


@require_http_methods(["GET", "POST"])
@staff_with(Right.ENDORSE)
def away(request: StaffRequest, person: int) -> HttpResponse:
    """One's own, or of a colleague who fell ill; they get a mail when somebody else wrote it."""
    colleague = colleague_of(person)
    form, writes = AbsenceForm(request.POST or None, absence=absence(colleague)), may_write(request.user, colleague)
    if writes and form.is_valid():
        told = form.cleaned_data
        write_absence(colleague, told["away_from"], told["away_until"], by=request.user)
        tell([colleague] if colleague != request.user else [], "keys")
        messages.success(request, _("Kept."))
        return redirect("desk:person", person)
    context = {"form": form, "person": colleague, "writes": writes}
    return render(request, "desk/away.html", context, status=422 if form.errors else 200)
