"""The quick way out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from haven.people.access import ANYONE, open_to
from haven.rulebook import shelf


def forget(response: HttpResponse) -> HttpResponse:
    """Leave nothing of the mailbox in the browser."""
    response.delete_cookie(settings.MAILBOX_COOKIE_NAME, samesite="Strict")
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    return response


@open_to(ANYONE)
def leave(_request: HttpRequest) -> HttpResponse:
    """To a page that tells nothing. A link, so that it works without JavaScript too."""
    response = forget(HttpResponseRedirect(shelf.current().institution.exit_address))
    response["Referrer-Policy"] = "no-referrer"
    return response
