"""How often a page of the site asks the database: as often for a long list as for a short one, and not more than it
has to. Pages drawn anew cost mostly that."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from haven.pages.models import (
    ActivityIndexPage,
    AudiencePage,
    InitiativeIndexPage,
    PlanPage,
    QuestionIndexPage,
    StandardPage,
    StatementPage,
    Survey,
    ToolkitPage,
    UpdateIndexPage,
    UpdatePage,
)
from tests.pages.conftest import Homes, published
from tests.pages.test_activities import activity
from tests.pages.test_plan import action, make, step
from tests.pages.test_questions import question
from tests.pages.test_toolkit import item
from tests.pages.test_topics import statement, topic
from tests.pages.test_updates import initiative, line, update

KINDS = (
    ActivityIndexPage,
    InitiativeIndexPage,
    PlanPage,
    QuestionIndexPage,
    StandardPage,
    ToolkitPage,
    UpdateIndexPage,
)
AUDIENCES = ("student", "staff", "role_model")
NOW = ("2026-11-01", "2026-11-30")
OFTEN = {
    "/en/": 9,
    "/en/audience-0/": 8,
    "/en/questionindexpage/": 6,
    "/en/questionindexpage/?for=student": 6,
    "/en/toolkitpage/": 6,
    "/en/toolkitpage/?kind=training&in=en": 6,
    "/en/topics/": 5,
    "/en/topics/topic-0/": 7,
    "/en/opinions/": 6,
    "/en/standardpage/": 5,
    "/en/planpage/": 14,
    "/en/initiativeindexpage/": 5,
    "/en/activityindexpage/": 6,
    "/en/updateindexpage/": 5,
    "/en/updateindexpage/2026-10/": 9,
    "/en/help/": 1,
}


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with time_machine.travel("2026-11-25 09:00:00+00:00", tick=False):
        yield


def one_more(homes: Homes, number: int) -> None:
    """Of everything that stands in a list."""
    home, english = homes["en"], homes["en"].locale
    published(AudiencePage(title=f"Audience {number}", audience=AUDIENCES[number], locale=english), below=home)
    asked = question(homes, f"Question {number}?", everyone="Ask.", student="Ask your adviser.")
    tool = item(homes, f"Tool {number}")
    statement(homes, f"Statement {number}")
    belongs: dict[str, Any] = {
        "statements": [("statement", one) for one in StatementPage.objects.all()],
        "tools": [("tool", tool)],
    }
    topic(homes, f"Topic {number}", *NOW, **belongs, questions=[("question", asked)])
    days = {"from_on": date(2026, 11, 1), "to_on": date(2026, 11, 30), "link": "https://voorbeeld.example/"}
    Survey.objects.create(title=f"Survey {number}", slug=f"survey-{number}", text="Tell.", locale=english, **days)
    published(
        StandardPage(title=f"Below {number}", locale=english), below=StandardPage.objects.get(slug="standardpage")
    )
    step(action(f"action-{number}"), "running", date(2026, 9, 1))
    make({f"action-{number}": "It was needed."})
    initiative(f"initiative-{number}")
    activity(f"activity-{number}")


def news(index: UpdateIndexPage, number: int) -> UpdatePage:
    """Each with more lines than the one before it."""
    about = [line("It runs.", action="action-0"), line("They thought.", initiative="initiative-0")]
    return update(index, date(2026, 10 - number, 1), happening=about * (1 + number), coming=about)


def asked(client: Client, addresses: Iterable[str] = OFTEN) -> dict[str, int]:
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        found[address] = len(queries)
    return found


def test_a_page_asks_the_database_as_often_for_three_things_as_for_one(client: Client, homes: Homes) -> None:
    for kind in KINDS:
        name = kind.__name__.lower()
        published(kind(title=name, slug=name, locale=homes["en"].locale), below=homes["en"])
    index = UpdateIndexPage.objects.get()
    one_more(homes, 0)
    news(index, 0)
    asked(client)  # kinds of content are looked up once
    of_one = asked(client)
    for number in (1, 2):
        one_more(homes, number)
        news(index, number)

    assert of_one == OFTEN
    assert asked(client) == OFTEN
    long = {
        "/en/topics/topic-2/": "/en/topics/topic-0/",
        "/en/updateindexpage/2026-08/": "/en/updateindexpage/2026-10/",
    }
    assert asked(client, long) == {address: OFTEN[short] for address, short in long.items()}
