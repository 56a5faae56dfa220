"""Two readers who handle input, and a pace at rest."""

from collections.abc import Iterator
from typing import Any

import pytest

from haven.voices.pace import pace
from tests.institution import Institution


@pytest.fixture
def house(settings: Any) -> Iterator[Institution]:
    pace.clear()
    yield Institution(settings).with_readers(2)
    pace.clear()
