"""The stage of the stories: an institution with two teams, and a picture of the page where a story failed."""

import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext

from tests.institution import Institution
from tests.live import Site
from tests.stories import looking

PICTURES = Path(tempfile.gettempdir()) / "haven-stories"
_failed = pytest.StashKey[bool]()


@pytest.fixture(scope="session", autouse=True)
def looked_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The folder above that of a worker belongs to the whole run."""
    own = tmp_path_factory.getbasetemp()
    looking.seen = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "looked-at"
    looking.seen.mkdir(exist_ok=True)


@pytest.fixture
def house(site: Site, settings: Any) -> Iterator[Institution]:
    """Four readers of the contact point, one of whom assigns; and the office that is next when too few are left."""
    cache.clear()
    house = Institution(settings).with_readers(4)
    house.readers[0].user.role_key = "coordinator"
    house.readers[0].user.save()
    ombuds = Institution(settings, route="ombuds")
    for name in ("Ombuds One", "Ombuds Two"):
        ombuds.confirm(ombuds.person(name), by=house.readers[:2])
    yield house
    cache.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.fixture(autouse=True)
def picture_of_a_failure(request: pytest.FixtureRequest, context: BrowserContext) -> Iterator[None]:
    """Outside the repository, always."""
    yield
    if request.node.stash.get(_failed, False):
        PICTURES.mkdir(exist_ok=True)
        for number, page in enumerate(context.pages):
            page.screenshot(path=PICTURES / f"{request.node.name}-{number}.png", full_page=True)
