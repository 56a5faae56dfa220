"""What editors wrote, as anybody reads it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from haven.pages import planting
from haven.pages.models import AudiencePage, StandardPage
from tests.pages.conftest import Homes, published
from tests.proves import proves

THREE = ("self", "other", "accused")


def standard(homes: Homes, code: str, title: str, like: StandardPage | None = None) -> StandardPage:
    page = StandardPage(title=title, locale=homes[code].locale, body=[("text", f"<p>Words of {title}.</p>")])
    if like is not None:
        page.translation_key = like.translation_key
    published(page, below=homes[code])
    return page


def audience(homes: Homes, code: str, key: str, title: str) -> AudiencePage:
    team = [("people", [{"name": "Somebody who answers", "function": "Project team"}])]
    page = AudiencePage(title=title, audience=key, locale=homes[code].locale, team=team)
    published(page, below=homes[code])
    return page


def tongue(client: Client, address: str) -> str:
    found = re.search(r'<a class="tongue" href="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


@proves("R-004-01")
def test_a_page_leads_to_the_same_page_in_the_other_language(client: Client, homes: Homes) -> None:
    dutch = standard(homes, "nl", "Over ons")
    standard(homes, "en", "About us", like=dutch)

    assert tongue(client, "/nl/over-ons/") == "/en/about-us/"
    assert tongue(client, "/en/about-us/") == "/nl/over-ons/"
    assert tongue(client, "/nl/") == "/en/"


@proves("R-004-01")
def test_a_page_that_is_not_translated_says_so_and_keeps_its_own_language(client: Client, homes: Homes) -> None:
    standard(homes, "nl", "Over ons")

    assert tongue(client, "/nl/over-ons/") == "/en/over-ons/"
    borrowed = client.get("/en/over-ons/")
    assert borrowed.status_code == 200
    assert '<html lang="en">' in borrowed.text
    assert '<div class="written flow" lang="nl">' in borrowed.text
    assert "This page is not there in English yet." in borrowed.text
    assert "Words of Over ons." in borrowed.text
    assert tongue(client, "/en/over-ons/") == "/nl/over-ons/"
    assert "not there in" not in client.get("/nl/over-ons/").text


@proves("R-004-01")
def test_the_address_of_a_page_in_the_wrong_language_leads_to_its_translation(client: Client, homes: Homes) -> None:
    dutch = standard(homes, "nl", "Over ons")
    english = standard(homes, "en", "About us", like=dutch)

    assert client.get("/en/over-ons/")["Location"] == "/en/about-us/"
    english.unpublish()
    assert client.get("/en/over-ons/").status_code == 200
    dutch.unpublish()
    assert client.get("/en/over-ons/").status_code == 404


@proves("R-004-02", "R-004-04", "R-004-06", "R-004-16", "R-004-17", "R-004-43")
@pytest.mark.parametrize(("key", "title"), [("student", "Students"), ("staff", "Staff"), ("role_model", "Teachers")])
def test_the_page_of_an_audience_has_situations_cards_who_is_meant_and_who_answers(
    client: Client, homes: Homes, key: str, title: str
) -> None:
    page = audience(homes, "en", key, title)
    shown = client.get(f"/en/{title.lower()}/").text
    assert page.who is not None

    assert re.findall(r'<a class="tile" href="/en/help/(\w+)/\?for=' + key, shown) == list(THREE)
    cards = re.findall(r'<section class="card ends">.*?<h2>(.*?)</h2>.*?<a class="(.*?)"', shown, re.DOTALL)
    assert cards == [("Talk to a confidential counsellor", "btn"), ("Make a report or ask a question", "btn")]
    assert page.who.covers.en in shown
    assert all(group.en in shown for group in page.who.groups)
    assert "Somebody who answers" in shown
    assert f'href="/en/{title.lower()}/"' in client.get("/en/").text


@proves("R-004-07")
def test_a_phd_candidate_and_a_doctor_in_training_are_pointed_to_the_pages_for_staff(
    client: Client, homes: Homes
) -> None:
    audience(homes, "en", "student", "Students")
    assert "Are you a PhD candidate?" not in client.get("/en/students/").text
    audience(homes, "en", "staff", "Staff")
    shown = client.get("/en/students/").text

    for who in ("Are you a PhD candidate?", "Are you a doctor in training?"):
        assert re.search(rf'{re.escape(who)} <a href="/en/staff/">Staff</a>', shown)
    assert "PhD candidate" in client.get("/en/staff/").text


@proves("R-002-03")
@pytest.mark.parametrize("address", ["/en/", "/en/about/definition/", "/en/written/"])
def test_the_navigation_offers_to_understand_to_talk_to_report_and_to_get_support(
    client: Client, homes: Homes, address: str
) -> None:
    standard(homes, "en", "Written")
    nav = re.search(r'<nav class="site-nav".*?</nav>', client.get(address).text, re.DOTALL)
    assert nav

    assert re.findall(r"<a href=[^>]+>([^<]+)</a>", nav[0]) == [
        "Understand",
        "Talk to someone",
        "Report or ask",
        "Get support",
        "Your mailbox",
        "Search",
    ]
    assert all(client.get(link.partition("#")[0]).status_code == 200 for link in re.findall(r'href="([^"]+)"', nav[0]))


def test_no_written_page_gives_a_cookie_or_depends_on_who_reads(client: Client, homes: Homes) -> None:
    standard(homes, "nl", "Over ons")
    for address in ("/nl/", "/nl/over-ons/", "/en/over-ons/", "/nl/nothing-here/"):
        answer = client.get(address, headers={"accept-language": "en"})
        assert not answer.cookies
        assert "Vary" not in answer
        assert "script-src 'self';" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_draft_is_not_there(client: Client, homes: Homes) -> None:
    homes["nl"].add_child(instance=StandardPage(title="Later", locale=homes["nl"].locale, live=False))

    assert client.get("/nl/later/").content == client.get("/nl/no-such-page/").content


def test_a_page_cannot_stand_where_a_door_is(homes: Homes) -> None:
    with pytest.raises(ValidationError):
        homes["nl"].add_child(instance=StandardPage(title="Contact", slug="contact", locale=homes["nl"].locale))


def test_planting_again_leaves_what_editors_made(client: Client, homes: Homes) -> None:
    homes["nl"].heading = "Words of an editor"
    homes["nl"].save_revision().publish()
    planting.plant()

    assert "Words of an editor" in client.get("/nl/").text
    assert Page.objects.count() == 1 + 2 + 2  # the root, a front page and a place for campaigns in each language
