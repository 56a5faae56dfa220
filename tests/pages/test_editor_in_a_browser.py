"""An editor at work in a real browser: makes a page, translates it, sets a day, and looks at it; nothing complains."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from haven.clock.site import publish_what_is_due
from haven.pages.models import StandardPage
from tests.browser import assert_accessible, judged
from tests.conftest import NewContext
from tests.live import Site
from tests.pages.conftest import Homes, SignedIn
from tests.proves import proves

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, action: str) -> None:
    """A button of the menu at the foot of the editor."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator(f"[name={action}]").click()


def makes_a_page(page: Page, homes: Homes) -> None:
    page.goto(f"/edit/pages/add/pages/standardpage/{homes['nl'].pk}/")
    page.locator("#id_title").fill("Samen werken")
    page.locator("#id_lead").fill("Zo gaan we hier met elkaar om.")
    press(page, "action-publish")
    assert_accessible(page, page.goto("/nl/samen-werken/"), shows="main h1")


def translates_it_for(page: Page, day: datetime) -> None:
    dutch = StandardPage.objects.get()
    page.goto(f"/edit/translation/submit/page/{dutch.pk}/")
    page.get_by_label("English").check()
    with page.expect_navigation():
        page.locator("main form [type=submit]").last.click()
    page.locator("#id_title").fill("Working together")
    page.locator("#id_lead").fill("How we are with each other.")
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.locator("#id_go_live_at").fill(day.strftime("%Y-%m-%d 08:00"))
    with page.expect_navigation():
        page.locator("#schedule-publishing-dialog [type=submit]").press("Enter")  # a calendar may lie over it
    press(page, "action-publish")
    assert not StandardPage.objects.get(title="Working together").live


def searches(page: Page, home: str) -> None:
    page.goto("/nl/search/")
    page.locator("#words").fill("samen")
    page.locator("main .btn").first.click()
    expect(page.locator("main h3 a").first).to_have_text("Samen werken")
    assert (page.url, judged(page)["violations"]) == (f"{home}/nl/search/", [])


@proves("R-004-01")
def test_an_editor_makes_a_page_translates_it_sets_a_day_and_sees_it_on_the_site(
    site: Site, homes: Homes, signed_in: SignedIn, new_context: NewContext
) -> None:
    cookie = signed_in("communication").cookies[settings.SESSION_COOKIE_NAME]
    context = new_context(locale="en-GB")
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
    page = context.new_page()

    makes_a_page(page, homes)
    day = now() + timedelta(days=3)
    translates_it_for(page, day)

    page.goto("/edit/attention/")
    expect(page.locator("main")).to_contain_text("Working together · appears")
    with time_machine.travel(day + timedelta(days=1), tick=True):
        publish_what_is_due()
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page, page.goto("/en/working-together/"), shows="main h1")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.locator("h1")).to_have_text("Samen werken")
    assert_accessible(page, page.goto("/nl/help/?speaks=en"), shows="details[open] #speaks")
    searches(page, site.url)
