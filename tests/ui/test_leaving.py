"""Leaving the site at once, and the other small help of haven.js, in a real browser."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.conftest import NewContext
from tests.live import Site

ELSEWHERE = "<!doctype html><title>Weather</title><h1>Weather</h1>"


@pytest.fixture
def contact(site: Site, page: Page) -> Page:
    """The first page of the reporter's door. What lies behind the way out is played by a page about the weather."""
    page.route("**/exit/", _weather)
    page.clock.install()
    page.goto("/en/contact/")
    return page


def _weather(route: Route) -> None:
    route.fulfill(body=ELSEWHERE, content_type="text/html")


def _stays(route: Route) -> None:
    """An answer on which a browser keeps the page it has: as if the other one takes long."""
    route.fulfill(status=204)


def _lights(page: Page) -> int:
    return page.locator(".lights i.on").count()


def test_the_button_leaves_and_back_returns_to_a_page_that_works(contact: Page) -> None:
    contact.get_by_role("button", name="Leave this site").click()
    expect(contact).to_have_title("Weather")
    contact.go_back()
    expect(contact.locator("main")).to_be_visible()
    expect(contact.locator(".leave-page")).to_have_count(0)


def test_shift_three_times_leaves_and_tells_how_far_one_is(contact: Page) -> None:
    says = contact.locator("[data-leave-says]")
    contact.keyboard.press("Shift")
    expect(says).to_have_text("Shift, press 2 more times to leave.")
    assert _lights(contact) == 1
    contact.keyboard.press("Shift")
    expect(says).to_have_text("Shift, press 1 more time to leave.")
    assert _lights(contact) == 2
    contact.keyboard.press("Shift")
    expect(contact).to_have_title("Weather")


def test_the_page_is_white_at_once_while_the_other_one_loads(contact: Page) -> None:
    contact.route("**/exit/", _stays)
    for _ in range(3):
        contact.keyboard.press("Shift")
    expect(contact.get_by_role("alert")).to_have_text("Loading.")
    expect(contact.locator("main")).to_be_hidden()


def test_five_seconds_without_shift_start_over(contact: Page) -> None:
    contact.keyboard.press("Shift")
    contact.clock.run_for(4_000)
    contact.keyboard.press("Shift")
    contact.clock.run_for(4_000)
    assert _lights(contact) == 2
    contact.clock.run_for(1_500)
    assert _lights(contact) == 0
    expect(contact.locator("[data-leave-says]")).to_have_text("Leaving expired.")
    contact.clock.run_for(5_000)
    expect(contact.locator("[data-leave-says]")).to_be_empty()


def test_another_key_starts_over_and_a_capital_letter_is_not_counted(contact: Page) -> None:
    contact.keyboard.press("Shift")
    contact.keyboard.press("a")
    assert _lights(contact) == 0
    for _ in range(4):
        contact.keyboard.press("Shift+A")
    assert _lights(contact) == 0
    expect(contact).to_have_title("Contact")


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_the_way_out_stays_in_sight_while_one_reads_on(contact: Page, width: int) -> None:
    contact.set_viewport_size({"width": width, "height": 700})
    button = contact.locator("a.exit")
    expect(button).to_be_in_viewport()
    contact.evaluate("window.scrollTo(0, 900)")
    expect(button).to_be_in_viewport(ratio=1)


def test_escape_does_not_leave(contact: Page) -> None:
    for _ in range(4):
        contact.keyboard.press("Escape")
    expect(contact).to_have_title("Contact")


def test_the_second_tab_stop_is_a_way_out_as_well(contact: Page) -> None:
    contact.keyboard.press("Tab")
    expect(contact.get_by_role("link", name="Skip to the content")).to_be_focused()
    contact.keyboard.press("Tab")
    expect(contact.locator(".skip-leave")).to_be_focused()
    contact.keyboard.press("Enter")
    expect(contact).to_have_title("Weather")


def test_without_a_script_the_way_out_is_a_link(site: Site, new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.route("**/exit/", _weather)
    page.goto("/en/contact/")
    page.locator("a.exit").click()
    expect(page).to_have_title("Weather")


def test_a_button_pressed_twice_sends_once_and_can_be_tried_again_later(site: Site, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.route("**/nowhere/", _stays)
    page.clock.install()
    page.goto("/en/contact/mailbox/")
    page.locator("main form").first.evaluate("form => { form.action = '/nowhere/'; form.noValidate = true }")
    button = page.locator("main form button").first
    button.dblclick()
    expect(button).to_have_attribute("aria-disabled", "true")
    assert asked.count("POST") == 1
    page.clock.run_for(2_500)
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    assert asked.count("POST") == 2
