"""Who something is sealed to."""

from dataclasses import dataclass
from hashlib import sha256

from haven.vault.context import ctx


@dataclass(frozen=True, slots=True)
class Reader:
    """`kid` is the fingerprint of the keys, so it cannot be kept while the keys are exchanged."""

    kid: str
    public: bytes


def fingerprint(enc_public: bytes | memoryview, sign_public: bytes | memoryview = b"") -> str:
    """32 hex characters. A reporter has no signing key."""
    return sha256(ctx("haven/v1/kid", bytes(enc_public), bytes(sign_public))).hexdigest()[:32]


def reader_of(public: bytes) -> Reader:
    """A reader without a signing key: the reporter, whose public key stands in the mailbox."""
    return Reader(fingerprint(public), bytes(public))
