"""Whatever colour an institution takes, its pages can be read by day and by night."""

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from haven import ui
from haven.pages import housestyle, palette
from haven.rulebook.institution import BORDER_CONTRAST, TEXT_CONTRAST, Style, contrast

STYLESHEET = Path(ui.__path__[0]) / "static" / "haven.css"
DAY_GROUNDS, NIGHT_GROUNDS = ("#f8f6f2", "#ffffff"), ("#12181b", "#1a2226")
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def styles_of(brand: str) -> list[Style]:
    found = []
    for ink in ("#ffffff", "#000000"):
        try:
            found.append(Style(brand=brand, text_on_brand=ink))
        except ValidationError:
            continue  # the rulebook refuses this pair
    return found


@given(colours)
def test_text_in_the_colour_of_the_house_can_be_read(brand: str) -> None:
    for style in styles_of(brand):
        for tokens, grounds in ((palette.day(style), DAY_GROUNDS), (palette.night(style), NIGHT_GROUNDS)):
            for ground in (*grounds, tokens["brand-soft"]):
                assert contrast(tokens["brand-ink"], ground) >= TEXT_CONTRAST


@given(colours)
def test_text_on_a_button_can_be_read_also_under_the_pointer(brand: str) -> None:
    for style in styles_of(brand):
        for tokens in (palette.day(style), palette.night(style)):
            assert contrast(tokens["on-brand"], tokens["brand"]) >= TEXT_CONTRAST
            assert contrast(tokens["on-brand"], tokens["brand-strong"]) >= TEXT_CONTRAST


@given(colours)
def test_a_button_stands_out_from_the_page_at_night(brand: str) -> None:
    for style in styles_of(brand):
        assert contrast(palette.night(style)["brand"], "#12181b") >= BORDER_CONTRAST


@given(colours)
def test_what_the_gallery_measures_is_enough_for_every_colour_that_is_not_refused(brand: str) -> None:
    for style in styles_of(brand):
        for _when, pairs in housestyle.pairs(style):
            assert [pair for pair in pairs if not pair.enough] == []


@pytest.mark.parametrize(
    ("brand", "text", "refused"),
    [
        ("#ffcd00", "#ffffff", "has a contrast of 1.5 to 1. Choose a darker or a lighter colour"),
        ("#ffcd00", "#000000", "can hardly be seen on a white page. Choose a darker brand colour"),
        ("yellow", "#000000", "Write a colour as #0b5c63."),
        ("#0b5c63", "#ffffff", ""),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_with_what_to_do(brand: str, text: str, refused: str) -> None:
    with override_settings(DEMO=True):
        shown = Client().get("/en/gallery/", {"brand": brand, "text": text}).text

    assert ("The rulebook refuses this" in shown) is bool(refused)
    assert refused in shown
    assert shown.count("enough</span>") == (0 if refused else 12)


def test_the_colours_of_the_house_itself_can_be_read_by_day_and_by_night() -> None:
    """Those of the stylesheet, which no institution changes."""
    day, night, *_more = re.findall(r":root \{(.*?)\n\s*\}", STYLESHEET.read_text(), re.DOTALL)
    for root in (day, night):
        told = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", root))
        colours = {
            name: colour if len(colour) == 7 else "#" + "".join(2 * one for one in colour[1:])
            for name, colour in told.items()
        }
        for ground in ("paper", "surface", "sunk"):
            assert contrast(colours["ink-2"], colours[ground]) >= TEXT_CONTRAST
        for ground in ("paper", "surface"):
            assert contrast(colours["edge"], colours[ground]) >= BORDER_CONTRAST
        for tone in ("care", "late", "good", "new"):
            assert contrast(colours[tone], colours[f"{tone}-soft"]) >= TEXT_CONTRAST


def test_the_stylesheet_holds_colours_and_nothing_else() -> None:
    sheet = palette.stylesheet(Style(brand="#0b5c63"))
    assert sheet.startswith(":root{--brand:#0b5c63;--on-brand:#ffffff;")
    assert sheet.count("--brand:") == 2


@pytest.mark.parametrize(("one", "share", "mixed"), [("#000000", 0.5, "#808080"), ("#123456", 0, "#123456")])
def test_colours_mix_by_share(one: str, share: float, mixed: str) -> None:
    assert palette.mix(one, "#ffffff", share) == mixed
