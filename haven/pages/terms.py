"""Two wrong translations that went round. Whoever publishes one of them is told which word is meant (R-003-32)."""

import re
from typing import Final

MEANT: Final = {"social security": "social safety", "cross-border behaviour": "transgressive behaviour"}
SPELLED: Final = {
    "social security": re.compile(r"social\s+security", re.IGNORECASE),
    "cross-border behaviour": re.compile(r"cross[\s-]?border\s+behaviou?r", re.IGNORECASE),
}


def wrong_in(words: str) -> list[str]:
    return [term for term, spelled in SPELLED.items() if spelled.search(words)]
