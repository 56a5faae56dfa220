"""Seal a case: fresh compartments, a grant for each reader, items and files. Collected, then saved in few statements.

Anyone may seal to a compartment without opening it, so whoever could put a public key of their own in the table would
read all that comes later. Each compartment therefore carries a mark under a key outside the database; without it
nothing is sealed there.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from hmac import compare_digest
from hmac import digest as hmac_digest
from os import urandom
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from haven.vault import bodies, hpke
from haven.vault.context import ctx
from haven.vault.derive import KEY_BYTES, derive
from haven.vault.errors import CannotOpen
from haven.vault.files import SealedFileInfo
from haven.vault.keyring import JSON, RAW, CompartmentKey, item_context, pouch_to
from haven.vault.models import Compartment, Grant, SealedFile, SealedItem
from haven.vault.pouch import Pouch
from haven.vault.readers import Reader, reader_of
from haven.vault.rows import insert

__all__ = [
    "Reader", "SealTo", "Sealing", "has", "keep", "keep_file", "mark_of_reporter", "newest", "reader_of",
    "seal_file_to", "seal_to",
]  # fmt: skip

Payload = Mapping[str, Any] | bytes
FILE_SLOT = "file"


def seal_to(compartment: Compartment, slot: str, payload: Payload, *, on: date, seq: int = 0) -> SealedItem:
    """An unsaved item for an existing compartment. Needs no key: take the newest epoch (see `newest`)."""
    if not compare_digest(bytes(compartment.mark), mark_of(compartment)):
        raise CannotOpen
    return seal_unmarked(compartment, slot, payload, on=on, seq=seq)


def seal_unmarked(compartment: Compartment, slot: str, payload: Payload, *, on: date, seq: int = 0) -> SealedItem:
    """The same where no mark can be checked: away from the server, for a compartment somebody else has vouched for."""
    public = bytes(compartment.public)
    item = SealedItem(compartment=compartment, slot=slot, seq=seq, made_on=on)
    return _sealed(item, payload, lambda dek, context: hpke.seal(dek, public, context))


def seal_file_to(  # noqa: PLR0913  place and content are named one by one
    compartment: Compartment,
    info: SealedFileInfo,
    about: Mapping[str, Any],
    *,
    on: date,
    slot: str = FILE_SLOT,
    seq: int = 0,
) -> tuple[SealedItem, SealedFile]:
    """The unsaved rows of a file that is on disk already. `about` (its name, type …) and its key are sealed together;
    SealedFileInfo.from_dict reads the key back. Its size stands in the open only as a step."""
    item = seal_to(compartment, slot, _said_of(info, about), on=on, seq=seq)
    return item, _file_row(compartment, info)


def newest(scope: UUID, kind: str) -> Compartment:
    """Where new words of this kind go. Raises Compartment.DoesNotExist."""
    return Compartment.objects.filter(scope=scope, kind=kind).order_by("-epoch")[:1].get()


def has(scope: UUID, kind: str) -> bool:
    return Compartment.objects.filter(scope=scope, kind=kind).exists()


def keep(  # noqa: PLR0913  place and content are named one by one
    scope: UUID, kind: str, slot: str, payload: Payload, *, on: date, seq: int = 0
) -> SealedItem:
    """Seal one thing more into the newest epoch of a compartment, and save it."""
    item = seal_to(newest(scope, kind), slot, payload, on=on, seq=seq)
    item.save(force_insert=True)
    return item


def keep_file(  # noqa: PLR0913  as above
    scope: UUID,
    kind: str,
    info: SealedFileInfo,
    about: Mapping[str, Any],
    *,
    on: date,
    slot: str = FILE_SLOT,
    seq: int = 0,
) -> SealedItem:
    """The same for a file that is on disk already."""
    item, row = seal_file_to(newest(scope, kind), info, about, on=on, slot=slot, seq=seq)
    item.save(force_insert=True)
    row.save(force_insert=True)
    return item


def mark_of(compartment: Compartment) -> bytes:
    """Over the compartment's place and public key, under settings.STATE_KEY."""
    place = (compartment.scope.bytes, compartment.kind, compartment.epoch)
    said = ctx("haven/v1/mark", *place, bytes(compartment.public))
    return hmac_digest(_mark_key(settings.STATE_KEY), said, "sha256")


def mark_of_reporter(scope: UUID, public: bytes) -> bytes:
    """That this is the key of who reported this case: later parts are sealed to it without the code being there."""
    return hmac_digest(_mark_key(settings.STATE_KEY), ctx("haven/v1/mark/reporter", scope.bytes, public), "sha256")


