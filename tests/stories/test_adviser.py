"""A volunteer who is asked to help: chosen by the team, reads one case, and no longer than the team says."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from haven.cases.models import Case
from haven.people.models import Profile
from tests.advisers import PROFESSIONALS, adviser
from tests.conftest import NewContext
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import Reader, reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "Her gün bana gülüyorlar."


@proves("R-002-13", "R-002-14", "R-002-15", "R-002-16", "R-000-21")
def test_a_case_is_given_to_a_volunteer_and_taken_back(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    width, language = 390, "nl"
    helper, adviser_of_old = adviser(house, "Leyla"), adviser(house, "Gerben", trained=localdate() - timedelta(500))
    adviser(house, "Yara", PROFESSIONALS)
    Profile.objects.filter(user=helper.user).update(languages=["tr", "nl"])
    other, _code = house.report()
    code = Reporter(page, language).opens_the_door().goes_on_to("code", purpose="report", story=STORY).sends()
    reporter = Reporter(page, language)
    case = Case.objects.exclude(pk=other.pk).get()

    team = reader(new_context(), house.readers[0], site.url, language, width=width)
    the_team_looks_at_its_advisers(team, helper.user.pk)
    team.goes(f"case/{case.reference}/")
    team.does("screen", result="assign")
    the_list_says_who_cannot_be_chosen(team, adviser_of_old.user.pk, language)
    team.does("give", to=str(helper.user.pk))

    leyla = reader(new_context(), helper, site.url, language, width=width)
    address = the_adviser_sees_one_case_and_cannot_pass_it_on(leyla)
    leyla.does("answer", text="Merhaba, ben Leyla.")
    leyla.does("attempt", way="mailbox", reached="yes")
    reporter.returns_with(code)
    assert "Merhaba, ben Leyla." in reporter.talk
    assert helper.user.function(language) in reporter.talk

    team.goes(f"case/{case.reference}/")
    team.does("recall")
    nothing_is_there(leyla, address)


def the_adviser_sees_one_case_and_cannot_pass_it_on(leyla: Reader) -> str:
    """Gives its address."""
    address = leyla.opens_the_only_case()
    leyla.sees(STORY)
    expect(leyla.page.locator("#support")).to_be_visible()
    leyla.page.locator("#support ~ details summary").first.click()
    for form in ("#give", "#assign", "#close", "#screen"):
        expect(leyla.page.locator(form)).to_have_count(0)
    return address


def the_list_says_who_cannot_be_chosen(team: Reader, person: int, language: str) -> None:
    team.page.locator("details#give > summary").click()
    expect(team.page.locator(f"#give input[value='{person}']")).to_be_disabled()
    expect(team.page.locator("#give")).to_contain_text("Turks" if language == "nl" else "Turkish")
    expect(team.page.locator("#give .late")).to_have_count(1)
    team.page.locator("details#give > summary").click()


def the_team_looks_at_its_advisers(team: Reader, person: int) -> None:
    team.goes("advisers/?language=tr")
    expect(team.page.locator("table tbody tr")).to_have_count(1)
    team.goes("advisers/")
    expect(team.page.locator("table tbody tr")).to_have_count(3)
    team.goes(f"advisers/{person}/")
    expect(team.page.locator("#training ~ ul li")).to_have_count(1)
    team.goes("figures/")
    expect(team.page.locator("#in-time")).to_be_visible()
    team.goes("people/")


def nothing_is_there(adviser: Reader, address: str) -> None:
    """The same bytes as for a case that never was; and one's own pages are all that is left."""
    gone = adviser.page.goto(address)
    there = adviser.page.content()
    absent = adviser.page.goto(address.rpartition("/case/")[0] + "/case/ZZZZ-ZZZZ/")
    assert gone is not None
    assert absent is not None
    assert (gone.status, there) == (absent.status, adviser.page.content()) == (404, there)
    adviser.goes("")
    expect(adviser.page.locator("nav.tabs b")).to_have_text(["0"] * 7)
    adviser.goes("advisers/me/")
    expect(adviser.page.locator("#log")).to_be_visible()
