"""The site of the demo, walked from page to page: every link leads somewhere, and the contact point is never far."""

import re
from collections import deque

import pytest
from django.test import Client

from haven.config.demo import helping, writing
from tests.proves import proves

pytestmark = pytest.mark.django_db

DOORS = ("contact", "letter", "desk", "sign-in", "exit")  # what lies behind these has tests of its own
LOCAL = re.compile(r'<a [^>]*href="(/[^"]*)"')
IDS = re.compile(r'\bid="([^"]+)"')


def walked(client: Client) -> dict[str, str]:
    """Every page of the site that can be reached by links from the two front pages, by address."""
    found: dict[str, str] = {}
    ahead = deque(["/nl/", "/en/"])
    while ahead:
        address = ahead.popleft()
        if address in found or address.split("/")[2] in DOORS or "/choose/2-" in address:
            continue
        answer = client.get(address)
        assert (address, answer.status_code, answer.cookies.output()) == (address, 200, "")
        found[address] = answer.text
        ahead += [link.partition("#")[0].replace("&amp;", "&") for link in LOCAL.findall(answer.text)]
    return found


@proves("R-000-04")
def test_from_every_page_of_the_site_the_contact_point_is_near_and_every_link_arrives(client: Client) -> None:
    writing.write()
    helping.write()
    pages = walked(client)

    assert len(pages) > 60
    ids = {address: IDS.findall(shown) for address, shown in pages.items()}
    for address, shown in pages.items():
        assert f'href="{address[:3]}/contact/"' in shown, address
        assert len(ids[address]) == len(set(ids[address])), (address, shown)
        assert " style=" not in shown
        for link in LOCAL.findall(shown):
            page, _, part = link.replace("&amp;", "&").partition("#")
            assert not part or page not in ids or part in ids[page], (address, link)
