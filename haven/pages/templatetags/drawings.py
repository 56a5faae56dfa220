"""`{% drawing "two-chairs" %}`: one of our drawings, in the colours of the house and of the night.

They set the mood and say nothing, so screen readers are not told of them. They stand in the page itself: as a picture
of its own a drawing would not know the colour of the institution.
"""

import re
from pathlib import Path
from typing import Final

from django import template
from django.utils.safestring import SafeString

register = template.Library()

HERE: Final = Path(__file__).resolve().parent.parent / "static" / "pages"
OWN_STYLE: Final = re.compile(r"<style>.*?</style>\s*", re.DOTALL)  # the page has these colours, and allows no other
TAG: Final = '<svg class="drawing" aria-hidden="true" '


def _read(file: Path) -> SafeString:
    text = OWN_STYLE.sub("", file.read_text(encoding="utf-8")).replace('xmlns="http://www.w3.org/2000/svg" ', "")
    return SafeString(" ".join(text.replace("<svg ", TAG, 1).split()))


DRAWINGS: Final = {file.stem: _read(file) for file in sorted(HERE.glob("*.svg"))}


@register.simple_tag
def drawing(name: str) -> SafeString:
    """Nothing for a name that is not there: a drawing is never worth an error."""
    return DRAWINGS.get(name, SafeString(""))
