"""What the front page shows of the rulebook, whoever wrote the words around it."""

from typing import Any

from haven.pages.situations import SITUATIONS
from haven.rulebook import shelf
from haven.rulebook.directory import Confidentiality


def told() -> dict[str, Any]:
    """Three situations, the two ways on, and everyone whom a report touches."""
    return {"situations": SITUATIONS, "counsellor": first_counsellor(), "concerned": shelf.current().concerned}


def first_counsellor() -> str:
    """The key of the first person in the directory who is bound to secrecy, for the card that leads there."""
    bound = (one for one in shelf.current().provisions if one.confidentiality is Confidentiality.BOUND)
    return next((one.key for one in bound if not one.emergency), "")
