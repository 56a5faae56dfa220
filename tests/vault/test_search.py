"""The search index: each reader's own, worthless to anybody else, and quick."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from haven.vault import grants, search
from haven.vault.keyring import Keyring
from haven.vault.models import SearchEntry
from haven.vault.search import Part
from tests.proves import proves
from tests.vault.conftest import TODAY, Someone
from tests.vault.test_compartments import sealed_for

SCOPE = UUID(int=7)


def words(keyring: Keyring, part: Part = "head") -> list[tuple[UUID, int, str]]:
    return [(one.scope, one.stamp, one.words) for one in search.read(keyring, part)]


@proves("R-003-14")
def test_a_reader_searches_the_own_entries_and_nobody_elses(anna: Someone, bram: Someone) -> None:
    search.save([search.entry(anna.keyring, SCOPE, 3, head="Pesten, promovendus", text="alle woorden")])
    assert words(anna.keyring) == [(SCOPE, 3, "Pesten, promovendus")]
    assert words(anna.keyring, "text") == [(SCOPE, 3, "alle woorden")]
    SearchEntry.objects.update(kid=bram.kid)
    assert words(bram.keyring) == []
    row = SearchEntry.objects.get()
    assert b"promovendus" not in bytes(row.head) + bytes(row.text)


@pytest.mark.parametrize("change", ["scope", "stamp", "parts"])
def test_an_entry_that_was_moved_or_made_older_is_left_out(anna: Someone, change: str) -> None:
    search.save([search.entry(anna.keyring, SCOPE, 3, head="a", text="b")])
    row = SearchEntry.objects.get()
    changes: dict[str, dict[str, Any]] = {
        "scope": {"scope": uuid4()},
        "stamp": {"stamp": 4},
        "parts": {"head": row.text, "text": row.head},
    }
    SearchEntry.objects.update(**changes[change])
    assert words(anna.keyring) == []


def test_a_newer_entry_takes_the_place_of_the_older(anna: Someone) -> None:
    for stamp in (1, 2):
        search.save([search.entry(anna.keyring, SCOPE, stamp, head=f"state {stamp}", text="")])
    assert words(anna.keyring) == [(SCOPE, 2, "state 2")]
    assert search.stamps(anna.keyring) == {SCOPE: 2}


def test_revoking_and_granting_forget_what_was_indexed(anna: Someone, bram: Someone) -> None:
    sealed = sealed_for(anna.reader, bram.reader)
    for who in (anna, bram):
        search.save([search.entry(who.keyring, sealed.scope, 1, head="a", text="b")])
    grants.revoke(sealed.scope, [bram.kid])
    assert (len(words(anna.keyring)), words(bram.keyring)) == (1, [])
    grants.regrant(anna.keyring, sealed.scope, ["report"], [anna.reader])
    assert words(anna.keyring) == []


def test_ten_thousand_heads_are_read_with_one_query(
    anna: Someone, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    entries = [search.entry(anna.keyring, uuid4(), 1, head=f"Melding {n}", text="") for n in range(10_000)]
    search.save(entries)
    with django_assert_num_queries(1):
        found = [one for one in search.read(anna.keyring, "head") if "999" in one.words]
    assert len(found) == 19  # the numbers below ten thousand that contain 999


def test_a_found_entry_prints_no_words(anna: Someone) -> None:
    search.save([search.entry(anna.keyring, SCOPE, 1, head="Noor", text=str(TODAY))])
    assert "Noor" not in repr(list(search.read(anna.keyring, "head")))
