"""Somebody misses something on a page and says so on a telephone, without JavaScript; within the week staff answer,
decide, and tell on the site what was done with it."""

import pytest
from playwright.sync_api import Page, expect

from haven.vault.models import Compartment
from haven.voices.models import ADDRESS, Input, PlanLine, Wording
from haven.voices.pace import pace
from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site
from tests.post import PostOffice
from tests.proves import proves
from tests.stories.looking import look
from tests.stories.reader import Reader, reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS, ANSWER = "Zet erbij waar je op zaterdag terechtkunt.", "Dank je, dat zetten we erbij."
DUTCH, ENGLISH = "De openingstijden van zaterdag staan er nu bij.", "The opening hours of Saturday stand there now."


@proves("R-004-05", "R-004-44", "R-004-50", "R-004-51")
def test_a_suggestion_from_a_telephone_to_the_page_what_we_did_with_it(
    site: Site, house: Institution, new_context: NewContext, post_office: PostOffice
) -> None:
    pace.clear()
    visitor = new_context(java_script_enabled=False).new_page()
    visitor.set_viewport_size({"width": 390, "height": 844})
    leaves_a_suggestion(visitor)

    keeper = reader(new_context(), house.readers[0], site.url)
    answers_and_writes(keeper)
    assert (Input.objects.get().in_time, Compartment.objects.filter(kind=ADDRESS).count()) == (True, 0)
    assert [ANSWER in mail.get_content() for mail in post_office.mails] == [True]

    colleague = reader(new_context(), house.readers[1], site.url)
    publishes(colleague)
    for language, words in (("nl", DUTCH), ("en", ENGLISH)):
        visitor.goto(f"/{language}/input/outcomes/")
        expect(visitor.locator("main .card").first).to_contain_text(words)
    looked_at_with_scripts(colleague.page, "/nl/input/", "/nl/input/outcomes/")
    assert Wording.objects.get().action == PlanLine.objects.get().key


def leaves_a_suggestion(visitor: Page) -> None:
    """With the keyboard alone."""
    visitor.goto("/nl/help/")
    presses(visitor, ".missing a", "Enter")
    expect(visitor.locator("#input")).to_be_visible()
    presses(visitor, "#input button.btn", "Enter")
    expect(visitor.locator("#errors")).to_be_visible()
    presses(visitor, "input[name=kind]", "ArrowDown", "ArrowDown", "ArrowDown")
    expect(visitor.locator("input[name=kind][value=suggestion]")).to_be_checked()
    presses(visitor, "[name=words]")
    visitor.keyboard.type(WORDS)
    presses(visitor, "[name=mail]")
    visitor.keyboard.type("iemand@voorbeeld.example")
    presses(visitor, "#input button.btn", "Enter")
    expect(visitor.locator("h1")).to_have_text("Dank je. We hebben het")
    visitor.reload()
    assert (Input.objects.count(), visitor.context.cookies()) == (1, [])
    presses(visitor, "main a[href='/nl/help/']", "Enter")
    expect(visitor.locator(".missing")).to_be_visible()


def presses(visitor: Page, what: str, *keys: str) -> None:
    """Tab until it has the focus, and then these."""
    for _press in range(150):
        visitor.keyboard.press("Tab")
        if visitor.evaluate("what => document.activeElement.matches(what)", what):
            break
    else:
        raise AssertionError(f"{what} cannot be reached with the keyboard on {visitor.url}")
    for key in keys:
        visitor.keyboard.press(key)


def answers_and_writes(keeper: Reader) -> None:
    keeper.goes("input/")
    keeper.page.locator("table a").click()
    keeper.sees(WORDS, "/nl/help/")._looks()
    keeper.does("answer", text=ANSWER)
    decide = keeper.page.locator("#decide")
    decide.locator("summary").click()
    decide.locator("label:has(input[value=used])").click()
    decide.locator("[name=how]").fill("On the page itself.")
    decide.locator("button.btn").click()
    expect(keeper.page.locator(".done")).to_be_visible()
    keeper.does("propose", nl="Zaterdag open", en="Open on Saturday")
    keeper.does("word", nl=DUTCH, en=ENGLISH)
    expect(keeper.page.locator("#publish")).to_have_count(0)


def publishes(colleague: Reader) -> None:
    colleague.goes("input/enter/").goes("input/round/").goes("input/")
    colleague.page.locator("table a").click()
    publish = colleague.page.locator("#publish")
    publish.locator("label:has([name=sure])").click()
    publish.locator("button.btn").click()
    expect(colleague.page.locator(".done")).to_be_visible()
    colleague.goes("input/")
    expect(colleague.page.locator("section[aria-labelledby=published]")).to_contain_text("Used, Open on Saturday")


def looked_at_with_scripts(page: Page, *paths: str) -> None:
    """On a small screen, where axe can run."""
    page.set_viewport_size({"width": 390, "height": 844})
    for path in paths:
        page.goto(path)
        look(page)
