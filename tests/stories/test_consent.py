"""The person decides: asked, narrowed, referred, read elsewhere, ended; refused; and the one exception."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from haven.people.models import User
from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import Reader, reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME, STORY, SUMMED = (
    "Sanne de Wit",
    "My supervisor threatens to stop my contract.",
    "A PhD candidate fears for a contract.",
)
KNOWN = {"purpose": "report", "story": STORY, "name": NAME, "contact_way": "phone", "contact_detail": "06 1234 5678"}
ASKED = {"recipient": "team:ombuds", "purpose": "referral", "what": "whole", "text": SUMMED, "how": "mailbox"}


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def to_consent(reporter: Reporter) -> Reporter:
    reporter.page.goto(f"/{reporter.language}/contact/mailbox/open/consent/")
    return reporter._looks()


def one_of_ombuds(new_context: NewContext, house: Institution, site: Site, language: str = "en") -> Reader:
    """Made by the stage of the stories, so their keys are opened with the passphrase of the tests."""
    user = User.objects.get(name="Ombuds One")
    return Reader(new_context().new_page(), Institution(house.settings, route="ombuds").known(user), language)


@pytest.mark.both
@proves("R-000-13", "R-000-20", "R-000-22", "R-000-23", "R-000-21", "R-003-14")
def test_asked_narrowed_referred_and_ended(
    site: Site, house: Institution, page: Page, new_context: NewContext, tmp_path: Path
) -> None:
    photo = tmp_path / "screenshot.txt"
    photo.write_text("what he wrote")
    reporter = Reporter(page).opens_the_door().goes_on_to("code", **KNOWN, mode="named", files=[photo])
    code = reporter.sends()
    desk = reader(new_context(), house.readers[1], site.url)
    asks_for_everything(desk)
    agrees_to_less(reporter.returns_with(code))

    desk.goes("")
    desk.sees("Introduce a reporter")
    shot(desk.page, "inbox-task")
    desk.opens_the_only_case()
    shot(desk.page, "desk-given")
    desk.does("refer")
    the_other_team_reads_exactly_that(one_of_ombuds(new_context, house, site).sits_down(site.url))
    desk.opens_the_only_case()
    desk.does("introduced", on=localdate().isoformat(), remark="We went together.")
    desk.goes("")
    expect(desk.page.locator("main")).not_to_contain_text("Introduce a reporter")
    sees_who_opened_it_and_ends_it(reporter)
    other = one_of_ombuds(new_context, house, site).sits_down(site.url)
    expect(other.page.locator("main")).not_to_contain_text("Referred to you")


def asks_for_everything(desk: Reader) -> None:
    desk.opens_the_only_case()
    desk.does("screen", result="assign")
    desk.page.locator("details#ask > summary").click()
    desk.page.locator("label:has([name=with_name])").click()
    desk.page.locator("label:has([name=with_files])").click()
    shot(desk.page, "desk-ask")
    desk.does("ask", **ASKED)
    expect(desk.page.locator("form[action$='/refer/']")).to_have_count(0)


def agrees_to_less(reporter: Reporter) -> None:
    """The summary with the file; no name."""
    shot(reporter.page, "mailbox-asked")
    to_consent(reporter)
    shot(reporter.page, "consent-asked")
    expect(reporter.page.locator("main")).to_contain_text(SUMMED)
    expect(reporter.page.locator("main")).to_contain_text("Ombuds Two")
    reporter.page.locator("label:has([name=files])").click()
    reporter.page.locator("label:has([name=handover][value=yes])").click()
    reporter.page.locator("button[value=agree]").click()
    expect(reporter.page.locator("main")).to_contain_text("You agreed. It has not gone there yet.")
    shot(reporter.page, "consent-given")


def sees_who_opened_it_and_ends_it(reporter: Reporter) -> None:
    reporter.page.goto("/en/contact/mailbox/open/seen/")
    reporter._looks()
    shot(reporter.page, "seen")
    for words in ("Passed on what you agreed to", "Opened what was passed on with", "Opened what you sent"):
        expect(reporter.page.locator("main")).to_contain_text(words)
    to_consent(reporter).page.locator("button[value=stop]").click()
    expect(reporter.page.locator("main")).to_contain_text("you ended it")
    shot(reporter.page, "consent-ended")


def the_other_team_reads_exactly_that(other: Reader) -> None:
    expect(other.page.locator("table")).to_have_count(0)
    shot(other.page, "other-inbox")
    other.page.locator("a[href*='/referred/']:not([href$='/step-back/'])").click()
    other._looks()
    shot(other.page, "referred")
    other.sees(SUMMED, "screenshot.txt", "The name was not handed over.", "wants to be introduced")
    for words in (STORY, NAME, "06 1234"):
        expect(other.page.locator("main")).not_to_contain_text(words)
    with other.page.expect_download() as download:
        other.page.locator("a[href*='/file/']").click()
    assert Path(download.value.path()).read_text() == "what he wrote"
    other.page.locator("a[href$='/step-back/']").click()
    other._looks().sees("You cannot open what was referred any more")
    expect(other.page.locator("main button[name=sure]")).to_be_visible()


@proves("R-000-22", "R-003-14")
def test_refused_and_taken_back_in_dutch_without_scripts_on_a_telephone(
    site: Site, house: Institution, new_context: NewContext
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    reporter = Reporter(page, "nl", scripts=False).opens_the_door()
    code = reporter.goes_on_to("code", purpose="report", story=STORY, mode="anonymous").sends()
    desk = reader(new_context(), house.readers[1], site.url, "nl", width=390)
    desk.opens_the_only_case()
    desk.does("screen", result="assign")
    for to in ("team:ombuds", "place:police"):
        desk.does("ask", **(ASKED | {"recipient": to, "what": "summary"}))
    shot(desk.page, "desk-390")

    to_consent(reporter.returns_with(code))
    shot(page, "consent-asked-390")
    page.locator("section:has-text('Politie') button[value=refuse]").click()
    page.locator("button[value=agree]").click()
    page.locator("button[value=stop]").click()

    for words in ("Je stemde niet toe", "Je nam het terug"):
        expect(page.locator("main")).to_contain_text(words)
    shot(page, "consent-nl-390")
    desk.opens_the_only_case()
    desk.sees("Geweigerd", "Teruggenomen")
    for deed in ("refer", "hand_over"):
        expect(desk.page.locator(f"details#{deed}")).to_have_count(0)


@proves("R-002-21", "R-002-22", "R-003-14")
def test_a_risk_is_disclosed_by_two_people_and_told_when_the_silence_is_lifted(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    reporter = Reporter(page).opens_the_door()
    code = reporter.goes_on_to("code", purpose="report", story=STORY, mode="anonymous").sends()
    first = reader(new_context(), house.readers[1], site.url)
    first.opens_the_only_case()
    again = (localdate() + timedelta(days=3)).isoformat()
    risk = {"text": "He waits at her door with a knife.", "ground": "violence", "to": "emergency_112"}
    first.does("risk", **risk, tell="no", reason="They live together.", review_on=again)
    expect(first.page.locator("details#second")).to_have_count(0)
    shot(first.page, "risk-proposed")

    other = reader(new_context(), house.readers[2], site.url)
    other.sees("asks you to agree that a risk is disclosed")
    other.opens_the_only_case()
    other.does("second", agree="yes")
    other.sees("Disclosed, reporter not told yet")
    reporter.returns_with(code)
    expect(page.locator("main")).not_to_contain_text("without your consent")

    other.does("review", tell="yes")
    page.goto("/en/contact/mailbox/open/")
    expect(page.locator("main")).to_contain_text("without your consent")
    shot(page, "mailbox-risk")
    page.goto("/en/contact/mailbox/open/seen/")
    reporter._looks()
    expect(page.locator("main")).to_contain_text("He waits at her door")
    expect(page.locator("main")).to_contain_text("They live together.")
    shot(page, "seen-risk")
