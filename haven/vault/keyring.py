"""What an unlocked person can open. Lives on the request and nowhere else."""

import json
from typing import Any, NoReturn

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from haven.vault import bodies, hpke
from haven.vault.context import ctx
from haven.vault.derive import derive
from haven.vault.errors import CannotOpen, Locked
from haven.vault.models import Compartment, Grant, SealedItem
from haven.vault.readers import Reader, fingerprint

# The first plaintext byte of an item says what the rest is.
JSON, RAW = b"J", b"B"


def grant_context(compartment: Compartment, kid: str) -> bytes:
    scope, public = compartment.scope.bytes, bytes(compartment.public)
    return ctx("haven/v1/grant", scope, compartment.kind, compartment.epoch, public, kid)


def item_context(compartment: Compartment, item: SealedItem) -> bytes:
    where = (compartment.scope.bytes, compartment.kind, compartment.epoch)
    return ctx("haven/v1/item", item.id.bytes, item.slot, item.seq, *where)


class _Unstorable:
    """Holds private keys: has no readable form and cannot be pickled or copied."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are not stored")


class CompartmentKey(_Unstorable):
    """The private key of one compartment, opened by a grant."""

    __slots__ = ("_private", "compartment")

    def __init__(self, compartment: Compartment, private: bytes) -> None:
        self.compartment = compartment
        self._private = X25519PrivateKey.from_private_bytes(private)

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

    def seal_for(self, reader: Reader) -> bytes:
        """The envelope of a new grant."""
        private = self._private.private_bytes_raw()
        return hpke.seal(private, reader.public, grant_context(self.compartment, reader.kid))

    def _plaintext(self, item: SealedItem) -> bytes:
        context = item_context(self.compartment, item)
        dek = hpke.open_(item.envelope, self._private, context)
        return bodies.open_body(dek, item.body, context)


class Keyring(_Unstorable):
    """The private keys of one bundle, or of one receipt code (which signs nothing and has no owner)."""

    __slots__ = ("_opens", "_signs", "kids", "owner_id", "reader")

    def __init__(self, opens: bytes, signs: bytes | None = None, *, owner_id: object = None) -> None:
        self._opens = X25519PrivateKey.from_private_bytes(opens)
        self._signs = Ed25519PrivateKey.from_private_bytes(signs) if signs else None
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
        private = hpke.open_(grant.envelope, self._opens, grant_context(compartment, self.kid))
        return CompartmentKey(compartment, private)

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
