"""Written pages in a real browser: axe, the strict policy, a narrow screen, both languages."""

import pytest
from playwright.sync_api import Page

from haven.config.demo import writing
from tests.browser import assert_accessible
from tests.conftest import NewContext
from tests.live import Site
from tests.proves import proves


@pytest.mark.browser
@proves("R-004-01", "R-004-02")
def test_the_site_reads_well_wide_and_narrow_in_both_languages(site: Site, page: Page, new_context: NewContext) -> None:
    writing.write()
    for address in ("/nl/", "/nl/voor-studenten/", "/en/campaigns/not-here-by-no-one/"):
        assert_accessible(page, page.goto(address), shows="main h1")
    narrow = new_context(viewport={"width": 390, "height": 800}).new_page()
    narrow.goto("/nl/voor-studenten/")
    narrow.get_by_role("link", name="English").click()

    assert_accessible(narrow, narrow.reload(), shows="main h1")
    assert narrow.url.endswith("/en/for-students/")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
