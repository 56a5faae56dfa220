"""Somebody tells a confidential counsellor what happened to them: it stays with that one person, a fellow thinks along
without knowing who it is, and only their own word carries anything to the contact point."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from haven.cases.models import Case
from haven.counsel.models import Notification
from tests.conftest import NewContext
from tests.counsellors import counsellor, told
from tests.counted import ended
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import Reader, reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME, ABOUT, ADVICE = "Sanne Verzonnen", "They laugh when I speak.", "Ask what would help."
PASSED_ON = "Somebody is laughed at in meetings."


@proves("R-001-08", "R-001-09", "R-001-10", "R-001-11")
def test_a_notification_from_the_first_talk_to_the_annual_figures(
    site: Site, house: Institution, new_context: NewContext
) -> None:
    anna, bea = counsellor(house, "Anna"), counsellor(house, "Bea")
    long_ago = told(anna, on=date(localdate().year - 2, 6, 1))
    own = reader(new_context(), anna, site.url)
    takes_down(own)
    address = own.page.url
    own.does("note", text="She wants to wait.", pointed="ombuds", next=(localdate() + timedelta(7)).isoformat())
    a_fellow_thinks_along(own, reader(new_context(), bea, site.url), bea.user.pk, address)
    passes_on(own)

    team = reader(new_context(), house.readers[0], site.url)
    team.opens_the_only_case()
    team.sees(PASSED_ON, "Through a confidential counsellor")
    for secret in (NAME, ABOUT, ADVICE):
        expect(team.page.locator("body")).not_to_contain_text(secret)
    gone = team.page.goto(address)
    assert gone is not None
    assert (gone.status, Case.objects.count()) == (404, 1)

    takes_the_figures_and_ends(own, address)
    assert [(row.kind, row.category) for row in ended()] == [("notification", "bullying")]
    assert dict(Notification.objects.values_list("counted", "closed_on"))[False] == localdate()
    assert Notification.objects.get(counted=True) == long_ago
    as_on_a_telephone(own, address)


def takes_down(own: Reader) -> None:
    """Not without the word of the person; and what was typed is still there."""
    own.page.locator("a[href$='/counsel/new/']").click()
    form = own.page.locator("#take")
    form.locator("[name=category]").select_option("bullying")
    form.locator("[name=about]").fill(ABOUT)
    form.locator("[name=name]").fill(NAME)
    form.locator("label:has([name=own])").click()
    form.locator("button.btn").click()
    expect(own.page.locator(".errors")).to_be_visible()
    form.locator("label:has([name=agrees])").click()
    form.locator("button.btn").click()
    expect(own.page.locator("#told")).to_be_visible()
    own.sees(NAME, ABOUT)._looks()


def a_fellow_thinks_along(own: Reader, fellow: Reader, pk: int, address: str) -> None:
    ask = own.page.locator("#ask")
    ask.locator("summary").click()
    ask.locator("[name=to]").select_option(str(pk))
    ask.locator("[name=text]").fill(f"What would you ask {NAME}?")
    ask.locator("label:has([name=sure])").click()
    ask.locator("button").click()
    expect(own.page.locator("#ask .errors")).to_be_visible()
    own.does("ask", text="Somebody is laughed at. What would you ask?")

    fellow.goes("counsel/")
    fellow.page.locator("main a[href*='/counsel/talk/']").click()
    fellow.sees("What would you ask?")._looks()
    expect(fellow.page.locator("body")).not_to_contain_text(NAME)
    fellow.page.locator("#say [name=text]").fill(ADVICE)
    fellow.page.locator("#say button").click()
    expect(fellow.page.locator(".bubble.mine")).to_contain_text(ADVICE)
    talk = fellow.page.url

    own.page.goto(address)
    own.page.locator("main a[href*='/counsel/talk/']").click()
    own.sees(ADVICE)
    expect(own.page.locator(".bubble.mine")).to_have_count(0)
    own.page.locator("details:has(#end-talk) > summary").click()
    own.page.locator("#end-talk button").click()
    expect(own.page.locator("#told")).to_be_visible()
    gone = fellow.page.goto(talk)
    assert gone is not None
    assert gone.status == 404


def passes_on(own: Reader) -> None:
    """With their word, as an ordinary intake: whoever reads is told of, and the code is for the notifier."""
    own.does("agree", text=PASSED_ON, how="phone")
    page = own.page
    assert Case.objects.count() == 0
    page.locator("form[action$='/intake/'] button").click()
    expect(page.locator("[name=story-words]")).to_have_value(PASSED_ON)
    own._looks()
    page.locator("label:has(input[name='purpose-choice'][value='report'])").click()
    page.locator("label:has(input[name='mode-choice'][value='anonymous'])").click()
    page.locator("main button.btn[value=next]").last.click()
    page.locator("label:has(input[name='told'])").click()
    page.locator("main button.btn[value=next]").last.click()
    expect(page.locator(".group").first).to_be_visible()
    page.locator("main button.btn[value=send]").click()
    page.locator("main a.btn[href$='/counsel/']").click()
    own._looks()


def takes_the_figures_and_ends(own: Reader, address: str) -> None:
    expect(own.page.locator("#figures")).to_be_visible()
    own.page.locator("form[action$='/counsel/figures/'] button").click()
    expect(own.page.locator(".done")).to_be_visible()
    expect(own.page.locator("#figures")).to_have_count(0)
    own.page.goto(address)
    own.does("end", outcome="talked")
    own.page.goto(address)
    expect(own.page.locator("#note")).to_have_count(0)


def as_on_a_telephone(own: Reader, address: str) -> None:
    own.page.set_viewport_size({"width": 390, "height": 844})
    own.language = "nl"
    for path in ("counsel/", "counsel/new/", address.partition("/desk/")[2]):
        own.goes(path)
