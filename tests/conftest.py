"""What every test may ask for: a place of its own, the site in a real browser, a mail server that receives."""

import gc
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.utils import translation
from playwright.sync_api import BrowserContext, Page
from pytest_django import DjangoDbBlocker, Settings

from haven.rulebook import shelf
from tests import browser
from tests.live import Site, serve
from tests.post import PostOffice

hypothesis.settings.register_profile("house", deadline=None)  # no test is timed
hypothesis.settings.load_profile("house")

pytest_plugins = ["tests.coverage", "tests.cleaning.scanner"]

type NewContext = Callable[..., BrowserContext]


def pytest_collection_finish() -> None:
    """What was read to collect the tests stays to the end: to look through it for garbage again and again takes a
    fifteenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def a_place_of_its_own(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files, roots and rulebook of one test are not those of the next."""
    settings.BLOB_ROOT = tmp_path / "blobs"
    settings.VAULT_ROOTS = ()
    book = shelf.current()
    yield
    shelf.put(book)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared in the language they are written in; pages have theirs in the address."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Its tables are made from the models, and the place of the counters as its migration makes it. It can be removed
    afterwards only when nobody is in it any more."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        import_module("haven.register.migrations.0002_counters").open_a_place(None, editor)
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def served(django_db_setup: None) -> Iterator[Site]:
    """The whole site in threads of this process, on the database of the tests. Ask for `site` instead."""
    with serve() as site:
        yield site


@pytest.fixture
def site(transactional_db: None, served: Site) -> Site:
    """The site, with a database that other threads can see. `site.url` is where it is."""
    return served


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": browser.find(), "args": browser.arguments()}


@pytest.fixture(scope="session")
def browser_context_args(served: Site) -> dict[str, Any]:
    """`page.goto("/nl/")` goes to the site."""
    return {"base_url": served.url, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def new_context(new_context: NewContext, site: Site) -> Iterator[NewContext]:
    """Contexts that fail the test when a page complains, or asks something of somebody else's server."""
    complaints: list[str] = []

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        browser.watch(context, site.url, complaints)
        return context

    yield watched
    assert complaints == []


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    """A real mail server that keeps what it receives; Haven sends to it by SMTP."""
    with PostOffice() as office:
        settings.MAILERS = office.mailers
        yield office
