"""The information site: what stands on every page, and how near help is."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client, override_settings

from haven.rulebook import shelf
from haven.ui.templatetags.ui import day
from tests.proves import proves

pytestmark = pytest.mark.django_db  # whether editors wrote a front page is looked up

PAGES = (
    "",
    "help/",
    "help/?for=student",
    "help/?for=patient",
    "help/self/",
    "help/other/",
    "help/accused/",
    "about/definition/",
    "about/privacy/",
    "about/accessibility/",
    "about/reading/",
    "about/procedures/",
    "about/procedures/complaints/",
    "about/procedures/complaints/dates/",
    "about/procedures/hospital_wrongdoing/",
    "expect/reporter/",
    "expect/accused/",
    "expect/bystander/",
    "expect/unit/",
    "no-such-page/",
)
EVERY_PAGE = [f"/{language}/{page}" for language in ("nl", "en") for page in PAGES]
CONTACT = re.compile(r"^/(nl|en)/contact/$")


class Outline(HTMLParser):
    """What a page consists of: elements by name, links, ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.elements.append(tag)
        self.ids.append(told.get("id") or "")
        self.language = self.language or (told.get("lang") or "" if tag == "html" else "")
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))


def look(client: Client, address: str) -> Outline:
    return Outline(client.get(address).content.decode())


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_has_a_language_one_heading_one_main_part_and_a_way_past_the_top(
    client: Client, address: str
) -> None:
    page = look(client, address)
    assert page.language == address[1:3]
    assert page.elements.count("h1") == 1
    assert page.elements.count("main") == 1
    assert page.links[0] == "#main"
    assert "main" in page.ids
    ids = [one for one in page.ids if one]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", [one for one in EVERY_PAGE if "no-such-page" not in one])
