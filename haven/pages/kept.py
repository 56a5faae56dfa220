"""A page of the site is kept for a moment, so that many readers cost as little as one (decision 31).

It stands before sessions and the database. What is kept is the same for everybody: it was asked for by its address and
nothing else, and answered without cookie, without a form that sends something, and without a word about who may keep
it. Of who asked, nothing gets as far as here. It is compressed once: where nothing is secret and nothing comes back of
what somebody sent, its size tells nothing.
"""

import gzip
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, NamedTuple

from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse

ALIAS: Final = "pages"
PLAIN: Final = re.compile(r"/[a-z]{2}/[a-z0-9/_-]{0,200}")  # a language first; what is longer is no page of ours
ASKS_MORE: Final = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "QUERY_STRING")
NEVER_WITH: Final = ("Set-Cookie", "Cache-Control", "Vary", "Location")
SENDS: Final = b'method="post"'
DOOR: Final = "haven.pages."
MOST_BYTES: Final = 200_000


class Kept(NamedTuple):
    content: bytes
    headers: dict[str, str]


class KeptPages:
    """The first of the middleware where the site is open: what is kept passes nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_plain(request):
            return self.get_response(request)
        small = "gzip" in request.headers.get("Accept-Encoding", "")
        key = f"{'gzip' if small else 'whole'}:{request.scheme}://{request.get_host()}{request.path}"
        kept: Kept | None = _cache().get(key)
        if kept is None:
            response = self.get_response(request)
            if not is_for_everybody(request, response):
                return response
            kept = packed(response) if small else Kept(response.content, dict(response.headers))
            _cache().set(key, kept)
        return HttpResponse(kept.content, headers=kept.headers)


def is_plain(request: HttpRequest) -> bool:
    """Asked for by its address alone. A page that an editor looks at before it is published comes as a dummy."""
    if request.method != "GET" or hasattr(request, "is_dummy") or not PLAIN.fullmatch(request.path):
        return False
    return not any(request.META.get(name) for name in ASKS_MORE)


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """A whole page of this door without anything that is one reader's: no cookie, no ballot, no token."""
    if response.status_code != HTTPStatus.OK or response.streaming or response.cookies:
        return False
    if any(response.has_header(name) for name in NEVER_WITH):
        return False
    match = request.resolver_match
    of_this_door = match is not None and match.func.__module__.startswith(DOOR)
    return of_this_door and SENDS not in response.content and len(response.content) <= MOST_BYTES


def packed(response: HttpResponse) -> Kept:
    small = gzip.compress(response.content, mtime=0)
    more = {"Content-Encoding": "gzip", "Content-Length": str(len(small)), "Vary": "Accept-Encoding"}
    return Kept(small, dict(response.headers) | more)


def forget() -> None:
    """Something was published: the next reader gets it. Other processes follow when the moment is over."""
    _cache().clear()


def _cache() -> BaseCache:
    return caches[ALIAS]
