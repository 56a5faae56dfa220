"""Two people sort out what came in: one loses a race and keeps the words, one report grows and is closed and goes on,
two belong together, and advertisements leave in one go."""

import pytest
from playwright.sync_api import Page, expect

from haven.cases.models import Case, State
from tests.conftest import NewContext
from tests.counted import ended
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.looking import look
from tests.stories.reader import Reader, reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.both
@proves("R-002-10")
def test_of_two_people_at_one_case_one_wins_and_the_other_sees_why(
    site: Site, house: Institution, new_context: NewContext
) -> None:
    case, _code = house.report()
    first, second = (reader(new_context(), one, site.url) for one in house.readers[:2])
    for one in (first, second):
        one.goes(f"case/{case.reference}/")

    first.does("kind", kind="complaint", reason="They want a decision.")
    second.page.locator("details#kind > summary").click()
    form = second.page.locator("form[action$='/kind/']")
    form.locator("select").select_option("question")
    form.locator("textarea").fill("I think it is a question.")
    form.locator("button").click()

    expect(form.locator("textarea")).to_have_value("I think it is a question.")
    second.sees("This case changed since you opened the page", "Report became Complaint", "They want a decision.")
    form.locator("select").select_option("talk")
    form.locator("button").click()
    second.sees("Complaint became Talk")


@proves("R-000-06", "R-000-11", "R-000-30", "R-002-12")
def test_an_urgent_question_becomes_a_report_is_closed_and_goes_on(
    site: Site, house: Institution, page: Page, new_context: NewContext
) -> None:
    case, code = house.report({"purpose": "ask", "categories": ["harassment"]}, urgent=True)
    desk = reader(new_context(), house.readers[0], site.url)
    desk.goes(f"case/{case.reference}/").sees("no action is recorded yet", "None; only a decision makes one")
    desk.does("screen", result="urgent", category="bullying")
    desk.does("act", action="safety_arranged", text="Another room from tomorrow.")
    desk.does("kind", kind="report", reason="There is more to it.")
    desk.sees("Something arranged for safety", "Question became Report", "What the reporter chose", "Our assessment")
    expect(desk.page.locator("#close-category")).to_have_value("bullying")

    reporter = Reporter(page)
    reporter.returns_with(code)
    expect(page.locator("#stands")).to_contain_text("We now treat it as")
    expect(page.locator("#stands")).to_contain_text("report")

    desk.does("close", outcome="talked", destination="none")
    assert [(row.kind, row.category) for row in ended()] == [("report", "bullying")]
    desk.does("reopen", reason="She called again.")
    assert (len(ended()), Case.objects.get().state) == (0, State.OPEN)
    desk.does("remind", on="2099-01-05", text="Ask again.")
    desk.sees("You want to look again on")


@proves("R-000-21")
def test_reports_are_linked_and_tagged_for_who_can_open_both(
    site: Site, house: Institution, new_context: NewContext
) -> None:
    blind = house.readers[3]
    one = house.report({"purpose": "ask"})[0]
    other = house.report(struck_out=frozenset({blind.kid}))[0]
    desk = reader(new_context(), house.readers[0], site.url, width=390)
    desk.goes(f"case/{one.reference}/")

    desk.does("link", other=other.reference.lower().replace("-", " "), about="lost_code")
    desk.does("tag", tags="second floor, pelican")

    desk.sees(other.reference, "The reporter wrote before and lost the code", "pelican")
    desk.goes("").sees("second floor")
    sees_nothing_of(reader(new_context(), blind, site.url), one, other)


def sees_nothing_of(blind: Reader, one: Case, other: Case) -> None:
    blind.goes(f"case/{one.reference}/").sees("No other case that you can open is linked to this one.")
    expect(blind.page.locator("main")).not_to_contain_text(other.reference)


@proves("R-000-06")
def test_advertisements_are_ticked_shown_once_more_and_filed(
    site: Site, house: Institution, new_context: NewContext
) -> None:
    spam, real = [house.report({"purpose": "ask"})[0] for _n in range(2)], house.report()[0]
    desk = reader(new_context(), house.readers[1], site.url, "nl")
    desk.goes("filters/")
    desk.page.locator("#filter-name").fill("Vragen")
    desk.page.locator("#filter-words").fill("vraag")
    desk.page.locator("form button", has_text="Filter bewaren").click()
    desk.goes("").page.locator(".own-filters a", has_text="Vragen").click()
    expect(desk.page.locator("table tbody tr")).to_have_count(2)

    for case in spam:
        desk.page.locator(f"input[value='{case.reference}']").check()
    desk.page.locator("#several button").click()
    desk.sees("Deze 2 zaken sluiten", spam[0].reference, spam[1].reference)
    look(desk.page)
    desk.page.locator("button[name=sure]").click()

    expect(desk.page.locator(".done")).to_contain_text("2 zaken zijn weggelegd als spam")
    assert {case.pk for case in Case.objects.filter(state=State.NEW)} == {real.pk}
    assert [row.kind for row in ended()] == ["not_a_report"] * 2
