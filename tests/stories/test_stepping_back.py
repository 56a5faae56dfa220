"""Somebody who is too close to it: left out by the rule of the route, or by stepping back before reading."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from haven.cases.models import Case
from haven.dialogue.actions import open_mailbox
from haven.dialogue.ledger import ledger
from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.looking import look
from tests.stories.reader import Reader, reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "It is about somebody whom one of you knows well."
ABOUT = {"other_affiliation": "university", "other_unit": "science"}


@proves("R-000-21", "R-002-12", "R-002-17")
def test_who_is_too_close_steps_back_before_reading_and_learns_nothing_more(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    same_unit, close, goes_on = house.readers[3], house.readers[1], house.readers[0]
    same_unit.user.unit = "science"
    same_unit.user.save()
    reporter = Reporter(page).opens_the_door().goes_on_to("readers", purpose="report", story=STORY, **ABOUT)
    expect(page.locator("ul.people")).not_to_contain_text(same_unit.user.name)
    expect(page.locator("main")).to_contain_text("People who work at Faculty of Science and Technology do not read it")
    code = reporter.goes_on_to("code").sends()

    reads = reader(new_context(), close, site.url)
    address = steps_back(reads)
    expect(reads.page.locator("main table")).to_have_count(0)
    answer = reads.page.goto(address)
    assert answer is not None
    assert answer.status == 404

    team = reader(new_context(), goes_on, site.url)
    team.opens_the_only_case()
    team.sees("Stepped back", close.user.name, "Nobody who works at Faculty of Science and Technology")
    assert same_unit.opens(Case.objects.get()) is None
    box = open_mailbox(code)
    assert box is not None
    assert "case.stepped_back" in [one.did for one in ledger(box, "en")]
    the_pages_around_it(team, close.user.pk)


def steps_back(reads: Reader) -> str:
    """From the list, and so without having read it; gives where the case was."""
    where = reads.page.locator("table a[href*='/case/']").get_attribute("href")
    reads.page.locator("table a[href*='/step-back/']").click()
    expect(reads.page.locator("h1")).to_have_text("I am too close to this")
    expect(reads.page.locator("main")).not_to_contain_text(STORY)
    look(reads.page)
    reads.page.set_viewport_size({"width": 390, "height": 844})
    look(reads.page)
    reads.page.locator("main button[name=sure]").click()
    expect(reads.page.locator(".done")).to_be_visible()
    return f"{reads.page.url.split('/en/')[0]}{where}"


def the_pages_around_it(team: Reader, colleague: int) -> None:
    """Duty, the review of access, and handing over."""
    team.goes("duty/")
    today = localdate().isoformat()
    for name in ("first_on", "last_on"):
        team.page.fill(f"[name={name}]", today)
    team.page.select_option("[name=person]", str(colleague))
    team.page.locator("form.card button").last.click()
    expect(team.page.locator(".log li")).to_have_count(1)
    team.goes("people/")
    team.page.locator("form[action$='/reviewed/'] button").click()
    expect(team.page.locator("#review ~ p")).to_contain_text("last went through this list")
    team.page.set_viewport_size({"width": 390, "height": 844})
    for path in ("duty/", "people/", f"people/{colleague}/cases/", "health/", ""):
        team.goes(path)
