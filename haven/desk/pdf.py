"""A document as a tagged PDF. It is made in memory and nowhere else; nothing in it tells when or by which account."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.desk.paper import Paper
from haven.ui.templatetags.ui import plainly

SOURCE: Final = Path(__file__).with_name("paper.typ").read_bytes()
ACCESSIBLE: Final[list[Any]] = ["a-2a", "ua-1"]


def pdf_of(paper: Paper) -> bytes:
    """The words go in as data, never as source. A character that no font has is not allowed in an archive file: such a
    document is a plain PDF, with the same tags."""
    today, words = localdate(), asdict(paper.each(plainly))
    words |= {
        "mark": _("Confidential"),
        "language": get_language() or "nl",
        "day": [today.year, today.month, today.day],
    }
    given = {"paper": json.dumps(words)}
    try:
        made = typst.compile(SOURCE, format="pdf", sys_inputs=given, pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        made = typst.compile(SOURCE, format="pdf", sys_inputs=given)
    if not isinstance(made, bytes):
        raise TypeError("One document, one file.")
    return made
