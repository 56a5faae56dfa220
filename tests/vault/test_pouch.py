"""What is sealed at one time shares public-key operations; each row still opens alone, and in its own place only."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.vault import codes, hpke
from haven.vault.keyring import CompartmentKey, Keyring, grant_context, item_context, pouch_to
from haven.vault.models import Compartment, Grant, SealedItem
from haven.vault.sealing import Sealing
from tests.proves import proves
from tests.vault.conftest import TODAY
from tests.vault.refusal import flipped, refused

ANNA, BRAM = Keyring(b"a" * 32, b"s" * 32), Keyring(b"b" * 32, b"t" * 32)
KINDS = ("report", "replies", "internal")
BOX = 1 + 81  # where the box of a grant begins: after the suite byte and the envelope
STORY = {"text": "Zij las mijn berichten hardop voor."}


def sealed(scope: UUID | None = None) -> Sealing:
    case = Sealing(scope or uuid4(), TODAY)
    for kind in KINDS:
        case.compartment(kind, [ANNA.reader, BRAM.reader]).item("story", STORY)
    return case


def granted(case: Sealing, keyring: Keyring) -> list[tuple[Compartment, Grant]]:
    rows = {row.id: row for row in case.compartments}
    return [(rows[grant.compartment_id], grant) for grant in case.grants if grant.kid == keyring.kid]


def open_alone(keyring: Keyring, compartment: Compartment, grant: Grant) -> CompartmentKey:
    """With nothing remembered of another grant."""
    signs = b"s" * 32 if keyring is ANNA else b"t" * 32
    return Keyring(keyring.private_bytes()[:32], signs).open_compartment(compartment, grant)


@proves("R-003-14")
def test_every_grant_opens_by_itself_and_so_does_every_item() -> None:
    case = sealed()
    items = {item.compartment_id: item for item in case.items}
    for keyring in (ANNA, BRAM):
        for compartment, grant in granted(case, keyring):
            assert open_alone(keyring, compartment, grant).open_json(items[compartment.id]) == STORY
            assert keyring.open_compartment(compartment, grant).open_json(items[compartment.id]) == STORY


def test_a_case_takes_one_public_key_operation_for_each_reader() -> None:
    grants = sealed().grants
    assert len(grants) == 6
    assert len({grant.envelope[:BOX] for grant in grants}) == 2
    assert len({grant.envelope[BOX:] for grant in grants}) == 6


def test_two_cases_and_two_readers_have_no_key_in_common() -> None:
    scope = uuid4()
    first, second = sealed(scope), sealed(scope)
    assert not {g.envelope[:BOX] for g in first.grants} & {g.envelope[:BOX] for g in second.grants}


@proves("R-003-14")
def test_a_grant_put_in_the_place_of_another_of_the_same_reader_opens_nothing() -> None:
    for (here, mine), (_there, other) in permutations(granted(sealed(), ANNA), 2):
        right = bytes(mine.envelope)
        for wrong in (other.envelope, right[:BOX] + other.envelope[BOX:]):
            mine.envelope = wrong
            refused(ANNA.open_compartment, here, mine)
            refused(open_alone, ANNA, here, mine)
        mine.envelope = right


def test_a_grant_of_another_case_or_another_reader_opens_nothing() -> None:
    case, elsewhere = sealed(), sealed()
    here, mine = granted(case, ANNA)[0]
    right = bytes(mine.envelope)
    for foreign in (granted(elsewhere, ANNA)[0][1], granted(case, BRAM)[0][1]):
        other = bytes(foreign.envelope)
        for wrong in (other, right[:BOX] + other[BOX:], other[:BOX] + right[BOX:]):
            mine.envelope = wrong
            refused(ANNA.open_compartment, here, mine)
            refused(open_alone, ANNA, here, mine)


@pytest.mark.parametrize("change", ["scope", "kind", "epoch", "public"])
def test_a_key_that_is_remembered_opens_no_more_than_one_that_is_not(change: str) -> None:
    (first, its_grant), (second, grant), _third = granted(sealed(), ANNA)
    ANNA.open_compartment(first, its_grant)
    values = {"scope": uuid4(), "kind": "identity", "epoch": 2, "public": b"p" * 32}
    setattr(second, change, values[change])
    refused(ANNA.open_compartment, second, grant)


@proves("R-003-14")
@given(st.integers(min_value=0), st.integers(min_value=0, max_value=141))
def test_a_changed_or_shortened_grant_does_not_open(bit: int, length: int) -> None:
    compartment, grant = granted(sealed(), ANNA)[0]
    right = bytes(grant.envelope)
    assert len(right) == 143
    for wrong in (flipped(right, bit), right[:length], right + b"\0", b"\x03" + right[1:]):
        grant.envelope = wrong
        refused(ANNA.open_compartment, compartment, grant)


@given(st.binary(max_size=200), st.sampled_from([b"", b"\x02", b"\x02\x01", b"\x03", b"\x03\x01"]))
def test_garbage_in_the_place_of_a_grant_or_an_item_key_is_refused_alike(garbage: bytes, begins: bytes) -> None:
    case = sealed()
    compartment, grant = granted(case, ANNA)[0]
    item = next(item for item in case.items if item.compartment_id == compartment.id)
    key = ANNA.open_compartment(compartment, grant)
    grant.envelope = item.envelope = begins + garbage
    refused(ANNA.open_compartment, compartment, grant)
    refused(key.open, item)


def test_a_grant_that_somebody_else_filled_with_nonsense_is_refused_alike() -> None:
    compartment, grant = granted(sealed(), ANNA)[0]
    context = grant_context(compartment, ANNA.kid)
    nonsense = pouch_to(ANNA.reader, compartment.scope).seal(b"short", context)
    for grant.envelope in (nonsense, hpke.seal(b"short", ANNA.reader.public, context)):
        refused(ANNA.open_compartment, compartment, grant)


def test_a_grant_as_it_was_sealed_before_still_opens() -> None:
    case = sealed()
    compartment, grant = granted(case, ANNA)[0]
    private = ANNA.open_compartment(compartment, grant)._raw
    grant.envelope = hpke.seal(private, ANNA.reader.public, grant_context(compartment, ANNA.kid))
    item = next(item for item in case.items if item.compartment_id == compartment.id)
    assert ANNA.open_compartment(compartment, grant).open_json(item) == STORY


@given(st.integers(min_value=0))
def test_an_item_put_in_with_the_key_at_hand_is_bound_like_every_other(bit: int) -> None:
    case = sealed()
    compartment, grant = granted(case, ANNA)[0]
    key = ANNA.open_compartment(compartment, grant)
    mine, other, _third = sorted(case.items, key=lambda item: item.compartment_id != compartment.id)
    for wrong in (other.envelope, flipped(mine.envelope, bit), bytes(mine.envelope)[:-1]):
        refused(key.open, _with(mine, envelope=wrong))
    for change in ({"slot": "message"}, {"seq": 1}, {"id": uuid4()}, {"body": other.body}):
        refused(key.open, _with(mine, **change))
    assert key.open_json(mine) == STORY


def test_the_public_half_of_a_compartment_is_not_enough_to_pass_for_who_holds_its_key() -> None:
    case = sealed()
    compartment, grant = granted(case, ANNA)[0]
    item = next(item for item in case.items if item.compartment_id == compartment.id)
    forged = CompartmentKey(compartment, bytes(compartment.public))
    envelope = forged.wrap(b"k" * 32, item_context(compartment, item))
    refused(ANNA.open_compartment(compartment, grant).open, _with(item, envelope=envelope))


def test_a_reporter_opens_the_replies_of_a_case_with_the_code() -> None:
    code = codes.new_code()
    case = Sealing(uuid4(), TODAY)
    case.compartment("replies", [ANNA.reader, codes.reporter_key(code).reader]).item("coarse", STORY)
    compartment, grant = granted(case, codes.reporter_key(code))[0]
    assert codes.reporter_key(code).open_compartment(compartment, grant).open_json(case.items[0]) == STORY


def _with(item: SealedItem, **change: object) -> SealedItem:
    names = ("id", "compartment", "slot", "seq", "envelope", "body", "made_on")
    return SealedItem(**{name: getattr(item, name) for name in names} | change)
