"""The browser's own Back button, links in between, a lost connection, and leaving: in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from haven.cases.models import Case
from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(page: Page, heading: str) -> None:
    expect(page.locator("h1").first).to_have_text(heading)


def go_on(page: Page, option: str, to: str) -> None:
    page.check(f"input[value={option}]")
    page.click("main button[value=next]:visible")
    at(page, to)


def two_questions_on(page: Page) -> Page:
    page.goto("/en/contact/")
    page.click("main button[value=next]:visible")
    at(page, "What brings you here?")
    go_on(page, "report", to="Who is it about?")
    go_on(page, "self", to="What is your connection with us?")
    return page


def test_back_goes_to_the_page_before_with_its_answer_and_leaves_one_line_of_history(site: Site, page: Page) -> None:
    two_questions_on(page)
    lines = page.evaluate("history.length")
    page.go_back()
    at(page, "Who is it about?")
    expect(page.locator("input[value=self]")).to_be_checked()
    page.go_back()
    at(page, "What brings you here?")
    page.go_back()
    at(page, "Get in touch with the contact point")
    page.go_forward()
    at(page, "What brings you here?")
    expect(page.locator("input[value=report]")).to_be_checked()

    assert page.evaluate("history.length") == lines
    assert page.title() == "Contact 2"


def test_a_link_followed_on_the_way_loses_nothing(site: Site, page: Page) -> None:
    two_questions_on(page)
    page.check("input[value=student]")
    page.click("footer a[href*='/about/privacy/']")
    page.wait_for_url("**/about/**")
    page.go_back()
    at(page, "What is your connection with us?")

    expect(page.locator("input[value=student]")).to_be_checked()


def test_without_a_connection_the_page_and_its_words_stay(site: Site, browser: Browser) -> None:
    page = two_questions_on(browser.new_context(base_url=site.url).new_page())
    page.route("**/en/contact/", lambda route: route.fulfill(status=502, body="bad gateway"))
    page.check("input[value=student]")
    page.click("main button[value=next]:visible")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("input[value=student]")).to_be_checked()
    page.unroute("**/en/contact/")
    page.wait_for_timeout(2100)  # a button pressed twice within two seconds counts once
    page.click("main button[value=next]:visible")

    at(page, "What is it about?")


def test_who_left_by_the_button_and_presses_back_finds_an_empty_first_page(site: Site, page: Page) -> None:
    two_questions_on(page)
    page.context.route("https://www.knmi.nl/**", lambda route: route.fulfill(status=200, body="weather"))
    page.click("a.btn[data-leave]")
    page.wait_for_url("https://www.knmi.nl/**")
    page.go_back()
    at(page, "Get in touch with the contact point")
    page.click("main button[value=next]:visible")
    at(page, "What brings you here?")

    expect(page.locator("input:checked")).to_have_count(0)


def test_without_javascript_every_step_and_the_back_button_of_the_page_work(
    site: Site, new_context: NewContext
) -> None:
    page = two_questions_on(new_context(java_script_enabled=False).new_page())
    page.click("button.back")
    at(page, "Who is it about?")

    expect(page.locator("input[value=self]")).to_be_checked()


def test_enter_in_a_field_goes_on_and_does_not_switch_the_language(
    site: Site, page: Page, settings: object, transactional_db: None
) -> None:
    Institution(settings).with_readers(2)
    page.goto("/en/contact/")
    page.click("main button[value=next]:visible")
    for _step in range(20):
        if page.locator("input#words").count() and page.locator("h1").first.inner_text() == "Where was it?":
            break
        heading = page.locator("h1").first.inner_text()
        page.click("main button[value=next]:visible")
        expect(page.locator("h1").first).not_to_have_text(heading)
    page.fill("#words", "In the library")
    page.press("#words", "Enter")

    at(page, "Where does the other person belong?")


def test_after_sending_the_page_can_be_loaded_again_and_a_link_leaves_nothing_of_it(
    site: Site, page: Page, settings: object
) -> None:
    Institution(settings).with_readers(2)
    page.goto("/en/contact/")
    while page.locator("h1").first.inner_text() != "Your code":
        heading = page.locator("h1").first.inner_text()
        page.click("main button[value=next]:visible")
        expect(page.locator("h1").first).not_to_have_text(heading)
    code = page.locator("output#code").inner_text()
    page.check("input[name=urgent]")
    page.click("button[value=send]")
    at(page, "Thank you. Your message has arrived safely")
    page.reload()
    at(page, "Thank you. Your message has arrived safely")
    expect(page.locator("output#code")).to_have_text(code)
    expect(page.locator("#differs")).to_have_count(0)
    page.click("text=Open the mailbox")
    page.wait_for_url("**/mailbox/")
    page.go_back()
    at(page, "Get in touch with the contact point")

    assert [case.urgent for case in Case.objects.all()] == [True]
