"""What every page of this door has in common: where a form may come from, what a broken one gets, that nothing stays.

There is no session here and so no CSRF token. A form is refused when the browser says that it comes from elsewhere.
When the browser says nothing at all it is accepted only as long as no cookie, and so no authority, comes with it.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from haven.people.access import REPORTER, View, open_to
from haven.reporter.uploads import RoomySealing

FROM_HERE = {"same-origin", "none"}
PIECE = 64 * 1024
MOST_DRAINED = 64 * 1024 * 1024


def reporters(view: Callable[..., HttpResponse]) -> View:
    """A page of the reporter's door: open to anyone, kept by no one, calm about everything that can go wrong."""

    @open_to(REPORTER)
    @csrf_exempt
    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _refusal(request) if request.method == "POST" else None
        if response is None:
            response = _answer(view, request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return careful


def comes_from_here(request: HttpRequest) -> bool:
    """By Sec-Fetch-Site, which browsers add and pages cannot change; by Origin where it is missing."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site in FROM_HERE
    if (origin := request.headers.get("Origin")) is not None:
        return urlsplit(origin).netloc == request.get_host()
    return settings.MAILBOX_COOKIE_NAME not in request.COOKIES


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form that cannot be taken at all; None for one that can. Reads the whole body."""
    if not comes_from_here(request):
        return render(request, "reporter/elsewhere.html", status=403)
    request.upload_handlers = [RoomySealing(request)]
    try:
        request.POST  # noqa: B018  parses the body, and so raises here and nowhere else
    except (SuspiciousOperation, BadRequest, MultiPartParserError, OSError):
        _drain(request)
        return render(request, "reporter/too_much.html", status=413)
    return None


def _drain(request: HttpRequest) -> None:
    """Read on for a while: a browser that is still sending would show a broken connection instead of our page."""
    with suppress(OSError, ValueError):
        for _piece in range(MOST_DRAINED // PIECE):
            if not request.read(PIECE):
                return


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Database locked or disk full: what was posted is put back into a form, with a button to try once more."""
    try:
        return view(request, *args, **kwargs)
    except (OperationalError, OSError):
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
        return render(request, "reporter/busy.html", {"posted": posted, "had_files": bool(request.FILES)}, status=503)
