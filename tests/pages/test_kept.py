"""Public pages that are kept for a moment: the same for everybody, and nothing of who asked (decision 31)."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries
from wagtail import hooks

from haven.config import wagtail
from haven.pages import kept
from haven.pages.models import StandardPage
from tests.pages.conftest import Homes, SignedIn, published

HOSTS = ["testserver", "other.example"]


@pytest.fixture(autouse=True)
def keeping(db: None) -> Iterator[None]:
    """As in life, where the tests keep nothing from one to the next."""
    with override_settings(CACHES=settings.CACHES | wagtail.caches(60), ALLOWED_HOSTS=HOSTS):
        kept.forget()
        yield
        kept.forget()


@pytest.fixture
def page(homes: Homes) -> StandardPage:
    page = StandardPage(title="About us", locale=homes["en"].locale, body=[("text", "<p>The first words.</p>")])
    published(page, below=homes["en"])
    return page


def change(page: StandardPage, words: str) -> None:
    """Past the editor: nobody tells this process."""
    page.body = [("text", f"<p>{words}</p>")]
    page.save_revision().publish()


def memory() -> dict[str, bytes]:
    """All of it, as it lies there."""
    cache: Any = caches[kept.ALIAS]
    return dict(cache._cache)


def test_a_page_is_kept_and_given_again_without_asking_the_database(
    client: Client, page: StandardPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/en/about-us/")
    change(page, "The second words.")
    with django_assert_num_queries(0):
        again = client.get("/en/about-us/")

    assert (again.content, again.headers) == (first.content, first.headers)
    assert "script-src 'self';" in again["Content-Security-Policy"]
    assert again["X-Frame-Options"] == "DENY"


def test_what_is_kept_is_a_page_by_its_address_and_nothing_of_who_asked(client: Client, page: StandardPage) -> None:
    assert page
    telling = {"user-agent": "a telltale", "referer": "https://telltale.example/", "accept-language": "telltale"}
    client.get("/en/about-us/", headers=telling, REMOTE_ADDR="192.0.2.77")

    assert list(memory()) == [":1:whole:http://testserver/en/about-us/"]
    whole = b"".join(memory().values())
    assert b"The first words." in whole
    assert b"telltale" not in whole
    assert b"192.0.2.77" not in whole


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("/en/about-us/?q=what-somebody-looks-for", {}),
        ("/en/about-us/", {"HTTP_COOKIE": "unlock=a-secret"}),
        ("/en/about-us/", {"HTTP_AUTHORIZATION": "Basic a-secret"}),
        ("/en/no-such-page/", {}),
        ("/en/contact/", {}),
        ("/en/contact/mailbox/", {}),
        ("/en/input/", {}),
        ("/en/sign-in/", {}),
        ("/style.css", {}),
        ("/", {}),
    ],
)
def test_nothing_else_is_kept_or_given_what_was_kept(
    client: Client, page: StandardPage, address: str, more: dict[str, Any]
) -> None:
    client.get("/en/about-us/")
    before = memory()
    change(page, "The second words.")
    answer = client.get(address, **more)

    assert memory() == before
    assert "The first words." not in answer.text


def test_a_page_that_is_kept_is_compressed_for_who_takes_that_and_stays_the_same_page(
    client: Client, page: StandardPage
) -> None:
    assert page
    whole = client.get("/en/about-us/")
    for _ in ("first", "again"):
        small = client.get("/en/about-us/", headers={"accept-encoding": "gzip, br"})
        assert gzip.decompress(small.content) == whole.content
        assert (small["Content-Encoding"], small["Vary"]) == ("gzip", "Accept-Encoding")
        assert small["Content-Length"] == str(len(small.content))
    assert "Content-Encoding" not in client.get("/en/about-us/")


@pytest.mark.parametrize(
    ("answer", "kept_then"),
    [
        (HttpResponse("<form>"), True),
        (HttpResponse('<form method="post">'), False),
        (HttpResponse("", headers={"Cache-Control": "no-store"}), False),
        (HttpResponse("", headers={"Vary": "Cookie"}), False),
        (HttpResponse("", status=301, headers={"Location": "/en/"}), False),
        (HttpResponse("x" * (kept.MOST_BYTES + 1)), False),
    ],
)
def test_a_page_that_is_one_readers_is_never_kept(answer: HttpResponse, *, kept_then: bool) -> None:
    asked = RequestFactory().get("/en/help/")
    asked.resolver_match = resolve("/en/help/")
    elsewhere = RequestFactory().get("/en/contact/")
    elsewhere.resolver_match = resolve("/en/contact/")

    assert kept.is_for_everybody(asked, answer) is kept_then
    assert not kept.is_for_everybody(elsewhere, answer)
    answer.set_cookie("any", "thing")
    assert not kept.is_for_everybody(asked, answer)


def test_a_page_is_kept_for_each_language_and_each_host(client: Client, page: StandardPage) -> None:
    own, borrowed = client.get("/en/about-us/"), client.get("/nl/about-us/")
    client.get("/en/about-us/", headers={"host": "other.example"})

    assert own.content != borrowed.content
    assert client.get("/nl/about-us/").content == borrowed.content
    assert len(memory()) == 3
    assert page
    assert client.get("/en/about-us/", headers={"host": "evil.example"}).status_code == 400


def test_what_an_editor_looks_at_beforehand_is_not_kept_and_is_not_what_was_kept(
    client: Client, page: StandardPage, signed_in: SignedIn
) -> None:
    client.get("/en/about-us/")
    before = memory()
    page.body = [("text", "<p>Words that nobody may read yet.</p>")]
    page.save_revision()
    looked = signed_in("communication").get(f"/edit/pages/{page.pk}/view_draft/")

    assert "Words that nobody may read yet." in looked.text
    assert memory() == before
    assert "The first words." in client.get("/en/about-us/").text


def test_what_an_editor_publishes_is_read_at_once(client: Client, page: StandardPage, signed_in: SignedIn) -> None:
    client.get("/en/about-us/")
    answer = signed_in("communication").post(f"/edit/pages/{page.pk}/unpublish/")

    assert answer.status_code == 302
    assert memory() == {}
    assert client.get("/en/about-us/").status_code == 404
    for name in ("after_publish_page", "after_delete_page", "after_edit_snippet", "after_bulk_action"):
        assert "show_at_once" in [one.__name__ for one in hooks.get_hooks(name)]


def test_no_more_is_kept_than_was_said_and_no_longer_than_a_minute() -> None:
    told = wagtail.caches(3600)["pages"]

    assert told["TIMEOUT"] == 60
    assert told["OPTIONS"]["MAX_ENTRIES"] * kept.MOST_BYTES <= 60_000_000
    assert wagtail.caches(0)["pages"] == wagtail.caches(60)["renditions"]
    assert settings.CACHES["default"]["BACKEND"] == "haven.people.tries.Tries"
    assert settings.MIDDLEWARE[0] == wagtail.FIRST
