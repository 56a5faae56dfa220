"""Several envelopes to one reader for one public-key operation: a pouch.

The key of a pouch is sealed to the reader in an envelope; what it holds lies in boxes under that key. Each blob carries
the envelope before its own box, so it opens by itself, wherever the others went. Layout: suite byte ‖ envelope ‖ box.
"""

from os import urandom

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from haven.vault import bodies, hpke
from haven.vault.derive import KEY_BYTES
from haven.vault.secret import Unstorable

SUITE_2 = b"\x02"
_BOX = len(SUITE_2) + hpke.OVERHEAD + KEY_BYTES  # where it begins


class Pouch(Unstorable):
    """Being filled. `info` says for whom, and of which case; the context of each box says what is in it."""

    __slots__ = ("_head", "_key")

    def __init__(self, public: bytes, info: bytes) -> None:
        self._key = urandom(KEY_BYTES)
        self._head = SUITE_2 + hpke.seal(self._key, public, info)

    def seal(self, payload: bytes, context: bytes) -> bytes:
        return self._head + bodies.seal_box(self._key, payload, context)


class OpenPouch(Unstorable):
    """The same at the reader, who may have many blobs of it. Raises CannotOpen."""

    __slots__ = ("_head", "_info", "_key")

    def __init__(self, blob: bytes, private: X25519PrivateKey, info: bytes) -> None:
        self._head, self._info = blob[:_BOX], info
        self._key = hpke.open_(self._head[len(SUITE_2) :], private, info)

    def holds(self, blob: bytes, info: bytes) -> bool:
        return blob[:_BOX] == self._head and info == self._info

    def open(self, blob: bytes, context: bytes) -> bytes:
        return bodies.open_box(self._key, blob[_BOX:], context)
