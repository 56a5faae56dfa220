"""Somebody misses something on a page and says so on a telephone, without JavaScript; within the week staff answer,
decide, and tell on the site what was done with it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from haven.vault.models import Compartment
from haven.voices.models import ADDRESS, Input, Tally, Wording
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


@proves("R-004-05", "R-004-44", "R-004-47", "R-004-50", "R-004-51")
def test_a_suggestion_from_a_telephone_to_the_page_what_we_did_with_it(
    site: Site, house: Institution, new_context: NewContext, post_office: PostOffice, settings: Any
) -> None:
    pace.clear()
    settings.DEMO = True  # its statements are invented
    visitor = new_context(java_script_enabled=False).new_page()
    visitor.set_viewport_size({"width": 390, "height": 844})
    leaves_a_suggestion(visitor)

    keeper = reader(new_context(), house.readers[0], site.url)
    answers_and_writes(keeper)
    assert (Input.objects.get().in_time, Compartment.objects.filter(kind=ADDRESS).count()) == (True, 0)
    assert [ANSWER in mail.get_content() for mail in post_office.mails] == [True]

    colleague = reader(new_context(), house.readers[1], site.url)
    publishes(colleague)
    visitor.goto("/nl/input/outcomes/")
    expect(visitor.locator("main .card").first).to_contain_text(DUTCH)
    looked_at_with_scripts(colleague.page, "/nl/input/", "/nl/input/outcomes/", "/nl/statements/")
    assert Wording.objects.get().en == ENGLISH


def leaves_a_suggestion(visitor: Page) -> None:
    visitor.goto("/nl/help/")
    visitor.locator(".missing a").click()
    visitor.locator("#input button.btn").click()
    expect(visitor.locator("#errors")).to_be_visible()
    visitor.locator("label:has(input[name=kind][value=suggestion])").click()
    visitor.locator("[name=words]").fill(WORDS)
    visitor.locator("[name=mail]").fill("iemand@voorbeeld.example")
    visitor.locator("#input button.btn").click()
    expect(visitor.locator("h1")).to_have_text("Dank je. We hebben het")
    visitor.reload()
    assert (Input.objects.count(), visitor.context.cookies()) == (1, [])
    visitor.locator("main a[href='/nl/help/']").click()
    expect(visitor.locator(".missing")).to_be_visible()


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
    expect(colleague.page.locator("#published")).to_be_visible()


def looked_at_with_scripts(page: Page, *paths: str) -> None:
    """On a small screen, where axe can run. And one press on a statement is one vote."""
    page.set_viewport_size({"width": 390, "height": 844})
    for path in paths:
        page.goto(path)
        look(page)
    page.locator(".poll button").first.click()
    look(page)
    assert Tally.objects.get().votes == [1, 0, 0, 0, 0]
