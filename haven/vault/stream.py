"""The sealed stream of a file: the published STREAM construction (as in age and Tink) over AES-256-GCM.

Layout: suite byte ‖ salt (32) ‖ prefix (7) ‖ segments. Key = HKDF-SHA-256(file key, salt, "haven/v1/stream" ‖ aad).
Segment i = AES-256-GCM over 64 KiB (the last may be shorter), nonce = prefix ‖ i (4, big endian) ‖ 1 if last else 0.
There is no end mark to forget, no second version to fall back to, and one error for everything.
"""

from collections.abc import Iterator
from os import urandom
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from haven.vault.derive import derive
from haven.vault.errors import CannotOpen

SUITE_1 = b"\x01"
SEGMENT = 64 * 1024
TAG = 16
_SALT, _PREFIX = 32, 7
HEADER = 1 + _SALT + _PREFIX
_LAST_COUNTER = 2**32 - 1


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class StreamSealer:
    """Give it plaintext in pieces of any size; it gives ciphertext back. `header` comes first, `finish` last."""

    def __init__(self, key: bytes, aad: bytes) -> None:
        salt, self._prefix = urandom(_SALT), urandom(_PREFIX)
        self.header = SUITE_1 + salt + self._prefix
        self._cipher = _cipher(key, salt, aad)
        self._waiting = bytearray()
        self._counter = 0

    def update(self, piece: bytes) -> bytes:
        """A full segment waits until more comes: only then is it known not to be the last."""
        self._waiting += piece
        sealed = bytearray()
        while len(self._waiting) > SEGMENT:
            sealed += self._seal(bytes(self._waiting[:SEGMENT]), last=False)
            del self._waiting[:SEGMENT]
        return bytes(sealed)

    def finish(self) -> bytes:
        return self._seal(bytes(self._waiting), last=True)

    def _seal(self, segment: bytes, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._counter, last=last), segment, None)
        self._counter += 1
        return sealed


def open_stream(source: Readable, key: bytes, aad: bytes) -> Iterator[bytes]:
    """The segments, each verified before it is handed out. For all or nothing, check the hash first (files.py)."""
    header = _exactly(source, HEADER)
    if len(header) != HEADER or header[:1] != SUITE_1:
        raise CannotOpen
    salt, prefix = header[1 : 1 + _SALT], header[1 + _SALT :]
    cipher = _cipher(key, salt, aad)
    segment, counter = _exactly(source, SEGMENT + TAG), 0
    while True:
        following = _exactly(source, SEGMENT + TAG) if len(segment) == SEGMENT + TAG else b""
        yield _open(cipher, _nonce(prefix, counter, last=not following), segment, first=counter == 0)
        if not following:
            return
        segment, counter = following, counter + 1


def _open(cipher: AESGCM, nonce: bytes, segment: bytes, *, first: bool) -> bytes:
    """Only a stream of nothing may have an empty segment: otherwise one plaintext would have two forms."""
    try:
        plaintext = cipher.decrypt(nonce, segment, None)
    except (InvalidTag, ValueError):
        raise CannotOpen from None
    if not plaintext and not first:
        raise CannotOpen
    return plaintext


def _cipher(key: bytes, salt: bytes, aad: bytes) -> AESGCM:
    return AESGCM(derive(key, b"haven/v1/stream" + aad, salt=salt))


def _nonce(prefix: bytes, counter: int, *, last: bool) -> bytes:
    if counter > _LAST_COUNTER:
        raise CannotOpen
    return prefix + counter.to_bytes(4) + (b"\1" if last else b"\0")


def _exactly(source: Readable, size: int) -> bytes:
    """A source may hand out less than was asked for; only an empty piece means the end."""
    piece = source.read(size)
    if len(piece) in {0, size}:
        return piece
    got = bytearray(piece)
    while len(got) < size and (piece := source.read(size - len(got))):
        got += piece
    return bytes(got)
