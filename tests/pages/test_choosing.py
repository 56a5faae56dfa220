"""“Help me choose” always ends at a person, keeps nothing, and its addresses say nothing."""

import re

import pytest
from django.test import Client

from haven.rulebook import shelf
from tests.proves import proves

pytestmark = pytest.mark.django_db  # whether editors wrote a page is looked up


@proves("R-004-41")
def test_every_way_ends_at_somebody_to_call_or_write_to_after_at_most_four_questions() -> None:
    book = shelf.current()
    ways = [way for _steps, way in book.site.ways()]
    ends = [way for way in ways if way.asked is None]

    assert len(ends) > 30
    assert all(any(one.ways.phone or one.ways.mail for one in way.people(book.provisions)) for way in ends)
    assert max(len(way.chosen) for way in ways) == 4


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_question_is_answered_by_a_plain_link_and_nothing_is_kept(client: Client, language: str) -> None:
    asked = shelf.current().site.questions[1]
    answer = client.get(f"/{language}/help/choose/2/")
    ahead = re.findall(r'<a class="tile" href="([^"]+)"><b>([^<]+)</b>', answer.text)

    assert not answer.cookies
    assert asked.asks.say(language) in answer.text
    says = [one.says.say(language) for one in asked.answers]
    assert ahead == [(f"/{language}/help/choose/2-{n}/", words) for n, words in enumerate(says, start=1)]
    assert f'href="/{language}/contact/"' in answer.text


@pytest.mark.parametrize("steps", ["9", "0", "x", "1-1", "2-1-1-1-1", "2--1", "-", "2-²"])
def test_a_way_that_nobody_can_go_does_not_exist(client: Client, steps: str) -> None:
    assert client.get(f"/en/help/choose/{steps}/").status_code == 404


def test_the_title_says_nothing_of_what_was_chosen(client: Client) -> None:
    titles = {
        re.findall(r"<title>(.*?)</title>", client.get(f"/en/help/choose/{steps}/").text)[0]
        for steps in ("2", "2-1-1", "2-1-1-1", "1")
    }
    assert len(titles) == 1


def test_who_teaches_is_led_to_the_counsellor_for_staff(client: Client) -> None:
    shown = client.get("/en/help/choose/2-3-1-1/").text
    assert re.findall(r'class="card provision" id="(\w+)"', shown) == ["counsellor_staff"]
    assert 'href="/en/help/self/?for=role_model"' in shown
