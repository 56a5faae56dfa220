"""What an unlocked person can open. Lives on the request and nowhere else."""

import json
from functools import cached_property
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from haven.vault import bodies, hpke
from haven.vault.context import ctx
from haven.vault.derive import KEY_BYTES, derive
from haven.vault.errors import CannotOpen, Locked
from haven.vault.models import Compartment, Grant, SealedItem
from haven.vault.pouch import SUITE_2, OpenPouch, Pouch
from haven.vault.readers import Reader, fingerprint
from haven.vault.secret import Unstorable

# The first plaintext byte of an item says what the rest is.
JSON, RAW = b"J", b"B"
SUITE_3 = b"\x03"  # an item key that whoever held the key of the compartment put in a box


def pouch_to(reader: Reader, scope: UUID) -> Pouch:
    """For the grants that a reader gets of one case at one time."""
    return Pouch(reader.public, pouch_context(scope, reader.kid))


def pouch_context(scope: UUID, kid: str) -> bytes:
    return ctx("haven/v1/grants", scope.bytes, kid)


def grant_context(compartment: Compartment, kid: str) -> bytes:
    scope, public = compartment.scope.bytes, bytes(compartment.public)
    return ctx("haven/v1/grant", scope, compartment.kind, compartment.epoch, public, kid)


def item_context(compartment: Compartment, item: SealedItem) -> bytes:
    where = (compartment.scope.bytes, compartment.kind, compartment.epoch)
    return ctx("haven/v1/item", item.id.bytes, item.slot, item.seq, *where)


class CompartmentKey(Unstorable):
    """The private key of one compartment: opened by a grant, or made with the compartment."""

    def __init__(self, compartment: Compartment, private: bytes) -> None:
        self.compartment = compartment
        self._raw = private

    @cached_property
    def _private(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self._raw)

    @cached_property
    def _wraps(self) -> bytes:
        return derive(self._raw, b"haven/v1/item-key")

    def open(self, item: SealedItem) -> bytes:
        """The bytes that were sealed; JSON is not parsed."""
        return self._plaintext(item)[1:]

    def open_json(self, item: SealedItem) -> dict[str, Any]:
        payload = self.open_payload(item)
        if isinstance(payload, bytes):
            raise CannotOpen
        return payload

    def open_payload(self, item: SealedItem) -> dict[str, Any] | bytes:
        """As it was sealed: a dict or bytes."""
        plaintext = self._plaintext(item)
        if plaintext[:1] == RAW:
            return plaintext[1:]
        try:
            payload: dict[str, Any] = json.loads(plaintext[1:])
        except ValueError:
            raise CannotOpen from None
        return payload

    def seal_for(self, reader: Reader, pouch: Pouch | None = None) -> bytes:
        """The envelope of a new grant; `pouch` is one to this reader, when there are more grants for them."""
        pouch = pouch or pouch_to(reader, self.compartment.scope)
        return pouch.seal(self._raw, grant_context(self.compartment, reader.kid))

    def wrap(self, dek: bytes, context: bytes) -> bytes:
        """The envelope of an item, from who holds this key: no public-key operation is needed."""
        return SUITE_3 + bodies.seal_box(self._wraps, dek, context)

    def _plaintext(self, item: SealedItem) -> bytes:
        context, envelope = item_context(self.compartment, item), bytes(item.envelope)
        if envelope[:1] == SUITE_3:
            dek = bodies.open_box(self._wraps, envelope[1:], context)
        else:
            dek = hpke.open_(envelope, self._private, context)
        return bodies.open_body(dek, item.body, context)


class Keyring(Unstorable):
    """The private keys of one bundle, or of one receipt code (which signs nothing and has no owner)."""

    __slots__ = ("_opens", "_pouch", "_signs", "kids", "owner_id", "reader")

    def __init__(self, opens: bytes, signs: bytes | None = None, *, owner_id: object = None) -> None:
        self._opens = X25519PrivateKey.from_private_bytes(opens)
        self._signs = Ed25519PrivateKey.from_private_bytes(signs) if signs else None
        self._pouch: OpenPouch | None = None  # the latest: the parts of a case come one after the other
        public = hpke.public_of(self._opens)
        self.reader = Reader(fingerprint(public, self.sign_public), public)
        self.kids = (self.reader.kid,)
        self.owner_id = owner_id

    @property
    def kid(self) -> str:
        return self.reader.kid

    @property
    def sign_public(self) -> bytes:
        """Empty for a receipt code."""
        return self._signs.public_key().public_bytes_raw() if self._signs else b""

    @property
    def index_key(self) -> bytes:
        """The key of this person's search entries."""
        return derive(self._opens.private_bytes_raw(), b"haven/v1/index")

    @property
    def drawer_key(self) -> bytes:
        """The key of what this person keeps for themselves."""
        return derive(self._opens.private_bytes_raw(), b"haven/v1/drawer")

    def open_compartment(self, compartment: Compartment, grant: Grant) -> CompartmentKey:
        if grant.kid != self.kid:
            raise CannotOpen
        context, blob = grant_context(compartment, self.kid), bytes(grant.envelope)
        if blob[:1] == SUITE_2:
            private = self._opened(blob, pouch_context(compartment.scope, self.kid)).open(blob, context)
        else:
            private = hpke.open_(blob, self._opens, context)
        if len(private) != KEY_BYTES:  # anybody can seal something to a reader
            raise CannotOpen
        return CompartmentKey(compartment, private)

    def _opened(self, blob: bytes, info: bytes) -> OpenPouch:
        if self._pouch is None or not self._pouch.holds(blob, info):
            self._pouch = OpenPouch(blob, self._opens, info)
        return self._pouch

    def open_envelope(self, envelope: bytes, context: bytes) -> bytes:
        """What was sealed to this keyring itself."""
        return hpke.open_(envelope, self._opens, context)

    def sign(self, statement: bytes) -> bytes:
        if self._signs is None:
            raise Locked
        return self._signs.sign(statement)

    def private_bytes(self) -> bytes:
        """For sealing into a slot or a session row, nothing else: opening key (32) ‖ signing key (32)."""
        return self._opens.private_bytes_raw() + (self._signs.private_bytes_raw() if self._signs else b"")