def fresh(scope: UUID, kind: str, epoch: int, readers: Iterable[Reader]) -> tuple[Compartment, list[Grant]]:
    """An unsaved compartment with a new key pair, whose private half leaves this function only in grants."""
    compartment = Compartment(scope=scope, kind=kind, epoch=epoch)
    return compartment, _locked(compartment, {reader: pouch_to(reader, scope) for reader in readers})[1]


def _locked(compartment: Compartment, pouches: Mapping[Reader, Pouch]) -> tuple[CompartmentKey, list[Grant]]:
    """Gives it a key pair. The key is for what is put into it at once."""
    if not pouches:
        raise ValueError("a compartment without a reader could never be opened")
    private = X25519PrivateKey.generate()
    compartment.public = hpke.public_of(private)
    compartment.mark = mark_of(compartment)
    key = CompartmentKey(compartment, private.private_bytes_raw())
    grants = [
        Grant(compartment_id=compartment.id, kid=reader.kid, envelope=key.seal_for(reader, pouch))
        for reader, pouch in pouches.items()
    ]
    return key, grants


class SealTo:
    """One compartment that is being filled, while its key is at hand. `id` is the compartment's."""

    def __init__(self, sealing: "Sealing", key: CompartmentKey) -> None:
        self._sealing = sealing
        self._key = key
        self.row = key.compartment
        self.id = self.row.id

    def item(self, slot: str, payload: Payload, *, seq: int = 0) -> SealedItem:
        where = {"compartment": self.row, "slot": slot, "seq": seq}
        item = SealedItem(id=self._sealing.new_id(), made_on=self._sealing.on, **where)
        self._sealing.items.append(_sealed(item, payload, self._key.wrap))
        return item

    def file(
        self, info: SealedFileInfo, about: Mapping[str, Any], *, slot: str = FILE_SLOT, seq: int = 0
    ) -> SealedItem:
        self._sealing.files.append(_file_row(self.row, info))
        return self.item(slot, _said_of(info, about), seq=seq)


class Sealing:
    """Collects the rows of one case; `save` writes them in at most four statements, in the caller's transaction."""

    def __init__(self, scope: UUID, on: date) -> None:
        self.scope = scope
        self.on = on
        self.compartments: list[Compartment] = []
        self.grants: list[Grant] = []
        self.items: list[SealedItem] = []
        self.files: list[SealedFile] = []
        self._pouches: dict[Reader, Pouch] = {}
        self._begin = urandom(8)

    def compartment(self, kind: str, readers: Iterable[Reader]) -> SealTo:
        compartment = Compartment(id=self.new_id(), scope=self.scope, kind=kind, epoch=1)
        key, grants = _locked(compartment, {reader: self._pouch(reader) for reader in readers})
        self.compartments.append(key.compartment)
        self.grants.extend(grants)
        return SealTo(self, key)

    def new_id(self) -> UUID:
        """Random ids that begin alike: in every index the rows of one sealing lie together, and there is a third less
        to write before a report is acknowledged. What is sealed at another time begins otherwise, also of this case."""
        return UUID(bytes=self._begin + urandom(8), version=4)

    def _pouch(self, reader: Reader) -> Pouch:
        """One for each reader: public-key operations are the greater part of the work of sealing a case."""
        if reader not in self._pouches:
            self._pouches[reader] = pouch_to(reader, self.scope)
        return self._pouches[reader]

    def save(self) -> None:
        for rows in (self.compartments, self.grants, self.items, self.files):
            insert(rows)


@lru_cache(maxsize=2)
def _mark_key(state_key: bytes) -> bytes:
    return derive(state_key, b"haven/v1/mark")


def _sealed(item: SealedItem, payload: Payload, wrap: Callable[[bytes, bytes], bytes]) -> SealedItem:
    """`wrap` puts the key of this one item, in its context, into an envelope."""
    context = item_context(item.compartment, item)
    dek = urandom(KEY_BYTES)
    item.envelope, item.body = wrap(dek, context), bodies.seal_body(dek, _plaintext(payload), context)
    return item


def _said_of(info: SealedFileInfo, about: Mapping[str, Any]) -> Payload:
    return {**about, **info.as_dict()}


def _file_row(compartment: Compartment, info: SealedFileInfo) -> SealedFile:
    return SealedFile(id=info.blob, compartment=compartment, step=bodies.padded_size(info.size))


def _plaintext(payload: Payload) -> bytes:
    if isinstance(payload, bytes):
        return RAW + payload
    return JSON + json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
