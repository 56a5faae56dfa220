"""Without JavaScript, in a hurry, pressing twice: nothing is missing, and nothing happens twice."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from haven.cases.models import Case
from haven.vault.models import SealedItem
from tests.conftest import NewContext
from tests.counted import ended
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import Reader
from tests.stories.reporter import SEND, Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "Er wordt over mij gelachen."


@proves("R-003-13", "R-003-14", "R-000-18", "R-002-04")
def test_everything_goes_without_javascript(
    site: Site, house: Institution, new_context: NewContext, tmp_path: Path
) -> None:
    """Both sides, the whole way: writing, a file, going back, the mailbox, the desk, and leaving by the link."""
    (tmp_path / "foto.txt").write_text("een foto")
    reporter = Reporter(new_context(java_script_enabled=False).new_page(), "nl", scripts=False).opens_the_door()
    reporter.goes_on_to("story", purpose="report")
    reporter.presses("button.back")
    reporter.goes_on_to("code", story=STORY, files=[tmp_path / "foto.txt"], mode="anonymous")
    code = reporter.sends()
    thanks = reporter.heading
    reporter.page.reload()
    assert (reporter.heading, reporter.code, Case.objects.count()) == (thanks, code, 1)

    reader = Reader(new_context(java_script_enabled=False).new_page(), house.readers[0], "nl", scripts=False).signs_in()
    reader.opens_the_only_case()
    reader.sees(STORY, "foto.txt")
    reader.does("screen", result="assign")
    reader.does("answer", text="Wat naar. Ik denk met je mee.")

    reporter.returns_with(code)
    assert "Ik denk met je mee." in reporter.talk
    reporter.writes("Dank je.", tmp_path / "foto.txt")
    assert [one["name"] for one in reporter.page.context.cookies()] == ["mailbox"]
    reporter.leaves("link")
    assert reporter.page.context.cookies() == []

    reader.opens_the_only_case()
    reader.sees("Dank je.")
    reader.does("close", outcome="talked", category="other", destination="none")
    assert [row.outcome for row in ended()] == ["talked"]


@pytest.mark.both
@proves("R-000-06")
def test_a_double_click_and_a_reload_make_one_report(site: Site, house: Institution, page: Page) -> None:
    reporter = Reporter(page).opens_the_door().goes_on_to("code", purpose="report", story=STORY)
    code = reporter.code
    page.locator(SEND).dblclick()
    expect(page.locator(SEND)).to_have_count(0)
    thanks = reporter.heading
    page.reload()
    expect(page.locator("h1").first).to_have_text(thanks)

    assert (reporter.code, Case.objects.count()) == (code, 1)
    reporter.returns_with(code)


@proves("R-000-18", "R-003-14")
def test_three_times_shift_leaves_the_mailbox_and_closes_it(site: Site, house: Institution, page: Page) -> None:
    _case, code = house.report()
    reporter = Reporter(page).returns_with(code)
    reporter.page.fill("#words", "half a sen")
    reporter.leaves("Shift")

    assert page.context.cookies() == []
    assert SealedItem.objects.filter(slot="message").count() == 0
    page.goto("/en/contact/mailbox/open/")
    expect(page.locator("#code")).to_be_visible()
