"""A day at the desk: a text to begin with, a case on paper, a redacted copy, and the next case of the list."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import NewContext
from tests.institution import PASSPHRASE, Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.looking import look
from tests.stories.reader import Reader, reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STORY = "Kim Jansen shouts at me in the corridor.\nKIM JANSEN also took my key."


@proves("R-000-21", "R-002-18")
def test_a_day_of_work(site: Site, house: Institution, page: Page, new_context: NewContext) -> None:
    case, code = house.report({"story": STORY, "categories": ["bullying"]})
    other = house.report({"purpose": "ask"})[0]
    desk = reader(new_context(), house.readers[1], site.url, width=390)
    goes_by_keyboard(desk, case.reference, other.reference)
    desk.goes(f"case/{case.reference}/")

    begins_with_a_text(desk)
    prints(desk, case.reference)
    told = blacks_out(desk, case.reference)

    assert "Jansen" not in told
    assert "[…] also took my key." in told
    desk.goes(f"case/{case.reference}/").sees("For the works council")
    sees_what_left(page, code)
    has_days_in_a_calendar(desk)


def goes_by_keyboard(desk: Reader, *cases: str) -> None:
    """Past the menu to the first case, and from there to the next one of the list: Tab and Enter, no mouse."""
    page = desk.goes("").page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    seen = [tabs_to(page, "a[href*='/case/']"), tabs_to(page, "a[rel=next]")]
    assert sorted(seen) == sorted(cases)


def tabs_to(page: Page, link: str) -> str:
    """The case that one gets to. Wherever one is on the way can be seen."""
    for _step in range(40):
        page.keyboard.press("Tab")
        ring = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        ringed = page.evaluate("() => !!document.activeElement.closest('.choice')")
        assert ring != "none" or ringed
        if page.evaluate("link => document.activeElement.matches(link)", link):
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            expect(page.locator("#report")).to_be_visible()
            return page.url.rstrip("/").rsplit("/", 1)[-1]
    raise AssertionError(f"{link} cannot be reached")


def has_days_in_a_calendar(desk: Reader) -> None:
    page = desk.goes("account/calendar/").page
    page.locator("button[value=renew]").click()
    address = page.locator(".secret").inner_text()
    look(page)
    assert "BEGIN:VCALENDAR" in page.request.get(address).text()
    page.locator("button[value=off]").click()
    assert page.request.get(address).status == 404


def begins_with_a_text(desk: Reader) -> None:
    """What was typed stays, and the page is where one was."""
    box = desk.page.locator("#answer textarea")
    box.fill("Hello,")
    desk.page.locator("#answer-letter").select_option("received")
    desk.page.locator("#answer button", has_text="Put it in the answer").click()
    expect(box).to_have_value(re.compile(r"^Hello,\s+Thank you for sharing this with us"))
    expect(box).to_be_in_viewport()


def prints(desk: Reader, reference: str) -> None:
    desk.goes(f"case/{reference}/print/").sees("Confidential", "Kim Jansen shouts at me")
    desk.page.emulate_media(media="print")
    expect(desk.page.locator(".side")).to_be_hidden()
    expect(desk.page.locator(".noprint")).to_be_hidden()
    desk.page.emulate_media(media="screen")


def blacks_out(desk: Reader, reference: str) -> str:
    """The words of the file that leaves."""
    page = desk.goes(f"case/{reference}/redacted/").page
    page.locator("label", has_text="Kim Jansen").click()
    page.locator("button", has_text="Go on").click()
    page.locator("#words").fill("Kim Jansen")
    look(page)
    page.locator("button", has_text="Look at the copy").click()
    desk.sees("[…] shouts at me in the corridor.")
    look(page)
    page.locator("[name=reason]").fill("For the works council")
    page.locator("[name=secret]").fill(PASSPHRASE)
    with page.expect_download() as download:
        page.locator("button", has_text="Make the PDF").click()
    assert download.value.suggested_filename == "document.pdf"
    return read(download.value.path())


def read(file: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, text=True).stdout


def sees_what_left(page: Page, code: str) -> None:
    """The reporter, with the code: by function and day, and never by name."""
    Reporter(page).returns_with(code)
    page.locator("a[href$='/seen/']").first.click()
    expect(page.locator("main")).to_contain_text("a page to print it")
    expect(page.locator("main")).to_contain_text("with names blacked out")
