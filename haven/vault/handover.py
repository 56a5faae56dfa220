"""Hand-over packages for a reader elsewhere, in the age format: the recipient opens them with `age`, without Haven."""

import pyrage

from haven.vault.errors import CannotOpen


def is_recipient(key: str) -> bool:
    try:
        pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        return False
    return True


def seal_for(key: str, content: bytes) -> bytes:
    """Sealed to one public key that begins with age1. Raises CannotOpen for anything else."""
    try:
        sealed: bytes = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(key)])
    except (pyrage.RecipientError, pyrage.EncryptError):
        raise CannotOpen from None
    return sealed
