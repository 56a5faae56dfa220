"""A question of a privacy officer to people of a team, one by one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haven.cases import enquiry
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.desk.enquiry_forms import Enquire, EnquiryAnswer
from haven.desk.gate import UnlockedRequest, case_with, unlocked_with
from haven.desk.views.deeds import do
from haven.rulebook.roles import Right


@require_POST
@case_with(Right.ANSWER)
def enquire(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Enquire(request.POST, opened=opened)
    return do(request, opened, form, lambda d: enquiry.ask(opened, d["text"], to=d["to"]), _("Recorded."))


@require_http_methods(["GET", "POST"])
@unlocked_with(Right.READ_CASE)
def asked(request: UnlockedRequest, part: UUID) -> HttpResponse:
    """What this person was asked. The request itself is not here, and its reference neither."""
    found, form = next((one for one in enquiry.asked_of(request.keyring) if one.part == part), None), None
    if found is None:
        raise Http404
    form = EnquiryAnswer(request.POST or None)
    if form.is_valid():
        try:
            enquiry.answer(request.keyring, part, **form.cleaned_data, by=request.user)
        except Case.DoesNotExist:
            raise Http404 from None
        messages.success(request, _("Recorded."))
        return redirect("desk:inbox")
    return render(request, "desk/asked.html", {"found": found, "form": form}, status=422 if form.errors else 200)
