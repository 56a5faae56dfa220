"""Readers who were struck out, the next team when too few are left, and a report that is taken back."""

import pytest
from playwright.sync_api import Page, expect

from haven.cases.models import Case, State
from haven.vault.models import Compartment
from tests.conftest import NewContext
from tests.counted import ended
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import reader
from tests.stories.reporter import ON, Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "It is about somebody of the team that reads this."


@proves("R-002-17", "R-000-21")
def test_for_who_was_struck_out_there_is_no_case(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    accused, other = house.readers[3], house.readers[1]
    reporter = Reporter(page).opens_the_door()
    reporter.goes_on_to("code", purpose="report", story=STORY, readers=[accused.user.name]).sends()

    reads = reader(new_context(), other, site.url)
    address = reads.opens_the_only_case()
    reads.sees(STORY, accused.user.name)

    blind = reader(new_context(), accused, site.url)
    expect(blind.page.locator("main table")).to_have_count(0)
    expect(blind.page.locator("nav.tabs b")).to_have_text(["0"] * 7)
    answer = blind.page.goto(address)
    there = blind.page.content()
    absent = blind.page.goto(f"{site.url}/en/desk/case/ZZZZ-ZZZZ/")
    assert answer is not None
    assert absent is not None
    assert (answer.status, there) == (absent.status, blind.page.content())
    assert answer.status == 404


@proves("R-002-17", "R-002-19")
def test_with_too_few_readers_left_another_team_is_offered_and_reads(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    reporter = Reporter(page).opens_the_door().goes_on_to("readers", purpose="report", story=STORY)
    reporter.strikes_out(*[one.user.name for one in house.readers[:3]])
    page.locator(ON).click()
    expect(page.locator("ul.people").last).to_contain_text("Ombuds One")
    page.locator("button[value=route-ombuds]").click()
    expect(page.locator("ul.people")).to_have_count(1)
    expect(page.locator("ul.people")).not_to_contain_text("Reader")
    expect(page.locator("ul.people")).to_contain_text("Ombuds Two")
    reporter.goes_on_to("code").sends()

    case = Case.objects.get()
    assert case.route == "ombuds"
    for person in house.readers:
        assert person.opens(case) is None


@proves("R-000-06", "R-000-24", "R-002-07")
def test_what_is_taken_back_is_gone_at_once_and_counted(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    reporter = Reporter(page).opens_the_door().goes_on_to("code", purpose="report", story=STORY)
    code = reporter.sends()
    reads = reader(new_context(), house.readers[1], site.url)
    reads.opens_the_only_case()
    reads.sees(STORY)

    reporter.returns_with(code)
    page.locator("a[href$='/open/withdraw/']").click()
    expect(page.locator("main form[method=post]")).to_be_visible()
    reporter.presses("main form[method=post] button")

    case = Case.objects.get()
    assert (case.state, set(Compartment.objects.values_list("kind", flat=True))) == (State.WITHDRAWN, {"internal"})
    assert [(row.kind, row.outcome) for row in ended()] == [("report", "withdrawn")]
    reads.goes(f"case/{case.reference}/")
    expect(reads.page.locator("main")).not_to_contain_text(STORY)
    assert page.context.cookies() == []
    page.goto("/en/contact/mailbox/")
    page.fill("#code", code)
    page.locator("main form .actions button").click()
    expect(page.locator("#errors")).to_be_visible()
