"""The text in which a reader outside hands over their public keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from haven.rulebook.outside import BEGINS, OutsideReader, key_text, keys_in

KEY = st.binary(min_size=32, max_size=32)


@given(opens=KEY, signs=KEY)
def test_the_keys_come_back_out_of_the_text(opens: bytes, signs: bytes) -> None:
    assert keys_in(key_text(opens, signs)) == (opens, signs)


@given(opens=KEY, signs=KEY, at=st.integers(min_value=0), other=st.sampled_from("AZaz09-_"))
def test_one_changed_character_is_found(opens: bytes, signs: bytes, at: int, other: str) -> None:
    text = key_text(opens, signs)
    place = len(BEGINS) + at % (len(text) - len(BEGINS))
    changed = text[:place] + other + text[place + 1 :]
    assert keys_in(changed) == (None if changed != text else (opens, signs))


def test_lines_wrapped_while_pasting_are_joined() -> None:
    text = key_text(b"a" * 32, b"b" * 32)
    wrapped = f"{text[:40]}\n   {text[40:]} "
    reader = OutsideReader.model_validate({"name": "A", "function": {"nl": "x", "en": "y"}, "key": wrapped})
    assert (reader.key, reader.opens, reader.signs) == (text, b"a" * 32, b"b" * 32)


@pytest.mark.parametrize("text", ["", BEGINS, "haven-outside-2:" + "A" * 92, BEGINS + "é" * 92, BEGINS + "A" * 92])
def test_anything_else_is_no_key(text: str) -> None:
    with pytest.raises(ValidationError):
        OutsideReader.model_validate({"name": "A", "function": {"nl": "x", "en": "y"}, "key": text})
