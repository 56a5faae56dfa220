"""A visit to the mailbox: the code, sealed, in a cookie that ends with the browser. The server keeps nothing of it."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haven.dialogue.actions import OpenMailbox, open_mailbox
from haven.intake.message import Message
from haven.people.access import View
from haven.reporter.door import reporters
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FormKind
from haven.vault.errors import CannotOpen, Mistyped
from haven.vault.forms_state import open_state, seal_state

IDLE_MINUTES = 20
PURPOSE = "mailbox"


def keep(response: HttpResponse, code: str) -> HttpResponse:
    """Open the visit, or keep it open for another twenty minutes."""
    value = seal_state({"code": code, "until": int(time()) + IDLE_MINUTES * 60}, purpose=PURPOSE)
    response.set_cookie(settings.MAILBOX_COOKIE_NAME, value, httponly=True, samesite="Strict", secure=settings.HTTPS)
    return response


def code_of(request: HttpRequest) -> str:
    """The code of the running visit, or nothing."""
    try:
        state, _hours = open_state(request.COOKIES.get(settings.MAILBOX_COOKIE_NAME, ""), purpose=PURPOSE)
    except CannotOpen:
        return ""
    return str(state["code"]) if state["until"] >= time() else ""


def found(code: str) -> OpenMailbox | None:
    try:
        return open_mailbox(code) if code else None
    except Mistyped:
        return None


def visiting(view: Callable[..., HttpResponse]) -> View:
    """A page inside the mailbox. Who comes without a running visit is asked for the code, and loses no word."""

    @reporters
    @wraps(view)
    def visited(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        code = code_of(request)
        box = found(code)
        if box is None:
            return ask_again(request)
        response = view(request, box, **kwargs)
        return response if settings.MAILBOX_COOKIE_NAME in response.cookies else keep(response, code)

    return visited


def lost_code() -> tuple[FormKind, ...]:
    """What somebody can fill in who cannot come back to what they wrote."""
    return shelf.current().intake.offered("lost_code")


def ask_again(request: HttpRequest) -> HttpResponse:
    """The code once more. A message that was being written waits in the form, and stands in the mailbox afterwards."""
    asked = {"message": Message.posted(request) if request.method == "POST" else None, "again": True}
    told = asked | {"minutes": IDLE_MINUTES, "forms": lost_code()}
    response = render(request, "reporter/mailbox.html", told, status=403)
    response.delete_cookie(settings.MAILBOX_COOKIE_NAME, samesite="Strict")
    return response
