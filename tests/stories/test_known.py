"""Known to one person, and known by name: who sees the name, and what the reporter is told. The first in Dutch, on a
telephone, from beginning to end."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from tests.conftest import NewContext
from tests.counted import ended
from tests.institution import Institution, Person
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import Reader, reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME, NUMBER, STORY = "Sanne de Wit", "06 1234 5678, after six", "My supervisor threatens to stop my contract."
KNOWN = {"purpose": "report", "story": STORY, "name": NAME, "contact_way": "phone", "contact_detail": NUMBER}


@proves("R-000-19", "R-002-23", "R-002-24", "R-000-21", "R-003-14")
def test_a_name_that_one_person_may_know_on_a_small_screen(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    keeper, other, second = house.readers[1:4]
    page.set_viewport_size({"width": 390, "height": 844})
    reporter = Reporter(page, "nl").opens_the_door()
    reporter.goes_on_to("keeper", **KNOWN, mode="confidential")
    page.locator("label:has(input[name=deputy])", has_text=second.user.name).click()
    reporter.goes_on_to("check", keeper=[keeper.user.name])
    code = reporter.goes_on_to("code").sends()

    stranger = reader(new_context(), other, site.url, "nl", width=390)
    stranger.opens_the_only_case()
    stranger.sees(STORY)
    expect(stranger.page.locator("main")).not_to_contain_text(NAME)
    expect(stranger.page.locator("form[action$='/reveal/']")).to_have_count(0)

    knows = reader(new_context(), keeper, site.url, "nl", width=390)
    knows.opens_the_only_case()
    expect(knows.page.locator("main")).not_to_contain_text(NAME)
    knows.does("reveal", reason="Ik wil u vandaag bellen.")
    knows.sees(NAME, NUMBER)
    knows.opens_the_only_case()
    expect(knows.page.locator("main")).not_to_contain_text(NAME)

    the_second_stands_in(stranger, keeper, reader(new_context(), second, site.url, "nl", width=390))
    reporter.returns_with(code)
    assert keeper.user.name in reporter.talk
    assert "Ik wil u vandaag bellen." in reporter.talk
    assert second.user.name in reporter.talk


def the_second_stands_in(colleague: Reader, keeper: Person, stands_in: Reader) -> None:
    """The first fell ill, and a third colleague writes that down."""
    stands_in.opens_the_only_case()
    expect(stands_in.page.locator("form[action$='/reveal/']")).to_have_count(0)
    colleague.goes(f"people/{keeper.user.pk}/away/")
    colleague.page.fill("[name=away_from]", localdate().isoformat())
    colleague.page.locator("form.card button").click()
    colleague.sees("Afwezig vanaf")
    stands_in.opens_the_only_case()
    stands_in.sees(f"{keeper.user.name} is er nu niet")
    stands_in.does("reveal", reason="Uw contactpersoon is ziek.")
    stands_in.sees(NAME)


@proves("R-000-20", "R-002-23", "R-002-24", "R-000-06")
def test_a_report_by_name_is_read_with_the_name_by_everybody_who_handles_it(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    reporter = Reporter(page).opens_the_door().goes_on_to("code", **KNOWN, mode="named")
    assert "keeper" not in reporter.passed
    code = reporter.sends()

    for person in house.readers[:3]:
        someone = reader(new_context(), person, site.url)
        someone.opens_the_only_case()
        someone.sees(NAME, NUMBER, STORY)
        expect(someone.page.locator("form[action$='/reveal/']")).to_have_count(0)
    finish(someone)

    reporter.returns_with(code)
    assert [(row.mode, row.outcome) for row in ended()] == [("named", "talked")]


def finish(someone: Reader) -> None:
    someone.does("screen", result="urgent")
    someone.does("attempt", way="phone", reached="yes")
    someone.does("close", outcome="talked", category="other", destination="none")
