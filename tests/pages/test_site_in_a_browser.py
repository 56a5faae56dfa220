"""Written pages in a real browser: axe, the strict policy, a narrow screen, both languages."""

import pytest
from playwright.sync_api import Page

from haven.config.demo import writing
from tests.browser import assert_accessible
from tests.live import Site
from tests.proves import proves


@pytest.mark.browser
@proves("R-004-01", "R-004-02")
def test_the_site_reads_well_wide_and_narrow_in_both_languages(site: Site, page: Page) -> None:
    writing.write()
    for address in ("/nl/", "/nl/voor-studenten/", "/en/campaigns/not-here-by-no-one/"):
        assert_accessible(page, page.goto(address), shows="main h1")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/nl/voor-studenten/")
    page.get_by_role("link", name="English").click()

    assert_accessible(page, page.reload(), shows="main h1")
    assert page.url.endswith("/en/for-students/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
