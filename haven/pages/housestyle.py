"""The house style as it is measured: each pair of colours that stand on each other, by day and by night."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pydantic import ValidationError

from haven.pages import palette
from haven.rulebook.institution import BORDER_CONTRAST, TEXT_CONTRAST, Style, contrast

NIGHT_CARD: Final = "#1a2226"  # --surface of haven.css at night


class Pair(NamedTuple):
    """A colour on its ground, and the least contrast that it needs there."""

    what: str
    colour: str
    ground: str
    least: float

    @property
    def ratio(self) -> float:
        return contrast(self.colour, self.ground)

    @property
    def enough(self) -> bool:
        return self.ratio >= self.least


def pairs(style: Style) -> list[tuple[str, list[Pair]]]:
    """What an institution's colour becomes on a page, by the time of day."""
    day, night = palette.day(style), palette.night(style)
    return [
        ("By day", list(_pairs(day, palette.DAY_PAPER, palette.WHITE))),
        ("By night", list(_pairs(night, palette.NIGHT_PAPER, NIGHT_CARD))),
    ]


def _pairs(tokens: dict[str, str], paper: str, card: str) -> Iterator[Pair]:
    yield Pair("Words on a button", tokens["on-brand"], tokens["brand"], TEXT_CONTRAST)
    yield Pair("Words on a button under the pointer", tokens["on-brand"], tokens["brand-strong"], TEXT_CONTRAST)
    for where, ground in (("the page", paper), ("a card", card), ("a note", tokens["brand-soft"])):
        yield Pair(f"A link on {where}", tokens["brand-ink"], ground, TEXT_CONTRAST)
    yield Pair("The edge of a card under the pointer", tokens["brand-ink"], paper, BORDER_CONTRAST)


def tried(brand: str, text_on_brand: str) -> tuple[Style | None, str]:
    """The style of these colours, or why the rulebook refuses them."""
    try:
        return Style(brand=brand, text_on_brand=text_on_brand), ""
    except ValidationError as refused:
        return None, " ".join(_said(dict(error)) for error in refused.errors())


def _said(error: dict[str, object]) -> str:
    context = error.get("ctx")
    own = isinstance(context, dict) and "remedy" in context
    return f"{error['msg']} {context['remedy']}" if own and isinstance(context, dict) else "Write a colour as #0b5c63."
