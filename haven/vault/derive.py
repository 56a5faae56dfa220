"""One secret, many keys: HKDF-SHA-256 with a label for each use."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive(secret: bytes, label: bytes, *, salt: bytes = b"") -> bytes:
    """32 bytes for one use of `secret`. An empty salt is the salt RFC 5869 prescribes when there is none."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=label).derive(secret)
