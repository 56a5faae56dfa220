"""The WSGI application. What would tell who somebody is goes no further than this line."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

type Start = Callable[..., Any]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.config.settings")
_django = get_wsgi_application()
_TELLING = (
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "REMOTE_HOST",
    "HTTP_USER_AGENT",
    "HTTP_REFERER",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)
_KEYS = {
    "desk": settings.UNLOCK_COOKIE_NAME,
    "reporter": settings.MAILBOX_COOKIE_NAME,
    "parties": settings.PARTY_COOKIE_NAME,
}
_NOT_HERE = frozenset(cookie for zone, cookie in _KEYS.items() if zone not in settings.ZONES)


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Without address, browser and origin: no limit, log or exception can keep what never arrived (security.md 4.1)."""
    for name in _TELLING:
        environ.pop(name, None)
    environ["REMOTE_ADDR"] = ""
    if _NOT_HERE and "HTTP_COOKIE" in environ:
        environ["HTTP_COOKIE"] = _without_keys(environ["HTTP_COOKIE"])
    return _django(environ, start_response)


def _without_keys(cookies: str) -> str:
    """What opens words at a door that another process has is not even read in this one."""
    kept = (one for one in cookies.split(";") if one.partition("=")[0].strip() not in _NOT_HERE)
    return ";".join(kept).strip()
