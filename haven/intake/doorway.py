"""What every page of a door without accounts has in common: where a form may come from, what a broken one gets, that
nothing stays. The reporter's door and the parties' door are both made with it.

There is no CSRF token here: a form is refused when the browser says that it comes from elsewhere. When the browser says
nothing at all it is accepted only as long as no cookie, and so no authority, comes with it.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from haven.intake.uploads import RoomySealing
from haven.people.access import View, open_to

FROM_HERE = {"same-origin", "none"}
PIECE = 64 * 1024
MOST_DRAINED = 64 * 1024 * 1024
NEVER_BACK = frozenset({"secret", "passphrase", "again"})  # a secret is typed once more, never put back in a page


@dataclass(frozen=True)
class Doorway:
    """`cookie`: what opens something behind this door. `start`: the page where somebody begins again."""

    audience: str
    cookie: str
    start: str

    def page(self, view: Callable[..., HttpResponseBase]) -> View:
        """Open to anyone, kept by no one, calm about everything that can go wrong."""

        @open_to(self.audience)
        @csrf_exempt
        @wraps(view)
        def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            response: HttpResponseBase | None = self._refusal(request) if request.method == "POST" else None
            if response is None:
                response = _answer(view, request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        return careful

    def comes_from_here(self, request: HttpRequest) -> bool:
        """By Sec-Fetch-Site, which browsers add and pages cannot change; by Origin where it is missing."""
        if (site := request.headers.get("Sec-Fetch-Site")) is not None:
            return site in FROM_HERE
        if (origin := request.headers.get("Origin")) is not None:
            return urlsplit(origin).netloc == request.get_host()
        return self.cookie not in request.COOKIES

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        """The answer to a form that cannot be taken at all; None for one that can. Reads the whole body."""
        begin = {"start": reverse(self.start)}
        if not self.comes_from_here(request):
            return render(request, "ui/elsewhere.html", begin, status=403)
        request.upload_handlers = [RoomySealing(request)]
        try:
            request.POST  # noqa: B018  parses the body, and so raises here and nowhere else
        except (SuspiciousOperation, BadRequest, MultiPartParserError, OSError):
            _drain(request)
            return render(request, "ui/too_much.html", begin, status=413)
        return None


def _drain(request: HttpRequest) -> None:
    """Read on for a while: a browser that is still sending would show a broken connection instead of our page."""
    with suppress(OSError, ValueError):
        for _piece in range(MOST_DRAINED // PIECE):
            if not request.read(PIECE):
                return


def _answer(view: Callable[..., HttpResponseBase], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Database locked or disk full: what was posted is put back into a form, with a button to try once more."""
    try:
        return view(request, *args, **kwargs)
    except (OperationalError, OSError):
        kept = [(name, values) for name, values in request.POST.lists() if name not in NEVER_BACK]
        posted = [(name, value) for name, values in kept for value in values]
        return render(request, "ui/busy.html", {"posted": posted, "had_files": bool(request.FILES)}, status=503)
