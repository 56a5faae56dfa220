"""The locks of a key bundle: what a passphrase or a printed recovery code opens."""

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from os import urandom

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from haven.vault import bodies, codes
from haven.vault.context import ctx
from haven.vault.derive import KEY_BYTES, derive
from haven.vault.errors import CannotOpen, Mistyped
from haven.vault.models import KeyBundle, KeySlot

_SALT = 16
_COSTS = ("time_cost", "memory_cost", "parallelism")


def passphrase_slot(
    bundle: KeyBundle, passphrase: str, umk: bytes, on: date, costs: Mapping[str, int] | None = None
) -> KeySlot:
    """Each slot keeps what its stretching costs. `costs`: where the settings' own are not meant."""
    slot = KeySlot(bundle=bundle, kind=KeySlot.Kind.PASSPHRASE, parameters=costs or settings.VAULT_ARGON2)
    return _close(slot, passphrase, umk, on)


def recovery_slot(bundle: KeyBundle, umk: bytes, on: date, code: str = "") -> tuple[KeySlot, str]:
    """A new printed code and its slot; or the slot of a code that was made in another way."""
    code = code or codes.new_code(codes.RECOVERY_LENGTH)
    return _close(KeySlot(bundle=bundle, kind=KeySlot.Kind.RECOVERY, parameters={}), code, umk, on), codes.show(code)


def open_umk(bundle: KeyBundle, secret: str) -> bytes:
    """The key that opens the bundle, by recovery code or by passphrase. Raises CannotOpen.

    What looks like a code may be a passphrase: of those with 28 letters one in 32 has the right check character.
    """
    slots = {slot.kind: slot for slot in bundle.slots.all()}
    recovery = _as_recovery_code(secret)
    if recovery and (paper := slots.get(KeySlot.Kind.RECOVERY)):
        with suppress(CannotOpen):
            return open_slot(paper, recovery)
    slot = slots.get(KeySlot.Kind.PASSPHRASE)
    if slot is None:
        raise CannotOpen
    return open_slot(slot, secret)


def open_slot(slot: KeySlot, secret: str) -> bytes:
    """The key of the bundle, out of one slot of it. Raises CannotOpen."""
    return bodies.open_box(_key(slot, secret), slot.sealed_umk, _aad(slot))


def _close(slot: KeySlot, secret: str, umk: bytes, on: date) -> KeySlot:
    slot.salt, slot.made_on = urandom(_SALT), on
    slot.sealed_umk = bodies.seal_box(_key(slot, secret), umk, _aad(slot))
    return slot


def _key(slot: KeySlot, secret: str) -> bytes:
    """A passphrase is stretched; a recovery code is random enough (135 bits) to go without."""
    salt = bytes(slot.salt)
    if slot.kind == KeySlot.Kind.RECOVERY:
        return derive(secret.encode(), b"haven/v1/slot/recovery", salt=salt)
    stretched = _stretch(unicodedata.normalize("NFKC", secret).encode(errors="surrogatepass"), salt, slot.parameters)
    return derive(stretched, b"haven/v1/slot/passphrase", salt=salt)


def _stretch(secret: bytes, salt: bytes, costs: Mapping[str, int]) -> bytes:
    try:
        return hash_secret_raw(
            secret,
            salt,
            time_cost=costs["time_cost"],
            memory_cost=costs["memory_cost"],
            parallelism=costs["parallelism"],
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except (KeyError, TypeError, ValueError, OverflowError, HashingError):
        raise CannotOpen from None


def _aad(slot: KeySlot) -> bytes:
    costs = [int(slot.parameters.get(cost, 0)) for cost in _COSTS]
    return ctx("haven/v1/slot", slot.bundle.kid, slot.kind, bytes(slot.salt), *costs)


def _as_recovery_code(secret: str) -> str | None:
    try:
        return codes.normalise(secret, codes.RECOVERY_LENGTH)
    except Mistyped:
        return None
