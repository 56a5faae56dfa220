"""Files, by the hands of both sides: what the reporter is told, and what a reader looks at."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cleaning import corpus
from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site
from tests.stories.looking import look
from tests.stories.reader import Reader
from tests.stories.reporter import Reporter
from tests.stories.test_anonymous import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_files_are_cleaned_told_about_looked_at_and_kept_apart(
    site: Site, house: Institution, page: Page, new_context: NewContext, tmp_path: Path
) -> None:
    came = {"foto.jpg": corpus.jpg(), "brief.pdf": corpus.pdf(), "archief.zip": b"PK\x05\x06" + bytes(18)}
    for name, content in came.items():
        (tmp_path / name).write_bytes(content)
    page.set_viewport_size({"width": 390, "height": 900})
    reporter = Reporter(page).opens_the_door().goes_on_to("files", **ANSWERS)
    page.get_by_label("Also keep the untouched files").check()
    page.locator("#files").set_input_files([tmp_path / name for name in came])
    page.get_by_role("button", name="Add", exact=True).click()
    cleaned = page.get_by_text("Cleaned. The untouched file is kept apart.")
    expect(cleaned).to_have_count(2, timeout=60_000)  # three programs, on a busy machine
    expect(page.get_by_text("This kind of file cannot be cleaned here.")).to_have_count(1)
    look(page)
    reporter.goes_on_to("code", **ANSWERS).sends()

    desk = new_context().new_page()
    desk.set_viewport_size({"width": 390, "height": 900})
    a_reader_looks(Reader(desk, house.readers[0]).sits_down(site.url))


def a_reader_looks(reader: Reader) -> None:
    reader.opens_the_only_case()
    expect(reader.page.locator("ul.files .chip.good")).to_have_count(2)
    reader.page.get_by_role("link", name="Look at it brief.pdf").click()
    picture = reader.page.locator("ol.sheets img")
    expect(picture).to_have_count(1)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    look(reader.page)
    reader.page.go_back()
    reader.page.get_by_role("link", name="Download archief.zip").click()
    expect(reader.page.get_by_role("heading", name="Download this file only if you trust it")).to_be_visible()
    look(reader.page)
    reader.goes("health/")
    expect(reader.page.get_by_text("bubblewrap")).to_be_visible()
