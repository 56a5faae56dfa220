"""One court for each test, and a browser in which somebody came in."""

from typing import Any

import pytest
from django.core.cache import cache

from tests.complaints.court import Court


@pytest.fixture
def court(db: None, settings: Any) -> Court:
    cache.clear()
    return Court(settings)
