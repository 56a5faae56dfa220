"""The drawings of the site stand in the page itself, in its colours, and say nothing to who cannot see them."""

from django.test import Client

from haven.pages.situations import SITUATIONS
from haven.pages.templatetags.drawings import DRAWINGS, drawing
from haven.rulebook import shelf
from tests.pages.conftest import Homes


def test_each_drawing_can_stand_in_a_page_under_the_strict_policy() -> None:
    assert len(DRAWINGS) == 8
    for shown in DRAWINGS.values():
        assert shown.startswith('<svg class="drawing" aria-hidden="true" viewBox="0 0 480 320">')
        assert "style" not in shown
        assert "xmlns" not in shown
        assert 'fill="var(--brand' in shown


def test_whoever_names_a_drawing_names_one_that_is_there() -> None:
    named = [one.drawing for one in (*shelf.current().audiences, *SITUATIONS.values()) if one.drawing]

    assert len(named) == 6
    assert set(named) <= set(DRAWINGS)
    assert drawing("never drawn") == ""


def test_the_front_page_has_a_drawing_beside_its_first_words_and_one_on_each_of_the_two_ways(
    client: Client, homes: Homes
) -> None:
    assert homes
    assert client.get("/en/").text.count('<svg class="drawing"') == 3
