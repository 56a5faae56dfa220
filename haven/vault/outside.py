"""What goes to a reader outside and what comes back (security.md 2.14): a key file, packed cases, sealed replies.

Nothing here needs the database when it runs at the reader's: rows are made in memory, from what was packed. The server
signs what it packs, and opens the coarse part of a reply, with keys of the institution drawn from settings.STATE_KEY.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from json import dumps, loads
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from haven.vault import hpke, slots, unlocking
from haven.vault.context import ctx
from haven.vault.derive import derive
from haven.vault.errors import CannotOpen
from haven.vault.keyring import CompartmentKey, Keyring
from haven.vault.models import Compartment, Grant, KeyBundle, KeySlot, SealedItem
from haven.vault.reading import Opened, open_item
from haven.vault.sealing import seal_unmarked

type Packed = dict[str, Any]
"""Something as JSON can hold it; bytes in base64."""

NONSENSE = (KeyError, ValueError, TypeError, AttributeError)  # what taking apart a file that somebody made can raise


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────


def make_key(passphrase: str, on: date) -> tuple[Packed, KeyBundle]:
    """What belongs in the key file, and the bundle with the two public keys. The passphrase is the only way in."""
    bundle, umk = unlocking.fresh_bundle(on)
    slot = slots.passphrase_slot(bundle, passphrase, umk, on)
    sealed = {"private": _text(bundle.private_sealed), "umk": _text(slot.sealed_umk), "salt": _text(slot.salt)}
    public = {"kid": bundle.kid, "opens": _text(bundle.enc_public), "signs": _text(bundle.sign_public)}
    return {**public, **sealed, "parameters": slot.parameters}, bundle


def open_key(kept: Mapping[str, Any], passphrase: str) -> Keyring:
    """Raises CannotOpen."""
    try:
        bundle = KeyBundle(kid=kept["kid"], private_sealed=_bytes(kept["private"]))
        slot = KeySlot(bundle=bundle, kind=KeySlot.Kind.PASSPHRASE, parameters=dict(kept["parameters"]))
        slot.salt, slot.sealed_umk = _bytes(kept["salt"]), _bytes(kept["umk"])
        return unlocking.open_bundle(bundle, slots.open_slot(slot, passphrase))
    except NONSENSE:
        raise CannotOpen from None


def institution() -> Keyring:
    """Signs packages, and opens what readers outside tell the server itself."""
    return _institution(settings.STATE_KEY)


@lru_cache(maxsize=2)
def _institution(state_key: bytes) -> Keyring:
    return Keyring(derive(state_key, b"haven/v1/outside/opens"), derive(state_key, b"haven/v1/outside/signs"))


def is_signed(signs: bytes, signature: bytes, kind: str, said: bytes) -> bool:
    """`kind` keeps a signature over one sort of file from being used for another."""
    try:
        Ed25519PublicKey.from_public_bytes(signs).verify(signature, _statement(kind, said))
    except (InvalidSignature, ValueError):
        return False
    return True


def sign(keyring: Keyring, kind: str, said: bytes) -> bytes:
    return keyring.sign(_statement(kind, said))


def _statement(kind: str, said: bytes) -> bytes:
    return ctx("haven/v1/outside", kind, said)


# ── Cases ────────────────────────────────────────────────────────────────────────────────────────


def pack(scopes: Iterable[UUID], kid: str) -> dict[UUID, Packed]:
    """What one reader has keys to, by scope, as it lies in the database: nothing is opened, no other grant is there."""
    packed: dict[UUID, Packed] = {}
    held = Grant.objects.filter(kid=kid, compartment__scope__in=list(scopes)).select_related("compartment")
    grants = list(held.order_by("compartment__kind", "compartment__epoch"))
    parts = {grant.compartment_id: _part(grant) for grant in grants}
    for item in SealedItem.objects.filter(compartment__in=list(parts)).order_by("made_on", "seq", "id"):
        parts[item.compartment_id]["items"].append(pack_item(item))
    for grant in grants:
        packed.setdefault(grant.compartment.scope, {"parts": []})["parts"].append(parts[grant.compartment_id])
    return packed


def _part(grant: Grant) -> Packed:
    row = grant.compartment
    where = {"id": row.id.hex, "kind": row.kind, "epoch": row.epoch, "public": _text(row.public)}
    return {**where, "grant": _text(grant.envelope), "items": []}


def pack_item(item: SealedItem) -> Packed:
    sealed = {"envelope": _text(item.envelope), "body": _text(item.body)}
    return {"id": item.id.hex, "slot": item.slot, "seq": item.seq, "on": item.made_on.isoformat(), **sealed}


def unpack_item(packed: Mapping[str, Any], compartment: Compartment) -> SealedItem:
    """The unsaved row. Raises CannotOpen."""
    try:
        return SealedItem(
            id=UUID(packed["id"]),
            compartment=compartment,
            slot=str(packed["slot"]),
            seq=int(packed["seq"]),
            made_on=date.fromisoformat(packed["on"]),
            envelope=_bytes(packed["envelope"]),
            body=_bytes(packed["body"]),
        )
    except NONSENSE:
        raise CannotOpen from None


def unpack(scope: UUID, packed: Mapping[str, Any], keyring: Keyring) -> "Unpacked":
    """Open everything of a packed case. Raises CannotOpen when a key does not fit; an item that does not is damaged."""
    keys, items = {}, []
    try:
        for part in packed["parts"]:
            row = Compartment(id=UUID(part["id"]), scope=scope, kind=str(part["kind"]), epoch=int(part["epoch"]))
            row.public = _bytes(part["public"])
            grant = Grant(compartment=row, kid=keyring.kid, envelope=_bytes(part["grant"]))
            key = keys[row.kind] = keyring.open_compartment(row, grant)
            items += [open_item(key, unpack_item(item, row)) for item in part["items"]]
    except NONSENSE:
        raise CannotOpen from None
    return Unpacked(scope, keys, items)


@dataclass(frozen=True)
class Unpacked:
    """A case in the memory of who reads it. Prints nothing."""

    scope: UUID
    keys: Mapping[str, CompartmentKey] = field(repr=False)
    items: list[Opened] = field(repr=False)

    def of(self, kind: str, slot: str) -> list[Opened]:
        found = [one for one in self.items if one.kind == kind and one.item.slot == slot]
        return sorted(found, key=lambda one: (one.item.seq, one.item.made_on))

    def one(self, kind: str, slot: str) -> dict[str, Any]:
        found = self.of(kind, slot)
        return found[-1].payload if found else {}

    def answer(self, payload: Mapping[str, Any], *, seq: int, on: date) -> SealedItem:
        """A message sealed to the part of the case that the reporter can open."""
        return seal_unmarked(self.keys["replies"].compartment, "message", payload, seq=seq, on=on)


# ── For the server itself ────────────────────────────────────────────────────────────────────────


def seal_closing(public: bytes, item: UUID, closing: Mapping[str, str]) -> str:
    """How a case ended, in coarse codes. Sealed to the institution, so that who carries it does not read it."""
    return _text(hpke.seal(dumps(dict(closing)).encode(), public, ctx("haven/v1/outside/closing", item.bytes)))


def open_closing(sealed: str, item: UUID) -> dict[str, str]:
    """Raises CannotOpen."""
    try:
        opened = loads(institution().open_envelope(_bytes(sealed), ctx("haven/v1/outside/closing", item.bytes)))
        return {str(key): str(value) for key, value in opened.items()}
    except NONSENSE:
        raise CannotOpen from None


def _text(raw: bytes | memoryview) -> str:
    return b64encode(bytes(raw)).decode()


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
