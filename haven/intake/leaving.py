"""The quick way out, whichever door somebody stands in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from haven.people.access import ANYONE, open_to
from haven.rulebook import shelf
from haven.vault import unlocking


def forget(response: HttpResponse, *cookies: str) -> HttpResponse:
    """Leave nothing of the mailbox in the browser; or nothing of what these cookies open."""
    for cookie in cookies or (settings.MAILBOX_COOKIE_NAME,):
        response.delete_cookie(cookie, samesite="Strict")
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    return response


def end_session(request: HttpRequest) -> None:
    """What a party of a complaint had open is shut on the server too, not only in this browser."""
    if secret := request.COOKIES.get(settings.PARTY_COOKIE_NAME):
        unlocking.close_session(secret)


@open_to(ANYONE)
def leave(request: HttpRequest) -> HttpResponse:
    """To a page that tells nothing. A link, so that it works without JavaScript too."""
    end_session(request)
    party = {settings.PARTY_COOKIE_NAME} & request.COOKIES.keys()
    away = HttpResponseRedirect(shelf.current().institution.exit_address)
    response = forget(away, settings.MAILBOX_COOKIE_NAME, *party)
    response["Referrer-Policy"] = "no-referrer"
    return response
