"""Fuzz target for everything that parses sealed bytes. Run: python tests/vault/fuzz_stream.py -runs=20000

Anything but the one uniform error, or plaintext that was never sealed, ends the run with the input that caused it.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import atheris  # type: ignore[import-untyped]  # brings no types

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["haven.vault"]):
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from haven.vault import bodies, hpke, pouch, stream
    from haven.vault.errors import CannotOpen

KEY, AAD = b"k" * 32, b"place"
PAIR = X25519PrivateKey.from_private_bytes(b"p" * 32)
PLAIN = b"words " * 20


def _sealed() -> bytes:
    sealer = stream.StreamSealer(KEY, AAD)
    return sealer.header + sealer.update(PLAIN) + sealer.finish()


stream.SEGMENT = 32  # short segments, so that short inputs reach the rules between them
SOUND = _sealed()
_STEP = stream.SEGMENT + stream.TAG
SEGMENTS = [SOUND[at : at + _STEP] for at in range(stream.HEADER, len(SOUND), _STEP)]


def _never(call: Callable[..., Any], *args: Any) -> None:
    """Nothing made by a fuzzer opens: it would have had to guess a 128-bit tag."""
    with suppress(CannotOpen):
        raise AssertionError(f"opened: {len(call(*args))} bytes")


def _read(data: bytes) -> bytes:
    return b"".join(stream.open_stream(BytesIO(data), KEY, AAD))


def _spliced(data: bytes) -> bytes:
    """A sound stream with a piece of the fuzzer's in it: gets past the header and the key."""
    at, keep = data[0] % len(SOUND), data[1] % len(SOUND)
    return SOUND[:at] + data[2:] + SOUND[keep:]


def _rearranged(data: bytes) -> bytes:
    """Sound segments, in the order the fuzzer likes: dropped, repeated, exchanged."""
    return SOUND[: stream.HEADER] + b"".join(SEGMENTS[byte % len(SEGMENTS)] for byte in data)


def one_input(data: bytes) -> None:
    _never(_read, data)
    _never(_read, stream.SUITE_1 + data)
    if len(data) > 2 and (mixed := _spliced(data)) != SOUND:
        _never(_read, mixed)
    if (moved := _rearranged(data)) != SOUND:
        _never(_read, moved)
    _never(bodies.open_body, KEY, data, AAD)
    _never(bodies.open_body, KEY, bodies.seal_box(KEY, _wrong_padding(data), AAD), AAD)
    _never(hpke.open_, data, PAIR, AAD)
    _never(hpke.open_, hpke.SUITE_1 + data, PAIR, AAD)
    _never(pouch.OpenPouch, pouch.SUITE_2 + hpke.SUITE_1 + data, PAIR, AAD)


def _wrong_padding(data: bytes) -> bytes:
    """Sealed under the right key, but never of a size that seal_body makes."""
    return data if len(data) != bodies.padded_size(len(data)) else data + b"\0"


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
