"""Browsers in which somebody has signed in before, with both factors.

Wrong passwords are counted by account, since no address arrives (config/wsgi.py). Whoever types them on purpose would
keep the owner out; so the owner's own browser is counted apart. The cookie is sealed, and opens nothing.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from haven.people.models import User
from haven.vault.errors import CannotOpen
from haven.vault.forms_state import open_state, seal_state

PURPOSE = "known browser"
DAYS = 90


def remember(response: HttpResponse, user: User) -> HttpResponse:
    response.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        seal_state({"login": user.email.lower()}, purpose=PURPOSE),
        max_age=DAYS * 24 * 60 * 60,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def login_of(request: HttpRequest) -> str:
    """Who signed in here before; nothing when nobody did."""
    try:
        state, hours = open_state(request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""), purpose=PURPOSE)
    except CannotOpen:
        return ""
    return str(state["login"]) if hours < DAYS * 24 else ""
