"""How a complaint goes, and the dates if it began today: drawn from the regulation, for everyone, with nothing kept."""

import re
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page

from haven.rulebook import dates, forecast, shelf
from haven.rulebook.procedure import Procedure
from tests.browser import assert_accessible
from tests.conftest import NewContext
from tests.live import Site
from tests.proves import proves
from tests.rulebook import days_by_hand as by_hand

PAGE, DATES = "/en/about/procedures/complaints/", "/en/about/procedures/complaints/dates/"


def complaints() -> Procedure:
    return shelf.current().procedures.version("complaints", "2019")


@proves("R-001-112")
@pytest.mark.parametrize("key", ["complaints", "hospital_wrongdoing"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_shows_every_step_and_every_term_with_its_article(client: Client, key: str, language: str) -> None:
    rules = next(one for one in shelf.current().procedures if one.key == key)

    shown = client.get(f"/{language}/about/procedures/{key}/").text

    named = [(one.name, one.article) for one in rules.steps] + [(one.name, one.article) for one in rules.terms]
    for name, article in named:
        assert re.search(rf"{re.escape(name.say(language))}.{{0,12}} <span class=\"article\">", shown), name.en
        assert f'<span class="article">{article}</span>' in shown
    assert [one.key for one in rules.steps if f'id="step_{one.key}"' not in shown] == []


@pytest.mark.django_db
def test_the_front_page_leads_to_how_a_complaint_goes(client: Client) -> None:
    assert 'href="/en/about/procedures/"' in client.get("/en/").text
    assert f'href="{PAGE}"' in client.get("/en/about/procedures/").text


@proves("R-001-112", "R-001-116")
def test_the_dates_say_why_each_is_that_day(client: Client) -> None:
    """From 1 April 2026: Good Friday, Easter Monday, King's Day and 5 May are passed over, each by name."""
    shown = client.get(DATES, {"on": "2026-04-01"}).text

    first = by_hand.working_days_after(date(2026, 4, 1), 15)
    second = by_hand.working_days_after(first, 40)
    third = by_hand.working_days_after(second, 15)
    for last in (first, second, third, by_hand.working_days_after(second, 30), by_hand.working_days_after(third, 10)):
        assert dates.full(last, "en") in shown
    assert "15 working days after Wednesday 1 April 2026; not counted: Good Friday (3 April), Easter Monday" in shown
    assert dates.full(date(2026, 6, 10), "en") in shown  # ten weeks of the law


def test_a_day_that_is_none_is_asked_again(client: Client) -> None:
    shown = client.get(DATES, {"on": "yesterday"})

    assert (shown.status_code, "dates-day" in shown.text, 'class="errors"' in shown.text) == (200, False, True)


def test_without_a_day_it_begins_today_and_no_cookie_is_given(client: Client) -> None:
    shown = client.get(DATES)
    foreseen = forecast.foresee(complaints(), shelf.current().calendar, on=date.today())  # noqa: DTZ011  as the page

    assert (shown.text.count("dates-day"), shown.cookies) == (len(foreseen), {})


@pytest.mark.parametrize("address", [PAGE.replace("complaints", "nothing"), DATES.replace("complaints", "nothing")])
def test_a_regulation_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_anybody_reads_how_it_goes_and_works_out_the_dates_without_javascript(
    site: Site, page: Page, new_context: NewContext
) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        response = page.goto(f"{site.url}{PAGE}")
        assert_accessible(page, response, shows=".way-part")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site.url}/nl/about/procedures/")
    plain.click("text=Bekijk de datums >> nth=0")
    plain.fill("#id_on", "2026-12-21")
    plain.click("main form button")
    assert "Eerste kerstdag" in plain.inner_text(".dates")
    assert_accessible(page, page.goto(f"{site.url}{DATES}?on=2026-12-21"), shows=".dates")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
