"""`haven links`: do the addresses elsewhere, to which pages of the site lead, still answer? Only when somebody asks
for it: Haven itself calls nobody. Each address is asked for once, and nothing is kept."""

from collections.abc import Callable
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from wagtail.models import Page

from haven.pages.models.base import HousePage
from haven.pages.reading_along import outside

SECONDS: Final = 10
ASKED_WITH: Final = {"User-Agent": "Haven (looks whether a link still works)"}

type Say = Callable[[str], object]


def check(say: Say) -> int:
    """One line for each that does not answer; gives how many."""
    found: dict[str, list[str]] = {}
    for page in Page.objects.live().specific():
        if isinstance(page, HousePage):
            for address in outside(page):
                found.setdefault(address, []).append(page.get_url() or page.title)
    gone = {address: why for address in sorted(found) if (why := _trouble(address))}
    for address, why in gone.items():
        say(f"{address}: {why}\n    on {', '.join(found[address])}")
    say(f"{len(found)} addresses elsewhere, {len(gone)} of which do not answer.")
    return len(gone)


def _trouble(address: str) -> str:
    """Empty when it answers, also when it only wants to know who asks."""
    try:
        with urlopen(Request(address, headers=ASKED_WITH), timeout=SECONDS):  # noqa: S310  http and https only, see outside()
            return ""
    except HTTPError as answer:
        return "" if answer.code in {401, 403, 405, 429} else f"answers {answer.code}"
    except (OSError, ValueError, HTTPException):
        return "does not answer"
