"""Whatever colour an institution takes, its pages can be read by day and by night."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from haven.pages import palette
from haven.rulebook.institution import BORDER_CONTRAST, TEXT_CONTRAST, Style, contrast

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


def test_the_stylesheet_holds_colours_and_nothing_else() -> None:
    sheet = palette.stylesheet(Style(brand="#0b5c63"))
    assert sheet.startswith(":root{--brand:#0b5c63;--on-brand:#ffffff;")
    assert sheet.count("--brand:") == 2


@pytest.mark.parametrize(("one", "share", "mixed"), [("#000000", 0.5, "#808080"), ("#123456", 0, "#123456")])
def test_colours_mix_by_share(one: str, share: float, mixed: str) -> None:
    assert palette.mix(one, "#ffffff", share) == mixed
