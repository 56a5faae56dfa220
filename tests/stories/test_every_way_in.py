"""By telephone, by mail, a form of its own, advice without names, and a closing: each by hand, in a browser."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as ours
from django.db import connection
from playwright.sync_api import Page, expect

from haven.cases.models import Case
from haven.rulebook import shelf
from tests.conftest import NewContext
from tests.counted import ended
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.looking import look
from tests.stories.reader import Reader, reader
from tests.stories.reporter import ON, Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY, NAME = "zqtoldaloudwm", "zqcallernamewm"


class Taker:
    """Somebody of the contact point with the telephone in one hand."""

    def __init__(self, someone: Reader) -> None:
        self.page = someone.page
        self.page.locator("main a[href$='/desk/intake/']").click()
        self.sees("#q-channel")

    def ticks(self, name: str, value: str) -> "Taker":
        self.page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()
        return self

    def fills(self, **words: str) -> "Taker":
        for key, text in words.items():
            self.page.locator(f"[name={key}-words]").fill(text)
        return self

    def goes_on(self, sees: str, do: str = "next") -> "Taker":
        self.page.locator(f"main button.btn[value={do}]").last.click()
        return self.sees(sees)

    def sees(self, selector: str) -> "Taker":
        expect(self.page.locator(selector).first).to_be_visible()
        look(self.page)
        return self

    @property
    def code(self) -> str:
        """As it is heard: the words of the international alphabet."""
        return " ".join(self.page.locator(".group").all_inner_texts())


@pytest.fixture
def experts(house: Institution, settings: Any) -> Institution:
    online = Institution(settings, route="online_safety")
    for name in ("Expert One", "Expert Two"):
        online.readers.append(online.person(name))
        online.confirm(online.readers[-1], by=house.readers[:2])
    return online


def lies_in_clear(*words: str) -> list[str]:
    """Which of these words stand in a table, or in a file of this place."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of tables are ours
            rows += cursor.fetchall()
    told = " ".join(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in rows)
    kept = b"".join(file.read_bytes() for file in Path(ours.BLOB_ROOT).glob("**/*") if file.is_file())
    return [word for word in words if word in told or word.encode() in kept]


@proves("R-000-14", "R-000-06", "R-000-19", "R-002-17")
def test_a_telephone_call_from_the_first_word_to_the_mailbox_of_the_caller(
    site: Site, house: Institution, new_context: NewContext, page: Page
) -> None:
    width, language = 1280, "en"
    taker, keeper, struck = house.readers[0], house.readers[1], house.readers[3]
    call = Taker(reader(new_context(), taker, site.url, language, width=width))
    call.ticks("channel", "phone").goes_on("#section-words").fills(story=STORY, name=NAME)
    call.ticks("purpose-choice", "report").ticks("other_affiliation-choice", "hospital")
    call.ticks("mode-choice", "confidential").ticks("contact_way-choice", "mailbox").goes_on("#q-told")
    assert Case.objects.count() == 0
    assert lies_in_clear(STORY, NAME) == []
    call.ticks("strike", struck.kid).ticks("keeper", keeper.kid).goes_on("#errors")
    call.ticks("told", "yes").goes_on(".groups")
    code = call.code
    call.goes_on("main a[href$='/intake/']", "send")
    assert code.split()[0] not in call.page.locator("main").inner_text()
    assert lies_in_clear(STORY, NAME, code, code.replace(" ", "")) == []

    other = reader(new_context(), house.readers[2], site.url, language, width=width)
    other.opens_the_only_case()
    other.sees(STORY, taker.user.name)
    expect(other.page.locator("#governing")).to_be_visible()
    expect(other.page.locator("main")).not_to_contain_text(NAME)
    stranger = reader(new_context(), struck, site.url, language, width=width)
    expect(stranger.page.locator("table a[href*='/case/']")).to_have_count(0)
    other.does("answer", text="Dank je dat je belde.")

    caller = Reporter(page, language).returns_with(code)
    assert "Dank je dat je belde." in caller.talk
    caller.writes("Nog iets vergeten.")


@proves("R-000-15", "R-000-06")
def test_a_mail_is_written_down_deleted_and_counted(site: Site, house: Institution, new_context: NewContext) -> None:
    someone = reader(new_context(), house.readers[0], site.url)
    call = Taker(someone).ticks("channel", "mail").goes_on("#section-words").fills(story=STORY)
    call.ticks("purpose-choice", "ask").goes_on("#q-deleted")
    expect(call.page.locator("input[type=file]")).to_have_count(0)
    call.ticks("told", "yes").goes_on("#errors").ticks("deleted", "yes").goes_on(".groups")
    call.goes_on("main a[href$='/intake/']", "send")

    someone.opens_the_only_case()
    someone.sees(STORY, "By mail")
    someone.does("screen", result="other")
    someone.does("close", outcome="advice_given", category="other", destination="none")
    assert [(row.kind, row.channel) for row in ended()] == [("question", "mail")]


