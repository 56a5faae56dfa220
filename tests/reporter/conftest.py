"""A contact point with three readers, and somebody at its door."""

from typing import Any

import pytest

from tests.institution import Institution
from tests.reporter.visitor import Visitor


@pytest.fixture
def house(settings: Any, db: None) -> Institution:
    return Institution(settings).with_readers(3)


@pytest.fixture
def ombuds(settings: Any, house: Institution) -> Institution:
    """The next route, with two readers of its own, confirmed by the same ceremony."""
    other = Institution(settings, route="ombuds")
    other.readers = [other.person("Ombuds One"), other.person("Ombuds Two")]
    for reader in other.readers:
        other.confirm(reader, by=house.readers[:2])
    return other


@pytest.fixture
def visitor(house: Institution) -> Visitor:
    return Visitor()
