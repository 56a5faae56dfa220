import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from haven.rulebook import loader
from haven.rulebook.book import Rulebook

EXAMPLE = Path(__file__).parents[2] / "rulebooks" / "example"


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return loader.load(EXAMPLE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example rulebook, to be spoilt."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "rules"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """Replace the first place where a text stands in a file; it must stand there."""

    def in_file(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text()
        assert old in text, f"{file} does not hold {old!r}"
        (folder / file).write_text(text.replace(old, new, 1))

    return in_file
