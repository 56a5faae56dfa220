"""The gate of the desk: who may come in, and whether they unlocked. Every view goes through one of these."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from haven.cases.models import Case
from haven.cases.opened import OpenCase, open_case
from haven.cases.referral import open_referred
from haven.complaints.models import Complaint
from haven.complaints.opened import OpenComplaint, open_complaint
from haven.desk.key_forms import UnlockForm
from haven.desk.keychain import KEPT, unlock_page
from haven.people.access import SIGNED_IN, StaffRequest, View, open_to, staff_with
from haven.people.models import User
from haven.rulebook.roles import Right
from haven.vault.forms_state import seal_state
from haven.vault.unlocking import Keyring


class UnlockedRequest(HttpRequest):
    """A request of somebody who signed in and unlocked."""

    user: User
    keyring: Keyring


def signed_in(view: View) -> View:
    """Let in every member of staff: for what everybody here may know, and for one's own account."""
    return open_to(SIGNED_IN)(never_cache(login_required(view)))


def unlocked_with(right: Right) -> Callable[[View], View]:
    """Let in who holds `right` and has unlocked. Who has not unlocked is asked to, and comes back here."""

    def decorate(view: View) -> View:
        @staff_with(right)
        @wraps(view)
        def unlocked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.keyring is None:
                return ask_to_unlock(request)
            return view(request, *args, **kwargs)

        return unlocked

    return decorate


def asked_again(view: Callable[..., HttpResponseBase]) -> View:
    """Let in who shows once more that it is them: a browser that was left open is not enough for this."""
    again: View = reauthentication_required(view, app="allauth.mfa")
    return again


def case_with(right: Right) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """The same, for one case: the view gets it opened. No such case and no key to it are one answer."""

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @unlocked_with(right)
        @wraps(view)
        def opened(request: UnlockedRequest, reference: str, **kwargs: Any) -> Any:
            return view(request, find(request, reference), **kwargs)

        return opened

    return decorate


def referred_with(right: Right) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """The same, for what another team referred: the view gets that, and nothing else of the case."""

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @unlocked_with(right)
        @wraps(view)
        def opened(request: UnlockedRequest, part: UUID, **kwargs: Any) -> Any:
            try:
                found = open_referred(part, request.keyring)
            except Case.DoesNotExist:
                raise Http404 from None
            return view(request, found, **kwargs)

        return opened

    return decorate


def complaint_with(right: Right) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """The same, for one formal complaint: who has no seat in it, or no key to it, gets what is not there."""

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @unlocked_with(right)
        @wraps(view)
        def opened(request: UnlockedRequest, reference: str, **kwargs: Any) -> Any:
            return view(request, find_complaint(request, reference), **kwargs)

        return opened

    return decorate


def find_complaint(request: UnlockedRequest, reference: str) -> OpenComplaint:
    try:
        return open_complaint(reference, keyring=request.keyring, by=request.user)
    except Complaint.DoesNotExist:
        raise Http404 from None


def find(request: UnlockedRequest, reference: str) -> OpenCase:
    try:
        return open_case(reference, keyring=request.keyring, by=request.user)
    except Case.DoesNotExist:
        raise Http404 from None


def ask_to_unlock(request: StaffRequest) -> HttpResponse:
    """To the unlock page and back. What was typed meanwhile travels along, sealed, in the form itself."""
    if request.method != "POST":
        return redirect(f"{reverse('desk:unlock')}?{urlencode({'next': request.get_full_path()})}")
    typed = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    kept = {"to": request.path, "typed": typed, "by": request.user.pk}
    form = UnlockForm(initial={"kept": seal_state(kept, purpose=KEPT)})
    return render(request, "desk/unlock.html", unlock_page(form))
