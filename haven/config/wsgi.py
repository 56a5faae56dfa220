"""The WSGI application. What would tell who somebody is goes no further than this line."""

import os
from collections.abc import Callable, Iterable
from typing import Any

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


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Without address, browser and origin: no limit, log or exception can keep what never arrived (security.md 4.1)."""
    for name in _TELLING:
        environ.pop(name, None)
    environ["REMOTE_ADDR"] = ""
    return _django(environ, start_response)
