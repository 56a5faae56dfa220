from pathlib import Path

import pytest

from haven.rulebook import loader
from haven.rulebook.book import Rulebook

EXAMPLE = Path(__file__).parents[3] / "rulebooks" / "example"


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return loader.load(EXAMPLE)
