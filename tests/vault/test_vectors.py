"""Known answers: what was sealed once must open for ever. A library that changes its mind fails here, not on data."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from pytest_django import Settings

from haven.vault import bodies, codes, directory, forms_state, sealing, search, stream, unlocking
from haven.vault.context import ctx
from haven.vault.hpke import open_
from haven.vault.keyring import Keyring
from haven.vault.models import Compartment, Grant, KeyBundle, KeySlot, SealedItem, SearchEntry
from haven.vault.readers import fingerprint
from tests.proves import proves
from tests.vault.make_vectors import BUNDLE, DAY, PASSPHRASE, SCOPE, STATE_KEY

VECTORS = sorted((Path(__file__).parent / "vectors").glob("v*.json"))
OPENS, SIGNS = b"\x11" * 32, b"\x22" * 32
ITEMS = ("item", 5, "één woord"), ("later", 6, "nog een woord")  # the second since v2


@pytest.fixture(params=VECTORS, ids=lambda file: file.stem)
def known(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.param.read_text())
    return found


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(OPENS, SIGNS, owner_id=7)


@pytest.fixture(autouse=True)
def state_key(settings: Settings) -> None:
    settings.STATE_KEY = STATE_KEY


def raw(text: str) -> bytes:
    return bytes.fromhex(text)


def test_contexts_and_codes_are_computed_as_ever(known: dict[str, Any]) -> None:
    assert ctx("haven/v1/item", 3, b"\x00\xff").hex() == known["context"]
    code = known["code"]
    assert codes.lookup_id(code["code"]).hex() == code["lookup"]
    assert codes.reporter_key(code["code"]).reader.public.hex() == code["public"]


@proves("R-003-14")
def test_envelopes_bodies_and_streams_open_as_ever(known: dict[str, Any], keyring: Keyring) -> None:
    assert open_(raw(known["envelope"]), keyring._opens, b"here") == b"words"
    assert bodies.open_body(b"k" * 32, raw(known["body"]), b"here") == b"words"
    plain = [b"words " * 20, b"w" * (stream.SEGMENT + 1), b""]
    for one, expected in zip(known["streams"], plain, strict=True):
        assert b"".join(stream.open_stream(BytesIO(raw(one["sealed"])), b"k" * 32, b"place")) == expected


@proves("R-003-14")
def test_a_case_opens_as_ever(known: dict[str, Any], keyring: Keyring) -> None:
    case = known["case"]
    compartment = Compartment(scope=SCOPE, kind="report", epoch=case.get("epoch", 3), public=raw(case["public"]))
    grant = Grant(compartment=compartment, kid=keyring.kid, envelope=raw(case["grant"]))
    key = keyring.open_compartment(compartment, grant)
    for name, seq, words in ITEMS:
        if name in case:
            stored = {part: raw(case[name][part]) for part in ("envelope", "body")}
            item = SealedItem(id=UUID(case[name]["id"]), compartment=compartment, slot="story", seq=seq, **stored)
            assert key.open_json(item) == {"text": words}
    assert sealing.mark_of(compartment).hex() == case["mark"]


def test_a_bundle_unlocks_as_ever(db: None, known: dict[str, Any]) -> None:
    kept = known["bundle"]
    user = get_user_model().objects.create(id=7, email="anna@example.org")
    keyring = Keyring(OPENS, SIGNS)
    sign_public = keyring._signs.public_key().public_bytes_raw() if keyring._signs else b""
    bundle = KeyBundle.objects.create(
        id=BUNDLE, owner_id=user.pk, kid=kept["kid"], enc_public=keyring.reader.public, sign_public=sign_public,
        private_sealed=raw(kept["private_sealed"]), made_on=DAY,
    )  # fmt: skip
    for slot in kept["slots"]:
        stored = {name: raw(slot[name]) for name in ("salt", "sealed_umk")}
        KeySlot.objects.create(bundle=bundle, kind=slot["kind"], parameters=slot["parameters"], made_on=DAY, **stored)
    for secret in (PASSPHRASE, kept["printed"]):
        assert unlocking.unlock(bundle, secret).private_bytes() == OPENS + SIGNS
    assert fingerprint(bundle.enc_public, bundle.sign_public) == kept["kid"]
    assert keyring.sign(directory.statement("contact_point", bundle, date(2026, 11, 23))).hex() == kept["endorsement"]


def test_search_entries_and_state_open_as_ever(db: None, known: dict[str, Any], keyring: Keyring) -> None:
    stored = {part: raw(known["search"][part]) for part in ("head", "text")}
    SearchEntry.objects.create(kid=keyring.kid, scope=SCOPE, stamp=4, **stored)
    assert [one.words for one in search.read(keyring, "head")] == ["titel"]
    assert [one.words for one in search.read(keyring, "text")] == ["alle woorden"]
    assert forms_state.open_state(known["state"])[0] == {"answers": {"story": "één woord"}}
