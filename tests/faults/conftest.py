"""A data folder that is ready to be served, made once and copied for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import psycopg
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


@pytest.fixture
def database() -> Iterator[dict[str, str]]:
    """Where a Haven of its own keeps its rows: nothing to say for SQLite; in the run on PostgreSQL a new database."""
    address = os.environ.get("DATABASE_URL")
    if not address:
        yield {}
        return
    name = f"own_{token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"'.encode())
        yield {"DATABASE_URL": urlunsplit(urlsplit(address)._replace(path=f"/{name}"))}
        link.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
