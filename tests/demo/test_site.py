"""The site of the demo, walked from page to page: every link leads somewhere, and the contact point is never far."""

import re
from collections import deque
from typing import Any

import pytest
from django.test import Client

from haven.config.demo import helping, writing
from tests.proves import proves

pytestmark = pytest.mark.django_db

DOORS = ("contact", "letter", "desk", "sign-in", "exit")  # what lies behind these has tests of its own
SAME = re.compile(
    r"/choose/2-|about=|view=screen|^/en/.*[?]|[?]for=(staff|role_model)|/dates/|(?<!joke-is-a-joke/)[?]view="
)  # one of many will do
LOCAL = re.compile(r'<a [^>]*href="(/[^"]*)"')
BROUGHT = re.compile(r'(?:<link [^>]*href|src|srcset|poster|action|data)="([^"]*)"')
IDS = re.compile(r'\bid="([^"]+)"')


def walked(client: Client) -> dict[str, str]:
    """Every page of the site that can be reached by links from the two front pages, by address."""
    found: dict[str, str] = {}
    ahead = deque(["/nl/", "/en/"])
    while ahead:
        address = ahead.popleft()
        if address in found or address.split("/")[2] in DOORS or SAME.search(address):
            continue
        answer = client.get(address)
        assert (address, answer.status_code, answer.cookies.output()) == (address, 200, "")
        _asks_nobody_else_and_looks_at_nobody(address, answer)
        found[address] = answer.text
        ahead += [link.partition("#")[0].replace("&amp;", "&") for link in LOCAL.findall(answer.text)]
    return found


def _asks_nobody_else_and_looks_at_nobody(address: str, answer: Any) -> None:
    """No cookie is shown above. Everything a page brings along comes from here, and nothing in it runs by itself."""
    if not answer["Content-Type"].startswith("text/html"):
        return  # a feed brings nothing along
    assert address.split("/")[2] == "input" or "/input/?about=" in answer.text or "view=" in address, address
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';" in policy, address
    assert "unsafe" not in policy
    assert answer.get("Vary", "") in {"", "Accept-Encoding"}, address
    brought = BROUGHT.findall(answer.text)
    assert len(brought) >= 5
    assert [one for one in brought if not one.startswith(("/", "#")) or one.startswith("//")] == [], address
    assert not re.search(r"<script(?![^>]* src=)|<style|<iframe| on[a-z]+=", answer.text), address


@proves("R-000-04", "R-004-21", "R-004-24", "R-004-35", "R-004-36", "R-004-37", "R-004-38", "R-004-39", "R-004-40")
@proves("R-004-45", "R-004-55", "R-004-57", "R-003-25", "R-002-01", "R-002-02")
def test_from_every_page_of_the_site_the_contact_point_is_near_and_every_link_arrives(client: Client) -> None:
    writing.write()
    helping.write()
    pages = walked(client)

    assert len(pages) > 60
    near = {address for address, shown in pages.items() if f'href="{address[:3]}/contact/"' in shown}
    ids = {address: IDS.findall(shown) for address, shown in pages.items()}
    for address, shown in pages.items():
        assert address in near or near & set(LOCAL.findall(shown)), address
        assert len(ids[address]) == len(set(ids[address])), (address, shown)
        assert " style=" not in shown
        assert "_mail}" not in shown and "_number}" not in shown, address  # noqa: PT018  braces are filled in
        for link in LOCAL.findall(shown):
            page, _, part = link.replace("&amp;", "&").partition("#")
            assert not part or page not in ids or part in ids[page], (address, link)
    _every_question_is_there_for_everyone(pages)
    _the_trainings_that_were_asked_for_are_there(pages)
    _the_campaign_speaks_to_students_staff_and_visitors(pages)


def _every_question_is_there_for_everyone(pages: dict[str, str]) -> None:
    keys = [one["key"] for one in writing.read("questions")["questions"]]
    for page in ("/nl/voor-studenten/", "/en/for-staff/", "/nl/vragen-en-antwoorden/", "/en/questions-and-answers/"):
        shown = pages[page]
        assert sorted(re.findall(r'id="q-([^"]+)"', shown)) == sorted(keys)
    assert {"threatened-online", "spoken-to-about-my-behaviour", "someone-confided-in-me", "where-to-share"} <= set(
        keys
    )
    assert {"how-to-raise-it", "what-is-undesirable-behaviour", "what-we-do-not-accept", "how-it-began"} <= set(keys)
    assert {"what-we-do-for-safety", "who-it-is-for", "what-the-name-means", "is-it-safe-here", "why-it-exists"} <= set(
        keys
    )


def _the_trainings_that_were_asked_for_are_there(pages: dict[str, str]) -> None:
    trainings = {one["subject"] for one in writing.read("toolkit")["items"] if one["kind"] in {"training", "workshop"}}
    asked = {"active_bystander", "inclusive_leadership", "cultural_intelligence", "bias_observation"}
    assert asked | {"diversity_inclusion", "interviewing_reporters", "addressing_behaviour"} <= trainings
    for one in writing.read("toolkit")["items"]:
        assert one["title"]["en"] in pages["/en/toolkit/"]


def _the_campaign_speaks_to_students_staff_and_visitors(pages: dict[str, str]) -> None:
    told = writing.read("campaign")["campaigns"][0]
    shown = next(one for one in pages.values() if "here for a day" in one)
    assert {"student", "staff", "visitor"} == set(told["audiences"])
    for words in (
        told["message"]["en"],
        "here for a day",
        "bullying, harassment, sexual harassment and discrimination",
    ):
        assert words in shown
    assert shown.count('class="tile"') == 4
