"""The quick way out, whichever door somebody stands in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from haven.people.access import ANYONE, open_to
from haven.rulebook import shelf
from haven.vault import unlocking


def forget(response: HttpResponse) -> HttpResponse:
    """Leave nothing of the mailbox, or of a complaint, in the browser."""
    for cookie in (settings.MAILBOX_COOKIE_NAME, settings.PARTY_COOKIE_NAME):
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
    response = forget(HttpResponseRedirect(shelf.current().institution.exit_address))
    response["Referrer-Policy"] = "no-referrer"
    return response
