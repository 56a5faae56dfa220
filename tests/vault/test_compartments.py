"""Compartments, grants and epochs: who holds a key opens, and nobody else, whatever is written in the tables."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from haven.vault import codes, grants, reading, sealing
from haven.vault.keyring import CompartmentKey, Keyring
from haven.vault.models import Compartment, Grant, SealedItem
from haven.vault.readers import Reader
from haven.vault.sealing import Sealing, fresh, seal_to
from tests.proves import proves
from tests.vault.conftest import TODAY, Someone
from tests.vault.refusal import flipped, refused

STORY = {"text": "Zij las mijn berichten hardop voor.", "when": "vorige week"}


def sealed_for(*readers: Reader, kind: str = "report") -> Sealing:
    sealing_ = Sealing(uuid4(), TODAY)
    sealing_.compartment(kind, readers).item("story", STORY)
    sealing_.save()
    return sealing_


def words(keyring: Keyring, sealed: Sealing) -> list[object]:
    return [one.payload for one in reading.open_items(keyring, [sealed.scope]).get(sealed.scope, [])]


@proves("R-003-14", "R-002-17")
def test_a_reader_opens_and_a_stranger_sees_nothing_at_all(anna: Someone, bram: Someone) -> None:
    sealed = sealed_for(anna.reader)
    assert words(anna.keyring, sealed) == [STORY]
    assert reading.open_items(bram.keyring, [sealed.scope]) == {}


@proves("R-000-19")
def test_an_identity_opens_for_the_one_person_who_holds_it(anna: Someone, bram: Someone) -> None:
    sealed = Sealing(uuid4(), TODAY)
    sealed.compartment("report", [anna.reader, bram.reader]).item("story", STORY)
    sealed.compartment("identity", [anna.reader]).item("identity", {"name": "Noor"})
    sealed.save()
    assert words(bram.keyring, sealed) == [STORY]
    assert sorted(map(str, words(anna.keyring, sealed))) == sorted([str(STORY), str({"name": "Noor"})])


def test_a_reporter_opens_replies_with_the_code(anna: Someone) -> None:
    code = codes.new_code()
    sealed = sealed_for(anna.reader, codes.reporter_key(code).reader, kind="replies")
    assert words(codes.reporter_key(code), sealed) == [STORY]
    assert words(codes.reporter_key(codes.new_code()), sealed) == []


def test_a_grant_copied_to_another_person_opens_nothing(anna: Someone, bram: Someone) -> None:
    sealed = sealed_for(anna.reader)
    row = Grant.objects.get()
    Grant.objects.create(compartment=row.compartment, kid=bram.kid, envelope=row.envelope)
    assert words(bram.keyring, sealed) == []
    assert not reading.can_open(bram.keyring, sealed.scope, "report")


def test_words_moved_to_another_case_do_not_open_and_close_nothing_else(anna: Someone) -> None:
    here, there = sealed_for(anna.reader), sealed_for(anna.reader)
    moved = SealedItem.objects.get(compartment__scope=there.scope)
    SealedItem.objects.filter(pk=moved.pk).update(compartment=here.compartments[0].pk)
    opened = reading.open_items(anna.keyring, [here.scope])[here.scope]
    assert sorted((one.payload == STORY, one.damaged) for one in opened) == [(False, True), (True, False)]


@pytest.mark.parametrize("change", ["slot", "seq", "scope", "kind", "epoch", "id"])
def test_an_item_is_bound_to_everything_that_says_what_it_is(change: str) -> None:
    keyring = codes.reporter_key(codes.new_code())
    compartment, granted = fresh(uuid4(), "report", 1, [keyring.reader])
    item = seal_to(compartment, "story", STORY, on=TODAY)
    key = keyring.open_compartment(compartment, granted[0])
    assert key.open_json(item) == STORY
    values = {"slot": "message", "seq": 1, "scope": uuid4(), "kind": "internal", "epoch": 2, "id": uuid4()}
    setattr(item if change in {"slot", "seq", "id"} else compartment, change, values[change])
    refused(key.open, item)


@pytest.mark.parametrize("change", ["scope", "kind", "epoch", "public"])
def test_a_grant_is_bound_to_its_compartment(change: str) -> None:
    keyring = codes.reporter_key(codes.new_code())
    compartment, granted = fresh(uuid4(), "report", 1, [keyring.reader])
    values = {"scope": uuid4(), "kind": "internal", "epoch": 2, "public": b"p" * 32}
    setattr(compartment, change, values[change])
    refused(keyring.open_compartment, compartment, granted[0])


@given(st.integers(min_value=0), st.booleans())
def test_one_changed_bit_in_an_item_or_a_grant_closes_it(bit: int, in_body: bool) -> None:  # noqa: FBT001  drawn
    keyring = codes.reporter_key("0" * 24)
    compartment, granted = fresh(uuid4(), "report", 1, [keyring.reader])
    item = seal_to(compartment, "story", STORY, on=TODAY)
    key = keyring.open_compartment(compartment, granted[0])
    if in_body:
        item.body = flipped(item.body, bit)
    else:
        item.envelope = flipped(item.envelope, bit)
    refused(key.open, item)
    granted[0].envelope = flipped(granted[0].envelope, bit)
    refused(keyring.open_compartment, compartment, granted[0])


def test_a_body_exchanged_with_that_of_another_item_does_not_open() -> None:
    keyring = codes.reporter_key(codes.new_code())
    compartment, granted = fresh(uuid4(), "report", 1, [keyring.reader])
    one, other = (seal_to(compartment, "story", STORY, on=TODAY) for _ in range(2))
    one.body, other.body = other.body, one.body
    key = keyring.open_compartment(compartment, granted[0])
    refused(key.open, one)
    refused(key.open, other)


def test_bytes_stay_bytes_and_are_not_taken_for_words() -> None:
    keyring = codes.reporter_key(codes.new_code())
    compartment, granted = fresh(uuid4(), "report", 1, [keyring.reader])
    item = seal_to(compartment, "photo", b'{"a": 1}', on=TODAY)
    key = keyring.open_compartment(compartment, granted[0])
    assert key.open(item) == b'{"a": 1}'
    refused(key.open_json, item)


@pytest.mark.parametrize("many", [1, 3, 50])
def test_opening_takes_three_queries_however_many_cases(
    anna: Someone, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cases = [sealed_for(anna.reader) for _ in range(many)]
    with django_assert_num_queries(3):
        opened = reading.open_items(anna.keyring, [one.scope for one in cases], kinds=["report"], slots=["story"])
    assert {scope: [one.payload for one in items] for scope, items in opened.items()} == {
        one.scope: [STORY] for one in cases
    }


def test_saving_takes_at_most_four_statements(person: Callable[[str], Someone]) -> None:
    readers = [person(f"reader{number}").reader for number in range(6)]
    sealed = Sealing(uuid4(), TODAY)
    for kind in ("report", "replies", "internal"):
        sealed.compartment(kind, readers).item("head", STORY)
    with CaptureQueriesContext(connection) as queries:
        sealed.save()
    assert len([query for query in queries if query["sql"].startswith("INSERT")]) == 3


@proves("R-002-17")
def test_a_colleague_who_is_granted_opens_what_the_giver_could(anna: Someone, bram: Someone, carla: Someone) -> None:
    sealed = sealed_for(anna.reader)
    grants.regrant(anna.keyring, sealed.scope, ["report"], [bram.reader])
    assert words(bram.keyring, sealed) == [STORY]
    assert words(carla.keyring, sealed) == []
    grants.regrant(anna.keyring, sealed.scope, ["report"], [bram.reader])
    assert grants.kids_of(sealed.scope, "report") == {anna.kid, bram.kid}


def test_nobody_passes_on_what_they_do_not_have(anna: Someone, bram: Someone) -> None:
    sealed = Sealing(uuid4(), TODAY)
    sealed.compartment("report", [anna.reader, bram.reader]).item("story", STORY)
    sealed.compartment("identity", [anna.reader]).item("identity", {"name": "Noor"})
    sealed.save()
    refused(grants.regrant, bram.keyring, sealed.scope, ["report", "identity"], [bram.reader])
    assert grants.kids_of(sealed.scope, "identity") == {anna.kid}


@proves("R-000-21")
def test_whose_grant_is_revoked_opens_nothing_from_then_on(anna: Someone, bram: Someone) -> None:
    sealed = sealed_for(anna.reader, bram.reader)
    grants.revoke(sealed.scope, [bram.kid])
    assert words(bram.keyring, sealed) == []
    assert words(anna.keyring, sealed) == [STORY]


def test_words_of_a_new_epoch_stay_closed_for_who_copied_the_old_key(anna: Someone, bram: Someone) -> None:
    sealed = sealed_for(anna.reader, bram.reader)
    copied: CompartmentKey = next(iter(reading.open_compartments(bram.keyring, [sealed.scope]).values()))
    grants.revoke(sealed.scope, [bram.kid])
    grants.new_epoch(anna.keyring, sealed.scope, "report", [anna.reader], TODAY)
    later = sealing.keep(sealed.scope, "report", "message", {"text": "later"}, on=TODAY + timedelta(days=1))
    assert words(anna.keyring, sealed) == [STORY, {"text": "later"}]
    assert words(bram.keyring, sealed) == []
    refused(copied.open, later)


def test_only_who_can_open_a_compartment_starts_its_new_epoch(anna: Someone, bram: Someone) -> None:
    sealed = sealed_for(anna.reader)
    refused(grants.new_epoch, bram.keyring, sealed.scope, "report", [bram.reader], TODAY)
    assert Compartment.objects.count() == 1


@proves("R-003-14")
def test_nothing_is_sealed_to_a_public_key_that_sql_has_put_there(anna: Someone, bram: Someone) -> None:
    sealed = sealed_for(anna.reader)
    own, _ = fresh(sealed.scope, "report", 2, [bram.reader])
    Compartment.objects.create(scope=sealed.scope, kind="report", epoch=2, public=own.public, mark=b"")
    refused(sealing.keep, sealed.scope, "report", "message", {"text": "x"}, on=TODAY)
    Compartment.objects.filter(epoch=2).delete()
    Compartment.objects.update(public=own.public)
    refused(sealing.keep, sealed.scope, "report", "message", {"text": "x"}, on=TODAY)


def test_a_compartment_needs_a_reader() -> None:
    with pytest.raises(ValueError, match="without a reader"):
        Sealing(uuid4(), TODAY).compartment("report", [])
