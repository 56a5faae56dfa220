"""Closing the mailbox, the exit, and what the browser may keep."""

from http.cookies import Morsel

import pytest
from django.conf import settings as django_settings

from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.vault.models import SealedItem
from tests.institution import Institution
from tests.reporter.visitor import HERE, Visitor

OPEN = "mailbox/open/"


@pytest.fixture
def sent(house: Institution) -> tuple[Case, str]:
    return house.report()


@pytest.fixture
def inside(visitor: Visitor, sent: tuple[Case, str]) -> Visitor:
    return visitor.go("mailbox/", code=sent[1])


def opened(house: Institution, case: Case) -> OpenCase:
    found = house.readers[0].opens(case)
    assert found is not None
    return found


def cookie(visitor: Visitor) -> "Morsel[str]":
    return visitor.client.cookies[django_settings.MAILBOX_COOKIE_NAME]


def messages() -> int:
    return SealedItem.objects.filter(slot="message").count()


# ── The code ──


def test_closing_the_mailbox_takes_the_cookie_and_what_the_browser_kept(inside: Visitor) -> None:
    inside.go("mailbox/close/", now="yes")

    assert inside.answer["Clear-Site-Data"] == '"cache", "storage"'
    assert inside.go(OPEN).answer.status_code == 403


def test_the_exit_leaves_for_the_neutral_site_and_takes_the_cookie_along(inside: Visitor) -> None:
    answer = inside.client.get("/exit/", headers=HERE)

    assert answer["Location"] == "https://www.knmi.nl/"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert inside.go(OPEN).answer.status_code == 403


def test_no_page_of_the_mailbox_may_be_kept_by_the_browser(inside: Visitor) -> None:
    for path in ("mailbox/", OPEN, f"{OPEN}reveal/", f"{OPEN}withdraw/"):
        assert inside.go(path).answer["Cache-Control"] == "no-store"
