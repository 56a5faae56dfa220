"""An editor changes the plan and writes a month's update; somebody reads both on a telephone without JavaScript."""

import pytest
from django.conf import settings
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect

from haven.pages.models import (
    Action,
    ActivityIndexPage,
    InitiativeIndexPage,
    PlanPage,
    UpdateIndexPage,
    UpdatePage,
)
from tests.browser import assert_accessible, judged
from tests.conftest import NewContext
from tests.live import Site
from tests.pages.conftest import Homes, SignedIn, published
from tests.pages.test_activities import activity
from tests.pages.test_plan import action, make, step
from tests.pages.test_updates import initiative
from tests.proves import proves

KINDS = {"plan": PlanPage, "news": UpdateIndexPage, "join": ActivityIndexPage, "own": InitiativeIndexPage}
WIDTH = 390


@pytest.fixture
def editor(site: Site, homes: Homes, signed_in: SignedIn, context: BrowserContext) -> Page:
    """Somebody of the project team at work, on a site with a plan and pages for everything."""
    for slug, kind in KINDS.items():
        dutch = published(kind(title=slug, slug=slug, locale=homes["nl"].locale), below=homes["nl"])
        english = kind(title=slug, slug=slug, locale=homes["en"].locale, translation_key=dutch.translation_key)
        published(english, below=homes["en"])
    one = action("line")
    activity("table", localdate())
    initiative("tank")
    make()
    step(one, "running", localdate(), 40)
    client = signed_in("project_team")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    return page


@pytest.mark.browser
@proves("R-003-10", "R-003-05", "R-003-02", "R-003-16")
def test_the_plan_changes_and_a_month_is_told(editor: Page, page: Page, new_context: NewContext) -> None:
    changes_the_plan(editor)
    writes_the_month(editor)

    phone = new_context(java_script_enabled=False).new_page()
    for one in (phone, page):
        one.set_viewport_size({"width": WIDTH, "height": 844})
    reads_the_difference(phone)
    reads_the_month(phone)
    for address in (
        "plan/",
        "plan/?from=1&to=2",
        "news/",
        f"news/{localdate():%Y-%m}/",
        "join/",
        "join/table/",
        "own/",
    ):
        assert_accessible(page, page.goto(f"/nl/{address}"), shows="main h1")
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, address
    assert phone.context.cookies() == []


def changes_the_plan(editor: Page) -> None:
    """An action says something else, and the editor says why."""
    editor.goto(f"/edit/snippets/pages/action/edit/{Action.objects.get().pk}/")
    editor.locator("#id_text_en").fill("A telephone line in the evening.")
    editor.locator("#id_text_nl").fill("Een telefoonlijn in de avond.")
    editor.locator("footer button[type=submit]").first.click()
    editor.wait_for_url("**/action/")
    editor.goto("/edit/doing/version/")
    for field, said in (("title", "Tweede"), ("reason", "Na gesprekken"), ("line", "Het is dan stil")):
        editor.locator(f"#id_{field}_nl").fill(said)
        editor.locator(f"#id_{field}_en").fill(f"{said} (English)")
    assert [one["id"] for one in judged(editor)["violations"]] == []
    editor.locator("form button.button").click()
    expect(editor.locator(".messages")).to_contain_text("2")


def writes_the_month(editor: Page) -> None:
    """From the reminder to a draft in each language; one is finished here, the other elsewhere."""
    editor.goto("/edit/")
    expect(editor.locator("#update-of-the-month + .help-critical")).to_be_visible()
    editor.locator("form[action$='/doing/update/'] button").click()
    editor.wait_for_url("**/edit/pages/*/edit/")  # in the language of the editor, which is English
    dutch, english = (UpdatePage.objects.get(locale__language_code=code) for code in ("nl", "en"))
    editor.locator("#id_lead").fill("There is a beginning.")
    editor.locator("footer [data-w-dropdown-target=toggle]").click()
    editor.locator("button[name=action-publish]").click()
    editor.wait_for_url(f"**/edit/pages/{english.get_parent().pk}/")
    dutch.lead = "Er is een begin."
    dutch.save_revision().publish()
    editor.goto("/edit/")
    expect(editor.locator("#update-of-the-month")).to_have_count(0)


def reads_the_difference(phone: Page) -> None:
    """With a key, in both languages."""
    for code, now, why in (
        ("nl", "Een telefoonlijn in de avond.", "Het is dan stil"),
        ("en", "A telephone line in the evening.", "Het is dan stil (English)"),
    ):
        phone.goto(f"/{code}/plan/")
        phone.locator("a[href='?from=1&to=2']").press("Enter")
        expect(phone.locator("#line ins")).to_have_text(now)
        expect(phone.locator("#line")).to_contain_text(why)


def reads_the_month(phone: Page) -> None:
    phone.goto("/en/news/")
    phone.locator("main li a").first.press("Enter")
    expect(phone.locator("main")).to_contain_text("There is a beginning.")
    expect(phone.locator("main")).to_contain_text("Title of tank. They thought.")
    phone.get_by_role("link", name="Nederlands").press("Enter")
    expect(phone.locator("main")).to_contain_text("Er is een begin.")
    expect(phone.locator("main h2").first).to_have_text("Wat gebeurt er nu?")
