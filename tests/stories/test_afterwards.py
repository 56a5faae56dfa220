"""After a case: asked whether we may ask again, told that something goes wrong because of it, and how it went."""

import os
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import Reader, reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORSE, WISH, DONE = "I was left out of the project.", "Back in the project.", "Spoke with the dean."


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def goes_to(reporter: Reporter, name: str) -> Page:
    reporter.page.locator(f"#more a[href$='/{name}/'], .note a[href$='/{name}/']").first.click()
    reporter._looks()
    shot(reporter.page, f"{name}-{reporter.language}")
    return reporter.page


@proves("R-003-20")
def test_asked_later_disadvantaged_and_heard(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    _case, code = house.report()
    desk = reader(new_context(), house.readers[1], site.url)
    proposes_and_closes(desk)

    reporter = Reporter(page).returns_with(code)
    agrees_to_one(reporter)
    tells_of_a_disadvantage(reporter)
    looks_at_it(desk)
    sees_it_and_says_how_it_went(reporter)
    desk.goes("?show=ended").page.locator("table a[href*='/case/']").click()
    desk.sees("Did you feel heard?", "Mostly", "A faster answer.")
    shot(desk.page, "desk-afterwards")
    stops(reporter)


def proposes_and_closes(desk: Reader) -> None:
    desk.opens_the_only_case()
    desk.does("screen", result="assign")
    desk.page.locator("details#check_ins > summary").click()
    for key in ("four_weeks", "three_months"):
        desk.page.locator(f"label:has([name=at_{key}])").click()
    desk.does("check_ins", how="mailbox")
    desk.does("close", outcome="talked", category="bullying", destination="none")


def agrees_to_one(reporter: Reporter) -> None:
    page = goes_to(reporter, "afterwards")
    page.locator("button[value=agree]").click()
    expect(page.locator("#errors")).to_contain_text("Tick when we may ask")
    page.locator("label:has(input[value=three_months])").click()
    page.locator("button[value=agree]").click()
    expect(page.locator("main")).to_contain_text("After three months: ")
    expect(page.locator("main")).not_to_contain_text("After four weeks")
    shot(page, "afterwards-agreed")
    page.locator("a.back").click()


def tells_of_a_disadvantage(reporter: Reporter) -> None:
    page = goes_to(reporter, "concern")
    page.locator("main form .actions button").click()
    expect(page.locator("#errors")).to_contain_text("Write what happened")
    page.fill("#what", WORSE)
    page.fill("#wish", WISH)
    page.locator("main form .actions button").click()
    expect(page.locator("main")).to_contain_text("Somebody looks at it no later than")
    reporter._looks()
    shot(page, "mailbox-concern")


def looks_at_it(desk: Reader) -> None:
    desk.goes("").sees("A reporter tells of being disadvantaged")
    shot(desk.page, "inbox-concern")
    desk.page.locator("section[aria-labelledby=later] a").click()
    desk._looks()
    desk.sees(WORSE, WISH, "The reporter agreed to be asked how they are")
    shot(desk.page, "desk-concern")
    desk.does("look_at", remark=DONE, text="We speak with them.")
    desk.goes("")
    expect(desk.page.locator("section[aria-labelledby=later]")).to_have_count(0)


def sees_it_and_says_how_it_went(reporter: Reporter) -> None:
    page = reporter.page
    page.goto("/en/contact/mailbox/open/")
    expect(page.locator("#talk")).to_contain_text("We speak with them.")
    expect(page.locator("main")).to_contain_text("was looked at on")
    expect(page.locator("main")).not_to_contain_text(DONE)
    goes_to(reporter, "evaluation")
    page.locator("fieldset:has(input[name=heard]) label:has(input[value=mostly])").click()
    page.fill("#own_words", "A faster answer.")
    page.locator("main form .actions button").click()
    expect(page.locator("main")).to_contain_text("Your answers have arrived")
    page.locator("a.back").click()
    expect(page.locator("#more a[href$='/evaluation/']")).to_have_count(0)


def stops(reporter: Reporter) -> None:
    page = goes_to(reporter, "afterwards")
    page.locator("button[value=stop]").click()
    expect(page.locator("main")).to_contain_text("Nothing is agreed")


@proves("R-003-20")
def test_the_pages_in_dutch_without_scripts_on_a_telephone(
    site: Site, house: Institution, new_context: NewContext
) -> None:
    _case, code = house.report()
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    reporter = Reporter(page, "nl", scripts=False).returns_with(code)

    goes_to(reporter, "concern")
    page.fill("#what", WORSE)
    page.locator("main form .actions button").click()

    expect(page.locator("main")).to_contain_text("Uiterlijk")
    shot(page, "mailbox-nl-390")


def test_a_request_about_data_gets_an_answer_that_tells_nothing(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    _case, code = house.report()
    reporter = Reporter(page).returns_with(code)
    goes_to(reporter, "privacy")
    page.locator("label:has(input[value=access])").click()
    page.locator("main form .actions button").click()
    expect(page.locator("main")).to_contain_text("Your request about your data has arrived")

    desk = reader(new_context(), house.readers[1], site.url)
    desk.sees("A request about personal data").opens_the_only_case()
    desk.does("decide", name="Dirk", decision="informed", reason="He knows already.")
    shot(desk.page, "desk-privacy")
    desk.does(
        "look_at",
        remark="Looked at all of it.",
        neutral="nothing_to_tell",
        how_checked="code",
        checked_on=localdate().isoformat(),
    )

    page.goto("/en/contact/mailbox/open/")
    expect(page.locator("#talk")).to_contain_text("There is no data about you that we can give you now.")
    expect(page.locator("main")).not_to_contain_text("Dirk")
