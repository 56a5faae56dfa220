"""Another program: reads everything as docs/format.md says, with bare primitives and not a line of haven.vault."""

import base64
import hashlib
import hmac
import json
import unicodedata
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VECTORS = sorted((Path(__file__).parent / "vectors").glob("v*.json"))
OPENS, SIGNS = b"\x11" * 32, b"\x22" * 32
STATE_KEY = b"a key for the vectors, long enough for all"
PUBLIC = X25519PrivateKey.from_private_bytes(OPENS).public_key().public_bytes_raw()
SIGN_PUBLIC = Ed25519PrivateKey.from_private_bytes(SIGNS).public_key().public_bytes_raw()
SCOPE = (1).to_bytes(16)
raw = bytes.fromhex


@pytest.fixture(params=VECTORS, ids=lambda file: file.stem)
def known(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.param.read_text())
    return found


def ctx(*parts: str | int | bytes) -> bytes:
    joined = b""
    for part in parts:
        value = part if isinstance(part, bytes) else str(part).encode()
        kind = {str: b"s", int: b"i", bytes: b"b"}[type(part)]
        joined += kind + len(value).to_bytes(4, "big") + value
    return joined


def expand(key: bytes, label: bytes, size: int) -> bytes:
    return hmac.digest(key, label + b"\x01", "sha256")[:size]


def hkdf(secret: bytes, label: str, salt: bytes = b"") -> bytes:
    return expand(hmac.digest(salt or bytes(32), secret, "sha256"), label.encode("latin-1"), 32)


def envelope(blob: bytes, private: bytes, info: bytes) -> bytes:
    """HPKE base mode by hand, from the pages of RFC 9180 (sections 4.1 and 5.1), with no HPKE library."""
    assert blob[0] == 1
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"
    own = X25519PrivateKey.from_private_bytes(private)
    shared = own.exchange(X25519PublicKey.from_public_bytes(blob[1:33]))
    both = blob[1:33] + own.public_key().public_bytes_raw()

    def extract(suite_id: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite_id + label + secret, "sha256")

    def labelled(suite_id: bytes, key: bytes, label: bytes, said: bytes, size: int) -> bytes:
        return expand(key, size.to_bytes(2, "big") + b"HPKE-v1" + suite_id + label + said, size)

    prk = extract(kem, b"", b"eae_prk", shared)
    secret = labelled(kem, prk, b"shared_secret", both, 32)
    schedule = b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    base = extract(suite, secret, b"secret", b"")
    key, nonce = (labelled(suite, base, name, schedule, size) for name, size in ((b"key", 32), (b"base_nonce", 12)))
    return AESGCM(key).decrypt(nonce, blob[33:], b"")


def box(blob: bytes, key: bytes, context: bytes) -> bytes:
    assert blob[0] == 1
    return AESGCM(key).decrypt(blob[1:13], blob[13:], context)


def grant(blob: bytes, private: bytes, scope: bytes, kid: str, context: bytes) -> bytes:
    if blob[0] == 1:
        return envelope(blob, private, context)
    assert blob[0] == 2
    key = envelope(blob[1:82], private, ctx("haven/v1/grants", scope, kid))
    return box(blob[82:], key, context)


def item_key(blob: bytes, private: bytes, context: bytes) -> bytes:
    if blob[0] == 1:
        return envelope(blob, private, context)
    assert blob[0] == 3
    return box(blob[1:], hkdf(private, "haven/v1/item-key"), context)


def body(blob: bytes, key: bytes, context: bytes) -> bytes:
    content = box(blob, key, context)
    return content[4 : 4 + int.from_bytes(content[:4], "big")]


