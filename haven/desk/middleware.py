"""Who signed in, and what they unlocked. The keyring lives on the request and is gone with it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haven.desk.home import INBOX, home, shut
from haven.people.access import SIGNED_IN
from haven.people.adapter import has_second_factor
from haven.people.models import User
from haven.rulebook.roles import Right
from haven.vault.unlocking import Keyring, session_keyring

SETTING_UP = ("account_", "mfa_")


class KeyringMiddleware:
    """Puts `keyring` on each request of the desk, and sends who has no second factor to set one up first (R-002-18)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.keyring = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        return by_button(request) if is_bare(request, response) else response

    def process_view(self, request: HttpRequest, view: object, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Only for pages of staff: a visit to another page does not even look at who somebody is."""
        audience = getattr(view, "open_to", None)
        user = request.user if isinstance(audience, Right) or audience == SIGNED_IN else None
        if not isinstance(user, User):
            return None
        match = request.resolver_match
        name = match.url_name if match else ""
        if match and match.app_name == "desk" and shut(user, name or ""):
            raise Http404
        if user.must_have_second_factor and not (name or "").startswith(SETTING_UP) and not has_second_factor(user):
            return redirect("mfa_activate_totp")
        if name == "inbox" and home(user) != INBOX:
            return redirect(home(user))  # mails lead everybody to the first page of the desk
        request.keyring = keyring_of(request, user)  # type: ignore[attr-defined]
        return None


def is_bare(request: HttpRequest, response: HttpResponse) -> bool:
    """An address that only a button opens was asked for as a page: by changing the language, or after signing in."""
    match = request.resolver_match
    by_link = request.method == "GET" and match is not None and match.app_name == "desk"
    return by_link and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def by_button(request: HttpRequest) -> HttpResponse:
    """The same for everybody and for every case, there or not: it says no more than that, and leads back."""
    parts = request.path_info.strip("/").split("/")
    kind = next((one for one in ("case", "complaints") if one in parts), "")
    about = "/".join(parts[: parts.index(kind) + 2]) if kind else ""
    context = {"back": f"/{about}/" if about else reverse("desk:inbox")}
    return render(request, "desk/by_button.html", context, status=HTTPStatus.METHOD_NOT_ALLOWED)


def keyring_of(request: HttpRequest, user: User) -> Keyring | None:
    """What was unlocked in this browser, if the same person unlocked it."""
    secret = request.COOKIES.get(settings.UNLOCK_COOKIE_NAME)
    keyring = session_keyring(secret) if secret else None
    return keyring if keyring and keyring.owner_id == user.pk else None


def remember(response: HttpResponse, secret: str) -> HttpResponse:
    """Keep the session open in this browser. The cookie ends with the browser; the row behind it ends sooner."""
    response.set_cookie(
        settings.UNLOCK_COOKIE_NAME, secret, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
