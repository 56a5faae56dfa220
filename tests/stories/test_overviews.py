"""A year and a quarter are over: one closes them at the desk, another looks, signs and releases; everybody reads."""

import pytest
from playwright.sync_api import Page, expect

from haven.desk import overview_deeds as deeds
from haven.register.models import Period
from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.register.year import cases, chance, plan_for, put_in
from tests.stories.looking import look
from tests.stories.reader import Reader, reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@proves("R-000-26", "R-000-27", "R-000-28")
def test_a_year_is_closed_by_one_released_by_another_and_read_by_everybody(
    site: Site, house: Institution, new_context: NewContext
) -> None:
    plan_for(300)
    put_in(cases(300, chance(9)))
    first = reader(new_context(), house.readers[0], site.url)
    first.goes("overviews/")
    closes(first, "2024")
    closes(first, "2024, quarter 1")
    visitor = new_context(java_script_enabled=False).new_page()
    visitor.goto("/nl/overviews/")
    expect(visitor.locator("main")).not_to_contain_text("Overzicht van 2024")

    second = reader(new_context(), house.person("Lotte", role="privacy_officer"), site.url)
    second.goes("overviews/").goes("overviews/2024/")
    second.page.get_by_role("button", name="Release").click()
    expect(second.page.locator(".done")).to_contain_text("Everybody can read it")
    writes_the_yearly_report(first)
    reads(visitor)
    looked_at(second.page, "/en/overviews/", "/en/overviews/2024/", "/nl/overviews/method/?about=bullying")
    assert deeds.is_signed(Period.objects.get(label="2024"))
    assert Period.objects.get(label="2024Q1").released_on is None


def closes(one: Reader, name: str) -> None:
    one.page.get_by_role("button", name=f"Close {name}", exact=True).click()
    expect(one.page.locator(".done")).to_contain_text("A colleague looks at it")
    one._looks()


def writes_the_yearly_report(one: Reader) -> None:
    """A draft that is kept, looked at, and finished."""
    one.goes("overviews/").page.locator("#reports-h + ul a").click()
    one.page.get_by_role("button", name="Begin the report").click()
    one.page.locator("[name=signals_en]").fill("Two people came back.")
    one.page.get_by_role("button", name="Keep and look").click()
    expect(one.page.locator("#hints")).to_contain_text("A small number")
    one._looks()
    one.page.get_by_role("button", name="Finish the report").click()
    expect(one.page.locator("main")).to_contain_text("yearly-nl.docx")
    one._looks()


def reads(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 390, "height": 844})
    visitor.goto("/nl/overviews/")
    visitor.get_by_role("link", name="Overzicht van 2024").click()
    expect(visitor.locator("h1")).to_have_text("Overzicht van 2024")
    drawing = visitor.locator("figure.chart img").first
    assert drawing.evaluate("one => one.complete && one.naturalWidth > 0")
    expect(visitor.locator(".figures").first).to_contain_text("Melding")
    visitor.get_by_role("link", name="Hoe dat werkt").click()
    visitor.locator("label:has(input[value=bullying])").click()
    visitor.get_by_role("button", name="Maak beide tabellen").click()
    expect(visitor.locator("#drawn tbody tr")).to_have_count(5)
    assert visitor.context.cookies() == []


def looked_at(page: Page, *addresses: str) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(address)
            look(page)
