"""Searching the site: in both languages, without a trace, and never without a person at the end."""

import logging
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from haven.pages import searching
from haven.pages.models import DirectoryEntry, StandardPage
from haven.pages.searching import Document
from haven.rulebook import shelf
from tests.pages.conftest import Homes, published

SECRET = "zwanger"


def search(client: Client, words: str, code: str = "en", **headers: str) -> Any:
    return client.post(f"/{code}/search/", {"words": words}, headers=headers)


def found(answer: Any) -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)">', answer.text)


def standard(homes: Homes, code: str, title: str, body: Any, **more: Any) -> StandardPage:
    page = StandardPage(title=title, locale=homes[code].locale, body=body, **more)
    published(page, below=homes[code])
    return page


@pytest.mark.parametrize(
    ("code", "words", "first"),
    [
        ("en", "psychologist", "/en/help/#student_psychologists"),
        ("en", "pyschologists", "/en/help/#student_psychologists"),
        ("nl", "Studentenpsychólogen", "/nl/help/#student_psychologists"),
        ("nl", "ombuds", "/nl/help/#ombuds"),
        ("nl", "beschuldigd", "/nl/help/accused/"),
        ("en", "which institution", "/en/about/institution/"),
    ],
)
def test_what_the_rulebook_has_is_found_in_both_languages_also_with_a_slip_of_the_pen(
    client: Client, homes: Homes, code: str, words: str, first: str
) -> None:
    assert found(search(client, words, code))[0] == first


def test_what_editors_wrote_is_found_with_a_draft_left_out_and_a_strong_example_not_shown(
    client: Client, homes: Homes
) -> None:
    strong = {"content_note": "About violence.", "text": "<p>He threw the microscope.</p>"}
    standard(homes, "en", "In the lab", [("example", strong)], lead="What is normal in a lab.")
    draft = standard(homes, "en", "Unfinished microscope", [])
    draft.unpublish()
    entry = DirectoryEntry(
        locale=homes["en"].locale, name="Beekeepers", does="Listen.", confidentiality="team", phone="1", live=True
    )
    entry.save()

    answer = search(client, "microscopes")
    assert found(answer) == ["/en/in-the-lab/"]
    assert "What is normal in a lab." in answer.text
    assert "threw" not in answer.text
    assert found(search(client, "beekeeper")) == [f"/en/help/#{entry.key}"]


def test_a_page_that_is_there_in_one_language_is_found_in_the_other_and_says_which(
    client: Client, homes: Homes
) -> None:
    dutch = standard(homes, "nl", "Kraanvogels", [])
    answer = search(client, "kraanvogel")
    assert found(answer) == ["/en/kraanvogels/"]
    assert '<li class="card flow" lang="nl">' in answer.text
    assert client.get("/en/kraanvogels/").status_code == 200

    english = StandardPage(title="Kraanvogels cranes", locale=homes["en"].locale, translation_key=dutch.translation_key)
    published(english, below=homes["en"])
    assert found(search(client, "kraanvogel")) == ["/en/kraanvogels-cranes/"]


def test_nothing_is_left_of_what_was_looked_for(client: Client, homes: Homes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="django")
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = search(client, SECRET, "nl")

    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert SECRET in answer.text  # in the field, to change it
    assert SECRET not in re.sub(r'<input id="words".*?>', "", answer.text)
    assert [one["sql"] for one in queries if SECRET in one["sql"] or not one["sql"].startswith("SELECT")] == []
    assert SECRET not in caplog.text
    assert 'autocomplete="off"' in answer.text
    remembered = searching._indexed.cache_info().currsize
    search(client, "another secret", "nl")
    assert searching._indexed.cache_info().currsize == remembered


def test_words_in_an_address_are_not_looked_at_and_the_form_is_taken_from_our_own_pages_only(
    client: Client, homes: Homes
) -> None:
    shown = client.get(f"/nl/search/?words={SECRET}&q={SECRET}")
    assert SECRET not in shown.text.partition("<main")[2]
    assert found(shown) == []
    assert 'method="post"' in shown.text
    assert search(client, SECRET, sec_fetch_site="cross-site").status_code == 403


@pytest.mark.parametrize("words", ["xyzzyqwerty", "   ", "' OR 1=1 --", "%", "a" * 5000, "the of and"])
def test_where_nothing_is_found_there_is_a_person(client: Client, homes: Homes, words: str) -> None:
    answer = search(client, words)
    assert answer.status_code == 200
    if words.strip() and not found(answer):
        ways = shelf.current().institution.contact_ways
        assert "We found nothing with these words." in answer.text
        for link in (f"mailto:{ways.mail}", "/en/contact/", "/en/help/#"):
            assert link in answer.text


def test_every_page_of_the_site_leads_to_the_search(client: Client, homes: Homes) -> None:
    standard(homes, "en", "Written", [])
    for address in ("/en/", "/en/help/", "/en/written/", "/en/about/procedures/"):
        assert 'href="/en/search/"' in client.get(address).text


def test_the_page_with_more_and_rarer_words_comes_first() -> None:
    pages = [Document(f"/{n}/", f"Page {n}", "about safety") for n in range(8)]
    pages += [Document("/both/", "Wrong", "safety in the lab"), Document("/title/", "Laboratory", "lab safety")]

    assert [one.address for one in searching.found("lab safety", pages)][:2] == ["/title/", "/both/"]
    assert len(searching.found("safety", pages)) <= searching.MOST
