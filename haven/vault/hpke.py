"""Envelopes: a few bytes sealed to a public key (HPKE, RFC 9180), bound to a context.

Layout: suite byte ‖ encapsulated key (32) ‖ ciphertext. Suite 1 = DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from haven.vault.errors import CannotOpen

SUITE_1 = b"\x01"
OVERHEAD = 1 + 32 + 16  # bytes more than what was sealed: suite byte, encapsulated key, tag
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal(payload: bytes, public: bytes, info: bytes) -> bytes:
    """`info` is not stored: who opens must know from elsewhere what this envelope is for."""
    return SUITE_1 + _SUITE.encrypt(payload, _parsed(public), info)


def open_(blob: bytes | memoryview, private: X25519PrivateKey, info: bytes) -> bytes:
    blob = bytes(blob)  # a database may hand out a memoryview
    if blob[:1] != SUITE_1:
        raise CannotOpen
    try:
        return _SUITE.decrypt(blob[1:], private, info)
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def public_of(private: X25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


@lru_cache(maxsize=4096)
def _parsed(public: bytes) -> X25519PublicKey:
    """Public keys only: readers' keys come by again with every report."""
    return X25519PublicKey.from_public_bytes(public)
