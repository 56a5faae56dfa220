"""Bodies: AES-256-GCM under a key the caller made for this, bound to a context, padded so that sizes say little.

Layout of a box: suite byte ‖ nonce (12) ‖ ciphertext and tag. A body is a box around: length (4) ‖ plaintext ‖ zeros.
"""

from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from haven.vault.errors import CannotOpen

SUITE_1 = b"\x01"
MINIMUM_BYTES = 512
_NONCE = 12
_LENGTH = 4


def padded_size(size: int) -> int:
    """The step a size belongs to: Padmé, at most 12 % more, and never less than 512 bytes."""
    if size <= MINIMUM_BYTES:
        return MINIMUM_BYTES
    exponent = size.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (size + mask) & ~mask


def seal_box(key: bytes, content: bytes, aad: bytes) -> bytes:
    """Not padded: for content whose size is known anyway, such as keys."""
    nonce = urandom(_NONCE)
    return SUITE_1 + nonce + AESGCM(key).encrypt(nonce, content, aad)


def open_box(key: bytes, box: bytes | memoryview, aad: bytes) -> bytes:
    box = bytes(box)
    if box[:1] != SUITE_1:
        raise CannotOpen
    try:
        return AESGCM(key).decrypt(box[1 : 1 + _NONCE], box[1 + _NONCE :], aad)
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def seal_body(key: bytes, plaintext: bytes, aad: bytes) -> bytes:
    content = len(plaintext).to_bytes(_LENGTH) + plaintext
    return seal_box(key, content.ljust(padded_size(len(content)), b"\0"), aad)


def open_body(key: bytes, body: bytes | memoryview, aad: bytes) -> bytes:
    content = open_box(key, body, aad)
    end = _LENGTH + int.from_bytes(content[:_LENGTH])
    if len(content) != padded_size(end) or any(content[end:]):
        raise CannotOpen
    return content[_LENGTH:end]
