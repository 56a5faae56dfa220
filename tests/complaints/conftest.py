"""One court for each test; and one who tells stories of it."""

from typing import Any

import pytest
from django.core.cache import cache

from tests.complaints.court import MONDAY, Court
from tests.complaints.teller import Teller


@pytest.fixture
def court(db: None, settings: Any) -> Court:
    return Court(settings)


@pytest.fixture
def teller(db: None, settings: Any, time_machine: Any) -> Teller:
    """Under the regulation of the example; it is the Monday on which a letter comes."""
    cache.clear()
    found = Teller(Court(settings, example=True), time_machine)
    found.day(MONDAY)
    return found
