"""One court for each test."""

from typing import Any

import pytest

from tests.complaints.court import Court


@pytest.fixture
def court(db: None, settings: Any) -> Court:
    return Court(settings)
