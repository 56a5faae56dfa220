"""Stepping back from what another team referred. The page shows nothing of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haven.cases import giving_back
from haven.cases.referral import Referred
from haven.desk.gate import UnlockedRequest, referred_with
from haven.rulebook.roles import Right


@require_http_methods(["GET", "POST"])
@referred_with(Right.READ_CASE)
def give_back(request: UnlockedRequest, found: Referred) -> HttpResponse:
    """Asks once and never why. Looking at this page is not reading, and leaves no line."""
    return _answer(request, found, home="desk:inbox")


@require_http_methods(["GET", "POST"])
@referred_with(Right.KEEP_COMPLAINTS)
def give_back_as_officer(request: UnlockedRequest, found: Referred) -> HttpResponse:
    """The same for a complaints officer, to whom a referral comes that can become a complaint. One that was made of
    it stays: that is a matter of its own, with a seat to leave."""
    return _answer(request, found, home="desk:complaints")


def _answer(request: UnlockedRequest, found: Referred, *, home: str) -> HttpResponse:
    if request.POST.get("sure"):
        giving_back.give_back(found, request.keyring, by=request.user)
        messages.success(request, _("You stepped back. For you this referral is not there any more."))
        return redirect(home)
    return render(request, "desk/give_back.html", {"found": found, "home": home})
