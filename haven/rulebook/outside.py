"""Readers outside: their public keys stand in the rulebook, their private keys never come to the server."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator

from haven.rulebook.words import Rules, Text, Words, wrong

BEGINS = "haven-outside-1:"
KEY_BYTES, CHECK_BYTES = 32, 5  # together with a second key they fill base64 without a rest
HOW = "Paste the whole text that `haven outside keys FOLDER` printed for this person."


def key_text(opens: bytes, signs: bytes) -> str:
    """The two public keys as one line to paste: what is sealed to, and what replies are verified with."""
    return BEGINS + urlsafe_b64encode(opens + signs + _check(opens + signs)).decode()


def keys_in(text: str) -> tuple[bytes, bytes] | None:
    """The public keys for opening and for signing. None when a character was lost or changed."""
    if not re.fullmatch(BEGINS + r"[A-Za-z0-9_-]{92}", text):
        return None
    raw = urlsafe_b64decode(text.removeprefix(BEGINS))
    keys, check = raw[:-CHECK_BYTES], raw[-CHECK_BYTES:]
    return (keys[:KEY_BYTES], keys[KEY_BYTES:]) if check == _check(keys) else None


def _check(keys: bytes) -> bytes:
    return sha256(BEGINS.encode() + keys).digest()[:CHECK_BYTES]


def _whole(text: str) -> str:
    """Lines wrapped while pasting are joined."""
    joined = "".join(text.split())
    if keys_in(joined) is None:
        raise wrong("This is not the public key of a reader: something is missing or was changed.", HOW)
    return joined


class OutsideReader(Rules):
    """Somebody who reads with a key that is kept elsewhere, such as the chair of another university's committee."""

    name: Words
    function: Text
    key: Annotated[str, AfterValidator(_whole)]

    @property
    def opens(self) -> bytes:
        """X25519."""
        return self._keys[0]

    @property
    def signs(self) -> bytes:
        """Ed25519."""
        return self._keys[1]

    @property
    def _keys(self) -> tuple[bytes, bytes]:
        keys = keys_in(self.key)
        if keys is None:
            raise ValueError("this reader was made without validation")
        return keys
