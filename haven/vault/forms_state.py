"""State that travels with the reporter and is stored nowhere: answers in the form, the code in the mailbox cookie."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from os import urandom
from time import time
from typing import Any

from django.conf import settings

from haven.vault import bodies
from haven.vault.context import ctx
from haven.vault.derive import derive
from haven.vault.errors import CannotOpen

_SALT = 32
_HOUR = 3600
FORM = "form"


def seal_state(state: Mapping[str, Any], *, purpose: str = FORM) -> str:
    """Text for a hidden field or a cookie. `purpose` keeps one from being used as the other."""
    dated = json.dumps({"hour": int(time()) // _HOUR, "state": state}, ensure_ascii=False, separators=(",", ":"))
    salt = urandom(_SALT)
    sealed = bodies.seal_body(_key(salt), dated.encode(errors="replace"), ctx("haven/v1/state", purpose))
    return urlsafe_b64encode(salt + sealed).decode().rstrip("=")


def open_state(text: str, *, purpose: str = FORM) -> tuple[dict[str, Any], int]:
    """The state and its age in whole hours. Raises CannotOpen."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise CannotOpen from None
    dated = json.loads(bodies.open_body(_key(raw[:_SALT]), raw[_SALT:], ctx("haven/v1/state", purpose)))
    return dated["state"], int(time()) // _HOUR - dated["hour"]


def _key(salt: bytes) -> bytes:
    """A key for one message: the same key never meets two nonces, however many forms are drawn."""
    return derive(settings.STATE_KEY, b"haven/v1/state", salt=salt)
