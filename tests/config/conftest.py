"""One installation, made once and copied for each test."""

from pathlib import Path

import pytest

from tests.config.installing import Place


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("once") / "place").made()
    done = place.init()
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture
def new(tmp_path: Path) -> Place:
    """Nothing is installed yet."""
    return Place(tmp_path / "place").made()


@pytest.fixture
def place(once: Place, tmp_path: Path) -> Place:
    copy = once.moved(tmp_path / "place")
    settings = copy.data / "haven.env"
    settings.write_text(settings.read_text().replace(str(once.root), str(copy.root)))
    return copy
