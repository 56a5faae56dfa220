"""The institution of the proofs: six readers of the contact point."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.institution import Institution


@pytest.fixture
def house(db: None, a_place_of_its_own: None, settings: Any) -> Iterator[Institution]:
    cache.clear()
    yield Institution(settings).with_readers(6)
    cache.clear()
