"""One way to be refused: the same type, the same words, and no trace of what went wrong inside."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from haven.vault.errors import CannotOpen


def refused(call: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Assert that the call does not open, in the one uniform way. An iterator is read to its end."""
    with pytest.raises(CannotOpen) as caught:
        _used_up(call(*args, **kwargs))
    error = caught.value
    assert type(error) is CannotOpen
    assert str(error) == "This cannot be opened."
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


def _used_up(result: object) -> None:
    if isinstance(result, Iterator):
        list(result)


def flipped(data: bytes | memoryview, bit: int) -> bytes:
    """One bit changed; `bit` wraps around."""
    place = bit % (len(data) * 8)
    changed = bytearray(data)
    changed[place // 8] ^= 1 << (place % 8)
    return bytes(changed)
