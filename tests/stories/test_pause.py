"""Stop for now: the answers wait under the code, nobody hears of it, and one step throws them away."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from haven.cases.models import Case
from haven.vault.models import Paused
from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.looking import look
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "Somebody waits for me at the bicycles, every evening."
STOP, GO_ON, THROW = ("main button[value=pause]", "main button[value=resume]", "main button[value=throw]")


@proves("R-003-13", "R-003-14", "R-000-18")
def test_without_javascript_one_stops_comes_back_and_sends(
    site: Site, house: Institution, new_context: NewContext, tmp_path: Path
) -> None:
    (tmp_path / "photo.txt").write_text("a photo")
    plain = new_context(java_script_enabled=False).new_page()
    plain.set_viewport_size({"width": 390, "height": 844})
    reporter = Reporter(plain, "nl", scripts=False).opens_the_door()
    expect(plain.locator(STOP)).to_have_count(0)  # nothing was said yet
    reporter.goes_on_to("wish", purpose="report", story=STORY, files=[tmp_path / "photo.txt"])
    reporter.presses(STOP)
    code = reporter.code
    assert (Case.objects.count(), Paused.objects.count(), plain.context.cookies()) == (0, 1, [])

    later = Reporter(new_context(java_script_enabled=False).new_page(), "nl", scripts=False).returns_with(code)
    later.presses(GO_ON)
    assert later.where == "wish"
    later.goes_on_to("check")
    expect(later.page.get_by_text("photo.txt")).to_be_visible()
    later.goes_on_to("code")
    assert (later.sends(), Paused.objects.count()) == (code, 0)

    opened = house.readers[0].opens(Case.objects.get())
    assert opened is not None
    assert opened.one("report", "answers")["answers"]["story"] == STORY
    assert [file.payload["name"] for file in opened.files] == ["photo.txt"]
    later.returns_with(code)
    expect(later.page.locator("#stands")).to_be_visible()


@proves("R-003-13", "R-003-14", "R-000-18")
def test_with_javascript_one_stops_in_the_middle_of_a_word_and_throws_it_away(
    site: Site, house: Institution, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    reporter = Reporter(page, scripts=False).opens_the_door().goes_on_to("story", purpose="report")
    look(page)
    page.fill("#words", STORY)
    reporter.presses(STOP)
    look(page)
    code = reporter.code
    assert STORY not in page.content()
    page.go_back()
    expect(page.locator(GO_ON)).to_have_count(0)
    assert STORY not in page.content()

    reporter.returns_with(code)
    look(page)
    reporter.presses(GO_ON)
    expect(page.locator("#words")).to_have_value(STORY)
    reporter.presses(STOP)
    page.locator("details:has(#throw) summary").click()
    look(page)
    reporter.presses(THROW)
    look(page)

    assert (Paused.objects.count(), Case.objects.count()) == (0, 0)
    page.goto("/en/contact/mailbox/")
    page.fill("#code", code)
    page.locator("main form .actions button").click()
    expect(page.locator("#errors")).to_be_visible()