@proves("R-004-25")
def test_an_online_threat_goes_from_the_page_for_staff_to_the_experts(
    site: Site, house: Institution, experts: Institution, new_context: NewContext, page: Page
) -> None:
    page.goto("/en/help/?for=student")
    expect(page.locator("button[value=form-online_threat]")).to_have_count(0)
    page.goto("/en/help/?for=staff")
    look(page)
    page.locator("button[value=form-online_threat]").click()
    expect(page.locator("h1")).to_have_text("Online threat")
    assert (page.url.removeprefix(site.url), page.title()) == ("/en/contact/", "Contact")
    reporter = Reporter(page)
    reporter.goes_on_to("code", audience="staff", threat_where=["social"], threat_now="yes", story=STORY)
    assert reporter.passed[:5] == ["start", "audience", "threat_where", "threat_now", "story"]
    reporter.sends()

    expert = reader(new_context(), experts.readers[0], site.url)
    expert.opens_the_only_case()
    expert.sees("Online threat", "Social media", STORY)
    someone = reader(new_context(), house.readers[0], site.url)
    expect(someone.page.locator("table a[href*='/case/']")).to_have_count(0)


@proves("R-004-25", "R-000-07")
def test_who_belongs_to_others_goes_on_with_the_general_questions_and_loses_nothing(
    site: Site, house: Institution, experts: Institution, page: Page
) -> None:
    reporter = Reporter(page).opens_the_door()
    page.locator("summary", has_text="Is there a form").click()
    reporter.presses("button[value=form-online_threat]")
    reporter.presses(ON)
    page.locator("label:has(input[value=student])").click()
    reporter.presses(ON)
    assert reporter.heading == "This form is for others"
    reporter.presses("main button.btn[value='form-']")
    assert reporter.where == "purpose"
    reporter.goes_on_to("audience", purpose="report")
    expect(page.locator("input[value=student]")).to_be_checked()
    reporter.goes_on_to("code", story=STORY)
    reporter.sends()
    assert Case.objects.get().route == "contact_point"


@proves("R-004-54")
def test_a_role_model_asks_for_advice_without_naming_anyone(
    site: Site, house: Institution, new_context: NewContext, page: Page
) -> None:
    page.goto("/nl/help/other/")
    look(page)
    page.locator("button[value=form-advice]").click()
    reporter = Reporter(page, "nl")
    expect(page.locator("h1")).to_have_text("Advies vragen zonder namen")
    reporter.goes_on_to("code", advice=STORY, mode="anonymous")
    assert reporter.passed == ["start", "advice", "audience", "mode", "readers", "check", "code"]
    reporter.sends()
    someone = reader(new_context(), house.readers[0], site.url, "nl")
    someone.opens_the_only_case()
    someone.sees("Advies vragen zonder namen", STORY)


@proves("R-004-26", "R-004-34")
def test_after_sending_one_reads_whose_procedure_applies(site: Site, house: Institution, page: Page) -> None:
    reporter = Reporter(page).opens_the_door()
    reporter.goes_on_to("code", purpose="report", other_affiliation="hospital").sends()

    told = page.locator("#governing")
    expect(told).to_contain_text("Complaints procedure of the hospital")
    expect(told).to_contain_text("Complaints committee of the hospital")
    expect(told).to_contain_text("We hand nothing over to them unless you agree.")


@proves("R-003-15")
def test_on_the_pages_of_who_is_concerned_everyone_finds_what_they_may_expect(site: Site, page: Page) -> None:
    for language, width in ((language, width) for language in ("en", "nl") for width in (1280, 390)):
        page.set_viewport_size({"width": width, "height": 844})
        for party in shelf.current().concerned:
            answer = page.goto(f"/{language}/expect/{party.key}/")
            assert answer is not None
            assert answer.status == 200
            expect(page.locator("h1")).to_have_text(party.title.say(language))
            expect(page.locator("nav[aria-labelledby=others] a")).to_have_count(3)
            look(page)


@proves("R-000-14", "R-000-15")
def test_a_closing_is_told_on_the_front_page_before_writing_and_after_sending(
    site: Site, house: Institution, page: Page
) -> None:
    closed, warning = "From 24 December to 1 January we are closed.", "An e-mail is not anonymous"
    with time_machine.travel(datetime.fromisoformat("2026-12-29T10:00:00+00:00"), tick=True):
        page.goto("/en/")
        look(page)
        for text in (closed, warning, "Closed today.", "Open again on Monday 4 January 2027."):
            expect(page.locator("main")).to_contain_text(text)
        reporter = Reporter(page).opens_the_door()
        expect(page.locator("main")).to_contain_text(closed)
        reporter.goes_on_to("code", purpose="report", story=STORY).sends()
        expect(page.locator("#reach")).to_contain_text(closed)
        expect(page.locator("#reach")).to_contain_text(warning)
