"""Envelopes and bodies: they open in their own place, with their own key, unchanged; otherwise there is one answer."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from haven.vault import bodies, hpke
from haven.vault.context import ctx
from tests.proves import proves
from tests.vault.refusal import flipped, refused

KEY, PAIR = b"k" * 32, X25519PrivateKey.generate()
PUBLIC = hpke.public_of(PAIR)
part = st.one_of(st.text(max_size=6), st.integers(), st.binary(max_size=6))


@given(st.lists(part, max_size=4), st.lists(part, max_size=4))
def test_two_contexts_are_equal_only_when_their_parts_are(one: list[str], other: list[str]) -> None:
    same = [type(p) for p in one] == [type(p) for p in other] and one == other
    assert (ctx(*one) == ctx(*other)) == same


def test_parts_cannot_be_moved_across_a_border() -> None:
    assert ctx("ab", "c") != ctx("a", "bc")
    assert len({ctx("1"), ctx(1), ctx(b"1")}) == 3


@given(st.binary(max_size=2000), st.binary(max_size=40))
def test_an_envelope_opens_with_its_key_in_its_place(payload: bytes, info: bytes) -> None:
    assert hpke.open_(hpke.seal(payload, PUBLIC, info), PAIR, info) == payload


@proves("R-003-14")
@given(st.binary(max_size=40), st.binary(max_size=40))
def test_an_envelope_does_not_open_in_another_place(info: bytes, other: bytes) -> None:
    blob = hpke.seal(b"words", PUBLIC, info)
    refused(hpke.open_, blob, PAIR, other + b"!" if other == info else other)


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=84))
def test_a_changed_or_shortened_envelope_does_not_open(bit: int, length: int) -> None:
    blob = hpke.seal(b"k" * 4, PUBLIC, b"here")
    refused(hpke.open_, flipped(blob, bit), PAIR, b"here")
    refused(hpke.open_, blob[: min(length, len(blob) - 1)], PAIR, b"here")


@given(st.binary(max_size=200))
def test_garbage_is_refused_like_everything_else(garbage: bytes) -> None:
    refused(hpke.open_, garbage, PAIR, b"")
    refused(hpke.open_, b"\x01" + garbage, PAIR, b"")
    refused(bodies.open_body, KEY, garbage, b"")
    refused(bodies.open_body, KEY, b"\x01" + garbage, b"")


def test_another_persons_key_and_another_suite_are_refused_alike() -> None:
    blob = hpke.seal(b"words", PUBLIC, b"here")
    refused(hpke.open_, blob, X25519PrivateKey.generate(), b"here")
    refused(hpke.open_, b"\x02" + blob[1:], PAIR, b"here")
    refused(hpke.open_, b"\x01" + bytes(32) + blob[33:], PAIR, b"here")


@given(st.binary(max_size=5000), st.binary(max_size=40))
def test_a_body_opens_with_its_key_in_its_place(plaintext: bytes, aad: bytes) -> None:
    assert bodies.open_body(KEY, memoryview(bodies.seal_body(KEY, plaintext, aad)), aad) == plaintext


@proves("R-003-14")
@given(st.integers(min_value=0), st.integers(min_value=0, max_value=540))
def test_a_changed_or_shortened_body_does_not_open(bit: int, length: int) -> None:
    body = bodies.seal_body(KEY, b"words", b"here")
    refused(bodies.open_body, KEY, flipped(body, bit), b"here")
    refused(bodies.open_body, KEY, body[:length], b"here")
    refused(bodies.open_body, KEY, body + b"\0", b"here")
    refused(bodies.open_body, KEY, body, b"there")
    refused(bodies.open_body, b"x" * 32, body, b"here")


@given(st.integers(min_value=0, max_value=2**40))
def test_padding_costs_at_most_an_eighth_and_never_shrinks(size: int) -> None:
    step = bodies.padded_size(size)
    assert size <= step
    assert step <= max(512, size * 1.12)
    assert bodies.padded_size(step) == step


def test_short_words_all_have_the_same_size() -> None:
    assert {len(bodies.seal_body(KEY, b"x" * size, b"")) for size in range(509)} == {1 + 12 + 512 + 16}


@given(st.integers(min_value=0, max_value=600), st.binary(min_size=1, max_size=8))
def test_a_body_with_another_padding_than_ours_is_refused(claimed: int, rest: bytes) -> None:
    content = claimed.to_bytes(4) + b"w" * 10 + rest
    refused(bodies.open_body, KEY, bodies.seal_box(KEY, content, b""), b"")


def test_the_same_words_sealed_twice_look_unrelated() -> None:
    first, second = (bodies.seal_body(KEY, b"words", b"") for _ in range(2))
    assert first[1:] != second[1:]
    assert hpke.seal(b"words", PUBLIC, b"") != hpke.seal(b"words", PUBLIC, b"")
