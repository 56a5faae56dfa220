"""The few pages of the site that take a form. No cookie and so no authority is behind it, and no token: a form is
refused when the browser says that it comes from elsewhere, so that no other site makes its visitors vote or write."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from haven.people.access import ANYONE, View, open_to

FROM_HERE = {"same-origin", "none"}
NOT_ALLOWED = "42501"  # as PostgreSQL says it: this account may not write here


def visitors(view: Callable[..., HttpResponse]) -> View:
    """Open to anyone, kept by no one; what could not be stored goes back into a form."""

    @open_to(ANYONE)
    @csrf_exempt
    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return careful


def comes_from_here(request: HttpRequest) -> bool:
    """By Sec-Fetch-Site, which browsers add and pages cannot change; by Origin where it is missing."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site in FROM_HERE
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "POST" and not comes_from_here(request):
        return render(request, "ui/elsewhere.html", {"start": reverse("pages:input")}, status=403)
    try:
        return view(request, *args, **kwargs)
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", None) != NOT_ALLOWED:
            raise
    except (OperationalError, OSError):
        pass
    posted = [(name, value) for name, values in request.POST.lists() for value in values]
    return render(request, "ui/busy.html", {"posted": posted}, status=503)
