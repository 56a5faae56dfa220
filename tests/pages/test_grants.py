"""A database account for the site alone: it serves pages and the editor, and cannot read a table with a case in it."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Page

from haven.config.grants import grants
from haven.pages import planting
from haven.pages.door import visitors
from haven.pages.models import (
    ActivityIndexPage,
    AudiencePage,
    CampaignPage,
    DocumentPage,
    InitiativeIndexPage,
    PlanPage,
    PracticePage,
    QuestionIndexPage,
    StandardPage,
    StatementIndexPage,
    StatementPage,
    ToolkitPage,
    TopicIndexPage,
    TopicPage,
    UpdateIndexPage,
    UpdatePage,
)
from haven.people.models import User
from haven.voices import tallies
from haven.voices.models import Input, Tally, Wording
from haven.voices.pace import pace
from tests.pages.conftest import Homes, SignedIn
from tests.pages.test_editor import new_page
from tests.voices.told import DAY, HERE, TOLD, form

ACCOUNT = "site_of_the_tests"
SEALED = ("cases", "complaints", "counsel", "dialogue", "vault", "trail", "notices")
HAS_ACCOUNTS = connection.vendor == "postgresql"  # SQLite knows none; there the pages are asked as ever


KINDS_OF_PAGE: tuple[type[Page], ...] = (
    *(AudiencePage, CampaignPage, StatementIndexPage, TopicIndexPage, QuestionIndexPage, ToolkitPage),
    *(PlanPage, UpdateIndexPage, InitiativeIndexPage, ActivityIndexPage, PracticePage, DocumentPage),
)
BELOW: dict[type[Page], type[Page]] = {
    StatementPage: StatementIndexPage,
    TopicPage: TopicIndexPage,
    UpdatePage: UpdateIndexPage,
}
MORE: dict[type[Page], dict[str, Any]] = {
    AudiencePage: {"audience": "student"},
    TopicPage: {"from_on": DAY, "to_on": DAY, "lead": "Now"},
    UpdatePage: {"month": DAY, "quiet": True},
}
OF_THE_HOUSE = (
    *("", "help/", "help/self/", "help/choose/", "overviews/", "overviews/method/", "input/", "input/outcomes/"),
    *("about/institution/", "about/definition/", "about/privacy/", "about/accessibility/", "about/reading/"),
    *("about/procedures/", "search/", "sign-in/", "feeds/updates.atom", "feeds/activities.ics"),
)


@pytest.fixture
def every_page(homes: Homes) -> list[str]:
    """The address of a page of each kind, and of those of the house."""
    english = homes["en"].locale
    kept: dict[type[Page], Page] = {}
    for kind in (*KINDS_OF_PAGE, *BELOW):
        kept[kind] = page = kind(title=kind.__name__, locale=english, **MORE.get(kind, {}))
        (kept[BELOW[kind]] if kind in BELOW else homes["en"]).add_child(instance=page)
    return [*(page.get_url() for page in kept.values()), *(f"/en/{page}" for page in OF_THE_HOUSE)]


@pytest.fixture
def as_the_site(homes: Homes) -> Iterator[None]:
    """From here on the database answers as it answers the account of the site."""
    with connection.cursor() as cursor:
        if HAS_ACCOUNTS:
            MigrationRecorder(connection).ensure_schema()  # tables of the tests are made from the models
            cursor.execute(f"CREATE ROLE {ACCOUNT}")
            for statement in grants(ACCOUNT):
                cursor.execute(statement)
            cursor.execute(f"SET LOCAL ROLE {ACCOUNT}")
        yield
        if HAS_ACCOUNTS:
            cursor.execute("RESET ROLE")


def test_no_table_of_a_case_is_named() -> None:
    named = {table for line in grants(ACCOUNT) for table in re.findall(r' ON "(\w+)" TO', line)}
    models = apps.get_models(include_auto_created=True)
    sealed = {model._meta.db_table for model in models if model._meta.app_label in SEALED}

    assert sealed
    assert named & sealed == set()
    assert {"pages_homepage", "wagtailcore_page", "wagtailcore_revision", "django_session", "people_user"} <= named
    assert not any("people_user" in line and ("INSERT" in line or "password" in line) for line in grants(ACCOUNT))


def test_of_the_register_it_reads_what_is_released_and_changes_nothing() -> None:
    lines = [line for line in grants(ACCOUNT) if "register_" in line]

    assert len(lines) == len([*apps.get_app_config("register").get_models()])
    assert all(line.startswith("GRANT SELECT ON ") for line in lines)
    assert not any("counter" in line for line in grants(ACCOUNT))


def test_the_account_of_the_site_serves_pages_and_the_editor(
    client: Client, every_page: list[str], as_the_site: None, homes: Homes, signed_in: SignedIn
) -> None:
    asked = {page: client.get(page).status_code for page in every_page}
    assert {page for page, status in asked.items() if status != 200} == set()
    assert client.get("/nl/no-such-page/").status_code == 404
    assert 'href="/en/planpage/"' in client.post("/en/search/", {"words": "planpage"}).text
    with connection.cursor() as cursor:
        if HAS_ACCOUNTS:
            cursor.execute("RESET ROLE")
        editor = signed_in("communication")  # an account is made elsewhere
        if HAS_ACCOUNTS:
            cursor.execute(f"SET LOCAL ROLE {ACCOUNT}")

    assert editor.get("/edit/").status_code == 200
    new_page(editor, "standardpage", homes["nl"], title="Nieuws")
    assert client.get(StandardPage.objects.get().url).status_code == 200
    planting.plant()  # at each start; and what stands in the plan is told to who handles input
    assert editor.post("/nl/sign-in/out/").status_code == 302


def test_the_account_of_the_site_counts_a_vote_and_gives_input_back_to_who_wrote_it(
    client: Client, as_the_site: None, settings: Any
) -> None:
    pace.clear()
    statement = uuid4()
    ballot = {"ballot": tallies.ballot(statement), "choice": "1"}
    assert "Thank you" in client.post("/en/input/vote/", ballot, headers=HERE).text
    assert (tallies.result(statement), sum(Tally.objects.get().votes)) == (None, 1)
    if not HAS_ACCOUNTS:
        return
    page, before = client.get("/en/input/"), transaction.savepoint_create()
    sent = client.post("/en/input/", form(page), headers=HERE)
    transaction.savepoint_rollback(before)
    assert (sent.status_code, TOLD in sent.text, Input.objects.count()) == (503, True, 0)
    for forbidden in (Wording.objects.all().delete, partial(Input.objects.update, year=1)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            forbidden()


@pytest.mark.parametrize(
    "label", ["cases.Case", "vault.SealedItem", "vault.Grant", "vault.KeyBundle", "trail.Entry", "dialogue.Mailbox"]
)
def test_the_account_of_the_site_reads_no_case(as_the_site: None, label: str) -> None:
    model = apps.get_model(label)
    if not HAS_ACCOUNTS:
        assert model._meta.db_table not in " ".join(grants(ACCOUNT))
        return
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model._default_manager.exists()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        User.objects.update(password="")


def test_only_a_refusal_of_the_database_gives_words_back_and_another_mistake_is_not_hidden(rf: RequestFactory) -> None:
    def mistaken(_request: HttpRequest) -> HttpResponse:
        raise ProgrammingError("a statement that makes no sense")

    with pytest.raises(ProgrammingError):
        visitors(mistaken)(rf.get("/en/input/"))
