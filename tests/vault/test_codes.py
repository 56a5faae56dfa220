"""Receipt codes: forgiving to the hand that types them, strict about every slip."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.vault import codes
from haven.vault.errors import Mistyped
from tests.proves import proves

LENGTHS = (codes.RECEIPT_LENGTH, codes.RECOVERY_LENGTH)
some_code = st.builds(codes.new_code)


@pytest.mark.parametrize("length", LENGTHS)
def test_every_single_wrong_character_is_caught(length: int) -> None:
    code = codes.new_code(length)
    for place in range(length):
        for wrong in set(codes.ALPHABET) - {code[place]}:
            with pytest.raises(Mistyped):
                codes.normalise(code[:place] + wrong + code[place + 1 :], length)


@pytest.mark.parametrize("length", LENGTHS)
def test_every_exchange_of_two_characters_is_caught_neighbours_or_not(length: int) -> None:
    """For each pair of places and each pair of different values: the check is linear, so one code stands for all."""
    for one, other in combinations(range(length - 1), 2):
        body = ["0"] * (length - 1)
        for first, second in combinations(codes.ALPHABET, 2):
            body[one], body[other] = first, second
            there = codes._check("".join(body))
            body[one], body[other] = second, first
            assert codes._check("".join(body)) != there


@pytest.mark.parametrize("length", LENGTHS)
def test_an_exchange_with_the_check_character_itself_is_caught(length: int) -> None:
    for _ in range(200):
        code = codes.new_code(length)
        for place in range(length - 1):
            moved = list(code)
            moved[place], moved[-1] = moved[-1], moved[place]
            if "".join(moved) != code:
                with pytest.raises(Mistyped):
                    codes.normalise("".join(moved), length)


@given(some_code, st.sampled_from([" ", "-", "", "  ", "\u00a0", "\n"]), st.booleans())
def test_a_code_is_accepted_as_people_write_it(code: str, between: str, lower: bool) -> None:  # noqa: FBT001  drawn
    written = between.join(code[start : start + 4] for start in range(0, 24, 4))
    written = written.replace("0", "o").replace("1", "l") if lower else written.replace("1", "I")
    assert codes.normalise(written.lower() if lower else written) == code


@given(st.text(max_size=40))
def test_anything_else_is_a_slip_and_nothing_worse(text: str) -> None:
    with pytest.raises(Mistyped) as caught:
        codes.normalise(text)
    assert str(caught.value) == "This code was mistyped."


def test_a_code_has_six_groups_of_four_from_an_alphabet_without_lookalikes() -> None:
    code = codes.new_code()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4} ){5}[0-9A-HJKMNP-TV-Z]{4}", codes.show(code))
    assert codes.normalise(codes.show(code)) == code


def test_codes_do_not_repeat() -> None:
    assert len({codes.new_code() for _ in range(2000)}) == 2000


@proves("R-003-14")
def test_what_is_stored_of_a_code_says_nothing_about_its_key() -> None:
    code = codes.new_code()
    lookup, keyring = codes.lookup_id(codes.show(code).lower()), codes.reporter_key(code)
    assert lookup == codes.lookup_id(code)
    assert len(lookup) == 32
    assert lookup != keyring.private_bytes()
    assert keyring.reader.public == codes.reporter_key(codes.show(code)).reader.public
