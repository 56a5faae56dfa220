"""Topics of a period and statements: to read, to answer in one click, to talk about, to print and to show."""

import re
from datetime import date
from uuid import UUID

import pytest
import segno
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from haven.pages import code
from haven.pages.models import (
    AudiencePage,
    StatementIndexPage,
    StatementPage,
    Survey,
    ToolkitItem,
    TopicIndexPage,
    TopicPage,
)
from haven.voices.models import Tally
from tests.pages.conftest import Homes, published
from tests.proves import proves

IN_NOVEMBER = "2026-11-25 09:00:00+00:00"


def statement(homes: Homes, says: str = "A joke is a joke.", **more: object) -> StatementPage:
    below = StatementIndexPage.objects.first()
    if below is None:
        below = StatementIndexPage(title="Opinions", locale=homes["en"].locale)
        published(below, below=homes["en"])
    told: dict[str, object] = {"why": "Laughing is belonging.", "guide": [("question", "Who laughed along?")]}
    page = StatementPage(title=says, locale=homes["en"].locale, **told | more)
    published(page, below=below)
    return page


def topic(homes: Homes, title: str, first: str, last: str, **more: object) -> TopicPage:
    below = TopicIndexPage.objects.first()
    if below is None:
        below = TopicIndexPage(title="Topics", locale=homes["en"].locale)
        published(below, below=homes["en"])
    days = {"from_on": date.fromisoformat(first), "to_on": date.fromisoformat(last)}
    page = TopicPage(title=title, lead="What it is about.", locale=homes["en"].locale, **days, **more)
    published(page, below=below)
    return page


@proves("R-004-46")
def test_the_topic_of_this_period_stands_on_the_front_pages_with_what_belongs_to_it(
    client: Client, homes: Homes
) -> None:
    published(AudiencePage(title="Students", audience="student", locale=homes["en"].locale), below=homes["en"])
    item = ToolkitItem(title="A training", slug="a-training", kind="training", subject="awareness", text="It helps.")
    item.reviewed_on, item.locale = date(2026, 9, 1), homes["en"].locale
    item.save()
    said, gone = statement(homes), statement(homes, "Taken away.")
    belongs = {"statements": [("statement", said), ("statement", gone)], "tools": [("tool", item)]}
    topic(homes, "Now", "2026-10-19", "2026-11-25", **belongs)
    topic(homes, "Later", "2026-11-26", "2026-12-31")
    gone.unpublish()
    with time_machine.travel(IN_NOVEMBER):
        for address in ("/en/", "/en/students/"):
            assert re.findall(r'href="/en/topics/(\w+)/"', client.get(address).text) == ["now"]
        shown = client.get("/en/topics/now/").text
        assert re.findall(r"/en/topics/(\w+)/", client.get("/en/topics/").text) == ["now", "later"]

    assert "A joke is a joke." in shown
    assert "A training" in shown
    assert "Taken away." not in shown
    assert "19 October 2026 to 25 November 2026" in shown
    with pytest.raises(ValidationError, match="before the first"):
        topic(homes, "Wrong", "2026-11-26", "2026-11-01").full_clean()


@proves("R-004-52")
def test_a_survey_stands_on_the_pages_of_those_it_asks_while_it_is_open(client: Client, homes: Homes) -> None:
    for key in ("student", "staff"):
        published(AudiencePage(title=key, audience=key, locale=homes["en"].locale), below=homes["en"])
    days = {"from_on": date(2026, 11, 25), "to_on": date(2026, 12, 4)}
    told = {"title": "What work is like", "text": "Ten minutes.", "link": "https://survey.example/", "slug": "work"}
    Survey.objects.create(**told, **days, audiences=["staff"], locale=homes["en"].locale)

    for on, where, there in (
        ("2026-11-24", "staff", False),
        ("2026-11-25", "staff", True),
        ("2026-12-04", "staff", True),
        ("2026-12-05", "staff", False),
        ("2026-11-25", "student", False),
    ):
        with time_machine.travel(f"{on} 12:00:00+00:00"):
            shown = client.get(f"/en/{where}/").text
        assert ("What work is like" in shown, "Open until 4 December 2026." in shown) == (there, there)


@proves("R-004-47", "R-004-48")
def test_a_statement_is_answered_in_one_click_and_has_questions_to_talk_about(client: Client, homes: Homes) -> None:
    page = statement(homes)
    answer = client.get(page.get_url())
    ballot = re.search(r'name="ballot" value="([^"]+)"', answer.text)

    assert ballot
    assert "Who laughed along?" in answer.text
    assert answer["Cache-Control"] == "no-store"
    client.post("/en/input/vote/", {"ballot": ballot[1], "choice": "3", "back": page.get_url()})
    assert [(tally.pk, sum(tally.votes)) for tally in Tally.objects.all()] == [(UUID(str(page.translation_key)), 1)]
    assert not client.cookies
    page.poll = False
    page.save_revision().publish()
    assert 'name="ballot"' not in client.get(page.get_url()).text


@proves("R-003-28", "R-004-48")
@pytest.mark.parametrize("view", ["poster", "screen"])
def test_a_statement_can_be_printed_and_shown_with_a_code_that_leads_to_it(
    client: Client, homes: Homes, view: str
) -> None:
    page = statement(homes)
    shown = client.get(f"{page.get_url()}?view={view}").text
    address = f"http://testserver{page.get_url()}"

    assert f'class="poster {view}"' in shown
    assert "A joke is a joke." in shown
    assert code.drawn(address).path in shown
    assert address in shown
    assert "<form" not in shown
    assert 'class="poster' not in client.get(f"{page.get_url()}?view=nonsense").text


def test_the_code_has_a_square_for_each_dark_module_and_white_around_it() -> None:
    drawn, made = code.drawn("https://haven.example/"), segno.make("https://haven.example/", error="m", micro=False)

    assert drawn.side == made.symbol_size(border=4)[0]
    assert drawn.path.count("M") == sum(map(sum, made.matrix))
    assert drawn.path.startswith("M4 4h1v1h-1z")


def test_each_audience_finds_the_statements_that_are_theirs(client: Client, homes: Homes) -> None:
    statement(homes, "For all.")
    statement(homes, "For managers.", audiences=["role_model"])

    assert "For managers." not in client.get("/en/opinions/?for=student").text
    assert "For managers." in client.get("/en/opinions/?for=role_model").text
    assert "For all." in client.get("/en/opinions/?for=student").text