def test_keys_and_codes(known: dict[str, Any]) -> None:
    bundle = known["bundle"]
    kid = hashlib.sha256(ctx("haven/v1/kid", PUBLIC, SIGN_PUBLIC)).hexdigest()[:32]
    assert kid == bundle["kid"]
    for slot, secret in zip(bundle["slots"], ("zeven blauwe fietsen bij de dijk", bundle["printed"]), strict=True):
        salt, costs = raw(slot["salt"]), slot["parameters"]
        key = secret.replace(" ", "").encode()
        if slot["kind"] == "passphrase":
            words = unicodedata.normalize("NFKC", secret).encode()
            key = hash_secret_raw(words, salt, **costs, hash_len=32, type=Type.ID, version=0x13)
        named = [costs.get(cost, 0) for cost in ("time_cost", "memory_cost", "parallelism")]
        kek = hkdf(key, f"haven/v1/slot/{slot['kind']}", salt)
        umk = box(raw(slot["sealed_umk"]), kek, ctx("haven/v1/slot", kid, slot["kind"], salt, *named))
        assert box(raw(bundle["private_sealed"]), umk, ctx("haven/v1/bundle", kid)) == OPENS + SIGNS
    code = known["code"]["code"].encode()
    assert hkdf(code, "haven receipt id").hex() == known["code"]["lookup"]
    reporter = X25519PrivateKey.from_private_bytes(hkdf(code, "haven receipt key"))
    assert reporter.public_key().public_bytes_raw().hex() == known["code"]["public"]


def test_the_sum_of_a_code_is_zero(known: dict[str, Any]) -> None:
    def times(one: int, other: int) -> int:
        product = 0
        for bit in range(5):
            product ^= (one << bit) if other >> bit & 1 else 0
        for bit in range(9, 4, -1):
            product ^= (0b100101 << (bit - 5)) if product >> bit & 1 else 0
        return product

    total, power = 0, 1
    for character in reversed(known["code"]["code"]):
        total ^= times("0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(character), power)
        power = times(power, 2)
    assert total == 0


def test_a_case(known: dict[str, Any]) -> None:
    case, kid = known["case"], known["bundle"]["kid"]
    public, where = raw(case["public"]), (SCOPE, "report", case.get("epoch", 3))
    private = grant(raw(case["grant"]), OPENS, SCOPE, kid, ctx("haven/v1/grant", *where, public, kid))
    for name, seq, words in (("item", 5, "één woord"), ("later", 6, "nog een woord")):
        if name in case:
            place = ctx("haven/v1/item", raw(case[name]["id"]), "story", seq, *where)
            key = item_key(raw(case[name]["envelope"]), private, place)
            plaintext = body(raw(case[name]["body"]), key, place)
            assert (plaintext[:1], json.loads(plaintext[1:])) == (b"J", {"text": words})
    said = ctx("haven/v1/mark", *where, public)
    assert hmac.digest(hkdf(STATE_KEY, "haven/v1/mark"), said, "sha256").hex() == case["mark"]


def test_search_entries_and_state(known: dict[str, Any]) -> None:
    key, kid = hkdf(OPENS, "haven/v1/index"), known["bundle"]["kid"]
    place = partial(ctx, "haven/v1/search")
    assert body(raw(known["search"]["head"]), key, place("head", kid, SCOPE, 4)) == b"titel"
    assert body(raw(known["search"]["text"]), key, place("text", kid, SCOPE, 4)) == b"alle woorden"
    sealed = base64.urlsafe_b64decode(known["state"] + "===")
    plaintext = body(sealed[32:], hkdf(STATE_KEY, "haven/v1/state", sealed[:32]), ctx("haven/v1/state", "form"))
    assert json.loads(plaintext)["state"] == {"answers": {"story": "één woord"}}


def test_a_stream(known: dict[str, Any]) -> None:
    for one in known["streams"]:
        sealed = raw(one["sealed"])
        cipher = AESGCM(hkdf(b"k" * 32, "haven/v1/stream" + "place", sealed[1:33]))
        segments = [sealed[at : at + 65552] for at in range(40, len(sealed), 65552)]
        content = b""
        for number, segment in enumerate(segments):
            last = b"\1" if number == len(segments) - 1 else b"\0"
            content += cipher.decrypt(sealed[33:40] + number.to_bytes(4, "big") + last, segment, None)
        assert len(content) == int(one["size"])
