"""A visit: the session of the keys, found by a cookie that ends with the browser. Every page inside asks here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from haven.complaints import entering
from haven.complaints.models import Party
from haven.complaints.opened import OpenParty, open_party
from haven.parties.door import parties
from haven.parties.forms import ComeIn
from haven.people.access import View
from haven.vault.errors import CannotOpen
from haven.vault.forms_state import open_state, seal_state
from haven.vault.unlocking import IDLE, Keyring

MINUTES = int(IDLE.total_seconds() // 60)
KEPT = "party words"
SECRET = frozenset({"secret", "code", "passphrase", "again"})


def keep(response: HttpResponse, keyring: Keyring) -> HttpResponse:
    """Open the visit in this browser. The server forgets it after some minutes without use."""
    secret = entering.open_session(keyring)
    response.set_cookie(settings.PARTY_COOKIE_NAME, secret, httponly=True, samesite="Strict", secure=settings.HTTPS)
    return response


def found(request: HttpRequest) -> OpenParty | None:
    secret = request.COOKIES.get(settings.PARTY_COOKIE_NAME, "")
    keyring = entering.session_keyring(secret) if secret else None
    try:
        return open_party(keyring) if keyring else None
    except Party.DoesNotExist:
        return None


def visiting(view: Callable[..., HttpResponseBase]) -> View:
    """A page inside, also before confidentiality was accepted. Who comes without a running visit comes in first."""

    @parties
    @wraps(view)
    def visited(request: HttpRequest, **kwargs: Any) -> Any:
        opened = found(request)
        return ask_again(request) if opened is None else view(request, opened, **kwargs)

    return visited


def accepted(view: Callable[..., HttpResponseBase]) -> View:
    """A page that opens something of the complaint: not before confidentiality was accepted (R-001-105)."""

    @visiting
    @wraps(view)
    def after(request: HttpRequest, opened: OpenParty, **kwargs: Any) -> Any:
        if opened.party.accepted_on is None:
            return redirect("parties:confidential")
        return view(request, opened, **kwargs)

    return after


def ask_again(request: HttpRequest) -> HttpResponse:
    """The way in once more, the same for every address. What was typed waits, sealed, in the form itself."""
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in SECRET}
    kept = seal_state({"to": request.path, "typed": typed}, purpose=KEPT) if typed else ""
    told = {"form": ComeIn(), "again": True, "kept": kept, "minutes": MINUTES}
    response = render(request, "parties/enter.html", told, status=403)
    response.delete_cookie(settings.PARTY_COOKIE_NAME, samesite="Strict")
    return response


def carry_on(request: HttpRequest, kept: str) -> HttpResponse:
    """To the complaint; or to a page that holds what was typed before the visit ended, ready to be sent."""
    try:
        state = open_state(kept, purpose=KEPT)[0] if kept else {}
    except CannotOpen:
        state = {}
    if not state:
        return redirect("parties:open")
    words = [text for name, texts in state["typed"].items() if name in {"words", "title"} for text in texts if text]
    return render(request, "parties/carry_on.html", {"to": state["to"], "typed": state["typed"], "words": words})
