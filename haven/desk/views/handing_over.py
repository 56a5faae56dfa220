"""The cases of a colleague who goes away, or who leaves, go on with another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haven.cases import handing_over
from haven.cases.handing_over import Done
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.handing_over_forms import HandOver
from haven.desk.listing import rows
from haven.people.models import User
from haven.rulebook.roles import Right


@require_http_methods(["GET", "POST"])
@unlocked_with(Right.ASSIGN)
def give_cases(request: UnlockedRequest, person: int) -> HttpResponse:
    """Only cases the viewer can open stand in the list: of others they do not learn that they exist."""
    whose = get_object_or_404(User.objects.known(), pk=person)
    cases = handing_over.cases_of(whose, request.keyring)
    form = HandOver(request.POST or None, cases=cases, whose=whose)
    if form.is_valid():
        by, keyring = request.user, request.keyring
        _tell(request, handing_over.hand_over(form.chosen, to=form.colleague, whose=whose, keyring=keyring, by=by))
        return redirect("desk:give_cases", person)
    listed = rows(cases, keyring=request.keyring, on=localdate())
    context = {"person": whose, "form": form, "rows": listed}
    return render(request, "desk/give_cases.html", context, status=422 if form.errors else 200)


def _tell(request: UnlockedRequest, done: Done) -> None:
    if done.went:
        messages.success(request, _("Handed over: %(cases)s.") % {"cases": ", ".join(done.went)})
    if done.stays:
        stays = _("Not handed over, because this colleague may not read it: %(cases)s.")
        messages.warning(request, stays % {"cases": ", ".join(done.stays)})
    if done.still:
        messages.warning(request, _("Still to come: %(cases)s. Press again.") % {"cases": ", ".join(done.still)})