def test_every_page_leads_to_itself_in_the_other_language(client: Client, address: str) -> None:
    other = {"nl": "en", "en": "nl"}[address[1:3]]
    assert f"/{other}{address[3:]}" in look(client, address).links


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_no_page_gives_a_cookie_or_asks_for_a_script_of_its_own(client: Client, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert " style=" not in response.text
    assert " onclick=" not in response.text


@proves("R-000-04")
@pytest.mark.parametrize("address", EVERY_PAGE)
def test_the_contact_point_is_at_most_two_activations_away(client: Client, address: str) -> None:
    links = look(client, address).links
    if any(CONTACT.match(link) for link in links):
        return
    local = [link for link in links if link.startswith("/")]
    assert any(CONTACT.match(further) for link in local for further in look(client, link).links)


@proves("R-000-05")
def test_the_directory_tells_of_each_provision_for_whom_what_how_confidential_and_how_to_reach_it(
    client: Client,
) -> None:
    shown = client.get("/en/help/")
    for key in ("contact_point", "counsellor_students", "social_work", "student_psychologists", "ombuds"):
        one = shelf.current().provisions[key]
        for text in (one.name, one.for_whom, one.does, one.confidentiality_says):
            assert text.en in shown.text
        assert f'id="{key}"' in shown.text
        assert f'href="tel:{one.ways.phone}"'.replace(" ", "") in shown.text.replace(" ", "")
        assert f"mailto:{one.ways.mail}" in shown.text


@proves("R-001-21")
def test_of_a_counsellor_the_directory_says_who_appointed_them_and_for_how_long(client: Client) -> None:
    one = shelf.current().provisions["counsellor_students"]
    assert one.appointed
    assert one.appointed.until
    card = client.get("/en/help/").text.split(f'id="{one.key}"')[1].split("</article>")[0]
    for said in (one.appointed.by.en, day(one.appointed.since), day(one.appointed.until)):
        assert said in card
    assert "Appointed by" not in client.get("/en/help/").text.split('id="social_work"')[1].split("</article>")[0]


@proves("R-000-05")
def test_each_provision_can_be_a_destination_of_a_referral() -> None:
    destinations = [one.key for one in shelf.current().destinations()]
    assert [p.key for p in shelf.current().provisions if not p.emergency and p.key not in destinations] == []


def test_the_directory_for_students_leaves_out_what_is_for_staff_only(client: Client) -> None:
    ids = look(client, "/nl/help/?for=student").ids
    assert "student_psychologists" in ids
    assert "social_work" not in ids


def test_an_unknown_audience_gets_the_whole_directory(client: Client) -> None:
    assert look(client, "/nl/help/?for=martian").ids == look(client, "/nl/help/").ids


def test_an_audience_with_a_better_place_is_pointed_there_and_still_sees_the_contact_point(client: Client) -> None:
    page = look(client, "/nl/help/?for=patient")
    assert "#patient_liaison" in page.links
    assert "contact_point" in page.ids


@proves("R-000-09")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_definition_starts_from_experience(client: Client, language: str) -> None:
    shown = client.get(f"/{language}/about/definition/").text
    for paragraph in shelf.current().institution.definition.paragraphs(language):
        assert paragraph in shown


@proves("R-004-14")
@pytest.mark.parametrize("key", ["self", "other", "accused"])
def test_each_situation_says_what_you_can_do_how_and_whom_to_contact(client: Client, key: str) -> None:
    page = look(client, f"/en/help/{key}/")
    assert [one for one in page.ids if one in {"what", "how", "whom"}] == ["what", "how", "whom"]


@proves("R-004-15")
@pytest.mark.parametrize("key", ["self", "other", "accused"])
def test_each_step_unfolds_without_a_script_and_has_an_address(client: Client, key: str) -> None:
    shown = client.get(f"/en/help/{key}/").text
    steps = re.findall(r"<details[^>]*><summary>[^<]+</summary><div class=\"more-body\" id=\"([a-z]+)\">", shown)
    assert len(steps) == shown.count("<details")
    assert len(steps) >= 7


@proves("R-004-16", "R-004-17")
@pytest.mark.parametrize("address", ["", "help/?for=student", "help/?for=staff", "help/self/", "help/accused/"])
def test_both_ways_on_stand_side_by_side_with_the_same_weight(client: Client, address: str) -> None:
    shown = client.get(f"/en/{address}").text
    cards = re.findall(r'<section class="card ends">.*?<h2>(.*?)</h2>.*?<a class="(.*?)"', shown, re.DOTALL)
    assert cards == [("Talk to a confidential counsellor", "btn"), ("Make a report or ask a question", "btn")]


@proves("R-003-15")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everyone_whom_a_report_touches_has_a_page_and_a_letter_of_their_own(client: Client, language: str) -> None:
    book = shelf.current()
    home = client.get(f"/{language}/").text
    for key in ("reporter", "accused", "bystander", "unit"):
        shown, party = client.get(f"/{language}/expect/{key}/").text, book.concerned[key]
        assert f'href="/{language}/expect/{key}/"' in home
        for text in (party.title, party.lead, party.expect, party.help, party.told):
            assert all(paragraph in shown for paragraph in text.paragraphs(language))
        assert f"for_{key}" in {letter.key for letter in book.letters if letter.use == "answer"}
    assert client.get(f"/{language}/expect/nobody/").status_code == 404


def test_an_unknown_situation_does_not_exist(client: Client) -> None:
    assert client.get("/nl/help/../etc/").status_code == 404
    assert client.get("/nl/help/nothing/").status_code == 404


def test_what_does_not_exist_is_the_same_page_for_every_address(client: Client) -> None:
    addresses = ("/nl/nothing/", "/nl/help/nothing/", "/nl/desk/case/ABCD/x/y/", "/nl/zzz/?a=b", "/nl/gallery/")
    answers = {client.get(one, headers={"user-agent": one}).content for one in addresses}
    assert len(answers) == 1
    assert b"nothing/" not in answers.pop()


@pytest.mark.parametrize(
    ("asked", "given"), [("nl-NL,nl;q=0.9", "/nl/"), ("en-GB", "/en/"), ("fr", "/nl/"), ("", "/nl/")]
)
def test_the_bare_address_leads_to_the_language_of_the_browser(client: Client, asked: str, given: str) -> None:
    response = client.get("/", headers={"accept-language": asked})
    assert (response.status_code, response["Location"]) == (302, given)
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


def test_the_house_style_may_be_kept_by_a_browser(client: Client) -> None:
    response = client.get("/style.css")
    assert response["Content-Type"] == "text/css"
    assert "max-age=86400" in response["Cache-Control"]


def test_the_gallery_is_only_there_where_everything_is_invented(client: Client) -> None:
    with override_settings(DEMO=True):
        assert client.get("/nl/gallery/").status_code == 200
    with override_settings(DEMO=False):
        assert client.get("/nl/gallery/").status_code == 404


def test_the_demo_says_on_every_page_that_it_is_one(client: Client) -> None:
    with override_settings(DEMO=True):
        assert all('class="demo"' in client.get(address).text for address in EVERY_PAGE)
    assert 'class="demo"' not in client.get("/nl/").text
