"""Which requirement a test proves. Coverage of the requirements is drawn from these marks, never written by hand."""

from collections.abc import Callable
from typing import Any

import pytest


def proves[Test: Callable[..., Any] | type](*ids: str) -> Callable[[Test], Test]:
    """`@proves("R-003-14")` on a test or a class of tests."""
    mark: Callable[[Test], Test] = pytest.mark.proves(*ids)
    return mark
