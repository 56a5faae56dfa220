"""State that travels with the reporter: only we can read it, change it or say how old it is."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from haven.vault.forms_state import open_state, seal_state
from tests.proves import proves
from tests.vault.refusal import refused

STATE = {"answers": {"story": "Zij las mijn berichten hardop voor. \u202e é", "forms": ["verbal"]}, "files": []}


@proves("R-003-14")
def test_state_comes_back_and_its_words_cannot_be_read_on_the_way() -> None:
    sealed = seal_state(STATE)
    assert open_state(sealed) == (STATE, 0)
    assert "berichten" not in sealed
    assert seal_state(STATE) != sealed


def test_the_age_is_in_whole_hours_and_no_finer() -> None:
    with time_machine.travel("2026-11-23T09:59:59Z", tick=False) as clock:
        sealed = seal_state(STATE)
        ages = []
        for step in (timedelta(seconds=2), timedelta(minutes=58), timedelta(hours=47)):
            clock.shift(step)
            ages.append(open_state(sealed)[1])
    assert ages == [1, 1, 48]


def test_a_form_cannot_be_used_as_a_mailbox_cookie() -> None:
    refused(open_state, seal_state(STATE), purpose="mailbox")
    refused(open_state, seal_state(STATE, purpose="mailbox"))


@given(st.integers(min_value=0, max_value=700), st.sampled_from("AZaz09-_=!é "))
def test_a_changed_character_is_refused(place: int, other: str) -> None:
    sealed = seal_state(STATE)
    place %= len(sealed) - 1  # of the last character only some bits count
    if sealed[place] != other:
        refused(open_state, sealed[:place] + other + sealed[place + 1 :])


@given(st.text(max_size=100))
def test_nonsense_is_refused(text: str) -> None:
    refused(open_state, text)


def test_another_key_is_refused(settings: Settings) -> None:
    sealed = seal_state(STATE)
    settings.STATE_KEY = b"quite another key, also long enough"
    refused(open_state, sealed)


def test_small_states_all_have_one_size() -> None:
    assert len({len(seal_state({"a": "x" * size})) for size in range(0, 400, 50)}) == 1


@pytest.mark.parametrize("text", ["\ud800", "\0", "x" * 1_000_000])
def test_odd_and_long_words_are_carried_too(text: str) -> None:
    assert open_state(seal_state({"a": text}))[0]["a"] == text.replace("\ud800", "?")
