"""The stream of a file: any change to its bytes or their order is refused, in one way, at the place of the change."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haven.vault.errors import CannotOpen
from haven.vault.stream import HEADER, SEGMENT, TAG, StreamSealer, open_stream
from tests.proves import proves
from tests.vault.refusal import flipped, refused

KEY, AAD = b"k" * 32, b"place"
SEALED_SEGMENT = SEGMENT + TAG
sizes = st.sampled_from([0, 1, 500, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 3 * SEGMENT, 3 * SEGMENT + 7])
FOUR = os.urandom(3 * SEGMENT + 100)


def seal(plaintext: bytes, piece: int = SEGMENT) -> bytes:
    sealer = StreamSealer(KEY, AAD)
    pieces = [sealer.update(plaintext[at : at + piece]) for at in range(0, len(plaintext), piece)]
    return b"".join([sealer.header, *pieces, sealer.finish()])


def open_(sealed: bytes, key: bytes = KEY, aad: bytes = AAD) -> bytes:
    return b"".join(open_stream(BytesIO(sealed), key, aad))


class Dripping(BytesIO):
    """Hands out less than was asked for, like a network."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 1000))


SEALED = seal(FOUR)
SEGMENTS = [SEALED[at : at + SEALED_SEGMENT] for at in range(HEADER, len(SEALED), SEALED_SEGMENT)]


@given(sizes, st.sampled_from([777, SEGMENT, 5 * SEGMENT]))
@settings(deadline=None)
def test_what_goes_in_comes_out_whatever_the_pieces(size: int, piece: int) -> None:
    plaintext = FOUR[:size]
    sealed = seal(plaintext, piece)
    assert len(sealed) == HEADER + size + TAG * max(1, -(-size // SEGMENT))
    assert open_(sealed) == plaintext


def test_a_slow_source_changes_nothing() -> None:
    assert b"".join(open_stream(Dripping(SEALED), KEY, AAD)) == FOUR


@proves("R-003-14")
@given(st.integers(min_value=0, max_value=len(SEALED) - 1))
@settings(deadline=None)
def test_a_stream_cut_off_anywhere_is_refused(length: int) -> None:
    refused(open_, SEALED[:length])


@pytest.mark.parametrize("segments", [0, 1, 2, 3])
def test_a_stream_cut_off_between_segments_is_refused(segments: int) -> None:
    refused(open_, SEALED[: HEADER + segments * SEALED_SEGMENT])


@given(st.integers(min_value=0))
@settings(deadline=None, max_examples=200)
def test_one_changed_bit_is_refused(bit: int) -> None:
    refused(open_, flipped(SEALED, bit))


@given(st.lists(st.integers(min_value=0, max_value=3), max_size=6))
@settings(deadline=None, max_examples=200)
def test_segments_dropped_repeated_or_in_another_order_are_refused(order: list[int]) -> None:
    if order == [0, 1, 2, 3]:
        return
    refused(open_, SEALED[:HEADER] + b"".join(SEGMENTS[number] for number in order))


@given(st.binary(min_size=1, max_size=40))
@settings(deadline=None)
def test_appended_bytes_are_refused(more: bytes) -> None:
    refused(open_, SEALED + more)


def test_segments_of_another_stream_under_the_same_key_are_refused() -> None:
    other = seal(FOUR)
    refused(open_, SEALED[: HEADER + SEALED_SEGMENT] + other[HEADER + SEALED_SEGMENT :])


def test_another_key_place_or_suite_is_refused() -> None:
    refused(open_, SEALED, key=b"x" * 32)
    refused(open_, SEALED, aad=b"elsewhere")
    refused(open_, b"\x02" + SEALED[1:])
    refused(open_, b"")


def test_an_empty_last_segment_after_others_is_refused() -> None:
    """Otherwise one plaintext would have two forms, and the shorter one could be passed off as cut off."""
    sealer = StreamSealer(KEY, AAD)
    sealer._waiting += FOUR[:SEGMENT]
    first = sealer._seal(bytes(sealer._waiting), last=False)
    refused(open_, sealer.header + first + sealer._seal(b"", last=True))


@given(st.binary(max_size=300))
def test_garbage_is_refused(garbage: bytes) -> None:
    refused(open_, garbage)
    refused(open_, b"\x01" + garbage)


def test_nothing_of_a_damaged_segment_is_handed_out() -> None:
    damaged = bytearray(SEALED)
    damaged[HEADER + SEALED_SEGMENT + 5] ^= 1
    stream = open_stream(BytesIO(bytes(damaged)), KEY, AAD)
    assert next(stream) == FOUR[:SEGMENT]
    with pytest.raises(CannotOpen):
        next(stream)


@proves("R-003-14")
def test_the_fuzzer_finds_nothing_but_the_one_error() -> None:
    target = Path(__file__).parent / "fuzz_stream.py"
    run = subprocess.run(
        [sys.executable, str(target), "-runs=3000", "-max_len=2048", "-seed=7"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert "Done 3000 runs" in run.stderr
