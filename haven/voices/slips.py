"""The slip in a form that anybody may send: sealed by the server, for one purpose, good for once and for some hours.
It says nothing of who holds it: each page that is drawn gets another."""

from math import ceil
from time import time
from typing import Final
from uuid import UUID, uuid4

from haven.vault.errors import CannotOpen
from haven.vault.forms_state import open_state, seal_state

VALID_HOURS: Final = 12
_HOUR: Final = 3600


class Stale(Exception):
    """It was not ours, or it lay too long: draw the page anew."""


def slip(purpose: str, about: str = "") -> str:
    return seal_state({"once": str(uuid4()), "about": about}, purpose=purpose)


def opened(text: str, purpose: str) -> tuple[UUID, str]:
    """What makes it one of its kind, and what it is about. Raises Stale."""
    try:
        state, hours = open_state(text, purpose=purpose)
    except CannotOpen:
        raise Stale from None
    if hours >= VALID_HOURS:
        raise Stale
    return UUID(state["once"]), state["about"]


def rest() -> float:
    """For how many seconds a used slip is remembered: until a full hour, so that nothing tells when it was used."""
    moment = time()
    return ceil(moment / _HOUR + VALID_HOURS) * _HOUR - moment
