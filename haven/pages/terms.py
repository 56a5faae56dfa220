"""Two wrong translations that went round. Whoever publishes one of them is told which word is meant (R-003-32)."""

import re
from typing import Any, Final

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin import messages

MEANT: Final = {"social security": "social safety", "cross-border behaviour": "undesirable behaviour"}
SPELLED: Final = {
    "social security": re.compile(r"social\s+security", re.IGNORECASE),
    "cross-border behaviour": re.compile(r"cross[\s-]?border\s+behaviou?r", re.IGNORECASE),
}


def wrong_in(words: str) -> list[str]:
    return [term for term, spelled in SPELLED.items() if spelled.search(words)]


def warn(request: HttpRequest, page: Any) -> None:
    """It is published all the same: somebody may have to quote it."""
    for term in wrong_in(strip_tags(page.to_json())):
        told = {"term": term, "meant": MEANT[term]}
        messages.warning(request, _("It says “%(term)s”. We say “%(meant)s”.") % told)
