"""In the middle of a flood: a browser works for a moment and sends by itself."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from haven.cases.models import Case
from haven.reporter import pressure
from tests.institution import Institution
from tests.live import Site
from tests.stories.reporter import SEND, Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_with_javascript_a_flood_costs_a_moment_and_no_press(
    site: Site, house: Institution, page: Page, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The turn comes in five minutes: only work gets one through."""
    reporter = Reporter(page, scripts=False).opens_the_door().goes_on_to("code", purpose="ask")
    code = reporter.code
    monkeypatch.setattr(pressure, "LEAST", 300.0)
    monkeypatch.setattr(pressure, "gauge", pressure.Gauge())
    pressure.gauge.count()
    settings.PRESSURE = 1
    page.locator(SEND).click()
    expect(page.locator("#people")).to_be_visible(timeout=20_000)

    assert (reporter.code, Case.objects.count()) == (code, 1)
