"""Made the known-answer vectors in vectors/, once. Running it again makes other ciphertexts, and old data must open:
so a new format gets a new file beside the old ones, which stay.

    python manage.py shell -c "from tests.vault.make_vectors import write; write('v3')"
"""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from haven.vault import bodies, codes, directory, forms_state, hpke, sealing, search, slots
from haven.vault.context import ctx
from haven.vault.keyring import Keyring
from haven.vault.models import KeyBundle, KeySlot, SealedItem
from haven.vault.stream import SEGMENT, StreamSealer

DAY, SCOPE, BUNDLE = date(2026, 11, 23), UUID(int=1), UUID(int=2)
PASSPHRASE, CODE = "zeven blauwe fietsen bij de dijk", "0123456789ABCDEFGHJKMNP"
STATE_KEY = b"a key for the vectors, long enough for all"


def stream(plaintext: bytes) -> dict[str, str]:
    sealer = StreamSealer(b"k" * 32, b"place")
    sealed = sealer.header + sealer.update(plaintext) + sealer.finish()
    return {"size": str(len(plaintext)), "sealed": sealed.hex()}


def case(keyring: Keyring) -> dict[str, Any]:
    sealed = sealing.Sealing(SCOPE, DAY)
    part = sealed.compartment("report", [keyring.reader])
    first = part.item("story", {"text": "één woord"}, seq=5)
    later = sealing.seal_to(part.row, "story", {"text": "nog een woord"}, on=DAY, seq=6)
    return {
        "epoch": part.row.epoch,
        "public": bytes(part.row.public).hex(),
        "mark": bytes(part.row.mark).hex(),
        "grant": bytes(sealed.grants[0].envelope).hex(),
        "item": kept(first),
        "later": kept(later),
    }


def kept(item: SealedItem) -> dict[str, str]:
    return {"id": item.id.hex, "envelope": bytes(item.envelope).hex(), "body": bytes(item.body).hex()}


def slot(row: KeySlot) -> dict[str, Any]:
    salt, sealed = bytes(row.salt).hex(), bytes(row.sealed_umk).hex()
    return {"kind": row.kind, "salt": salt, "parameters": row.parameters, "sealed_umk": sealed}


def bundle(keyring: Keyring) -> dict[str, Any]:
    row = KeyBundle(id=BUNDLE, owner_id=7, kid=keyring.kid)
    passphrase = slots.passphrase_slot(row, PASSPHRASE, b"u" * 32, DAY)
    recovery, printed = slots.recovery_slot(row, b"u" * 32, DAY)
    return {
        "kid": keyring.kid,
        "private_sealed": bodies.seal_box(
            b"u" * 32, keyring.private_bytes(), ctx("haven/v1/bundle", keyring.kid)
        ).hex(),
        "printed": printed,
        "slots": [slot(one) for one in (passphrase, recovery)],
        "endorsement": keyring.sign(directory.statement("contact_point", row, DAY)).hex(),
    }


def vectors() -> dict[str, Any]:
    settings.STATE_KEY = STATE_KEY
    keyring = Keyring(b"\x11" * 32, b"\x22" * 32)
    code = CODE + codes.ALPHABET[codes._check(CODE)]
    entry = search.entry(keyring, SCOPE, 4, head="titel", text="alle woorden")
    return {
        "context": ctx("haven/v1/item", 3, b"\x00\xff").hex(),
        "code": {
            "code": code,
            "lookup": codes.lookup_id(code).hex(),
            "public": codes.reporter_key(code).reader.public.hex(),
        },
        "envelope": hpke.seal(b"words", keyring.reader.public, b"here").hex(),
        "body": bodies.seal_body(b"k" * 32, b"words", b"here").hex(),
        "streams": [stream(b"words " * 20), stream(b"w" * (SEGMENT + 1)), stream(b"")],
        "case": case(keyring),
        "bundle": bundle(keyring),
        "search": {"head": entry.head.hex(), "text": entry.text.hex()},
        "state": forms_state.seal_state({"answers": {"story": "één woord"}}),
    }


def write(name: str) -> None:
    """Refuses to replace what is there."""
    with (Path(__file__).parent / "vectors" / f"{name}.json").open("x") as file:
        file.write(json.dumps(vectors(), indent=1) + "\n")
