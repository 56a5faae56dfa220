"""What the front page shows of the rulebook, whoever wrote the words around it."""

from typing import Any

from haven.pages.situations import SITUATIONS
from haven.rulebook import shelf


def told() -> dict[str, Any]:
    """Three situations, the two ways on, and everyone whom a report touches."""
    book = shelf.current()
    return {"situations": SITUATIONS, "counsellor": book.provisions.counsellor, "concerned": book.concerned}
