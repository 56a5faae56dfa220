"""The institution of the proofs: six readers of the contact point."""

from typing import Any

import pytest

from tests.institution import Institution


@pytest.fixture
def house(db: None, a_place_of_its_own: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(6)
