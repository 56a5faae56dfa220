"""A data folder that is ready to be served, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from tests.faults.starting import haven


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("prepared") / "data"
    done = haven("migrate", data=data)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))
