"""A database account for the site alone: it serves pages and the editor, and cannot read a table with a case in it."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from haven.config.grants import grants
from haven.pages.models import StandardPage
from haven.people.models import User
from haven.voices import tallies
from haven.voices.models import Input, Wording
from tests.pages.conftest import Homes, SignedIn
from tests.pages.test_editor import new_page

ACCOUNT = "site_of_the_tests"
SEALED = ("cases", "complaints", "counsel", "dialogue", "vault", "trail", "notices")
HAS_ACCOUNTS = connection.vendor == "postgresql"  # SQLite knows none; there the pages are asked as ever


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
    client: Client, as_the_site: None, homes: Homes, signed_in: SignedIn
) -> None:
    assert {
        client.get(page).status_code
        for page in ("/nl/", "/en/help/", "/en/overviews/", "/en/overviews/method/", "/nl/sign-in/")
    } == {200}
    assert client.get("/nl/no-such-page/").status_code == 404
    listens = ("/nl/input/", "/nl/input/outcomes/", "/nl/about/institution/", "/nl/search/")
    assert {client.get(page).status_code for page in listens} == {200}
    assert client.post("/nl/search/", {"words": "hulp"}).status_code == 200
    with connection.cursor() as cursor:
        if HAS_ACCOUNTS:
            cursor.execute("RESET ROLE")
        editor = signed_in("communication")  # an account is made elsewhere
        if HAS_ACCOUNTS:
            cursor.execute(f"SET LOCAL ROLE {ACCOUNT}")

    assert editor.get("/edit/").status_code == 200
    new_page(editor, "standardpage", homes["nl"], title="Nieuws")
    assert client.get(StandardPage.objects.get().url).status_code == 200
    assert editor.post("/nl/sign-in/out/").status_code == 302


def test_the_account_of_the_site_counts_a_vote_and_cannot_change_what_was_told(as_the_site: None) -> None:
    statement = uuid4()
    assert tallies.cast(tallies.ballot(statement), 1) == statement
    assert tallies.result(statement) is None
    if HAS_ACCOUNTS:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Wording.objects.all().delete()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Input.objects.update(year=1)


@pytest.mark.parametrize("label", ["cases.Case", "vault.SealedItem", "trail.Entry", "dialogue.Mailbox"])
def test_the_account_of_the_site_reads_no_case(as_the_site: None, label: str) -> None:
    model = apps.get_model(label)
    if not HAS_ACCOUNTS:
        assert model._meta.db_table not in " ".join(grants(ACCOUNT))
        return
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model._default_manager.exists()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        User.objects.update(password="")
