"""Contexts: what a ciphertext belongs to. Moved to another place, it does not open."""

_LENGTH = 4


def ctx(*parts: str | int | bytes) -> bytes:
    """The parts in order, each with its kind (s, i, b) and its length, so that no two lists give the same bytes."""
    joined = bytearray()
    for part in parts:
        kind, raw = _raw(part)
        joined += kind + len(raw).to_bytes(_LENGTH) + raw
    return bytes(joined)


def _raw(part: str | int | bytes) -> tuple[bytes, bytes]:
    if isinstance(part, str):
        return b"s", part.encode()
    if isinstance(part, int):
        return b"i", str(part).encode()
    return b"b", part
