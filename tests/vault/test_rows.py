"""Rows that are written without composing the statement anew: the same rows, the same errors."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import TransactionManagementError

from haven.notices.models import Outgoing
from haven.people.models import User
from haven.trail import actions as trail
from haven.vault.models import Compartment, Endorsement, Paused, SealedItem
from haven.vault.rows import change, insert, prepared, remove


def compartment() -> Compartment:
    return Compartment(scope=uuid4(), kind="report", public=b"\x00public", mark=b"mark")


@pytest.mark.django_db
def test_a_row_comes_back_as_it_was_written() -> None:
    one = compartment()
    insert([one])
    item = SealedItem(compartment=one, slot="head", envelope=b"e\x00", body=b"\xff" * 300, made_on=date(2026, 2, 28))
    insert([item])
    found = SealedItem.objects.select_related("compartment").get()
    columns = [field.attname for field in SealedItem._meta.concrete_fields]
    assert [getattr(found, name) for name in columns] == [getattr(item, name) for name in columns]
    assert bytes(found.compartment.public) == b"\x00public"
    assert not item._state.adding


@pytest.mark.django_db
def test_a_row_that_may_not_be_there_twice_is_refused() -> None:
    one = compartment()
    insert([one])
    with pytest.raises(IntegrityError):
        insert([one])


@pytest.mark.django_db
def test_what_is_there_already_is_passed_over_when_asked_so(django_user_model: type[User]) -> None:
    person = django_user_model.objects.create(email="reader@haven.example", name="Reader", role_key="reader")
    for _time in range(2):
        insert([Outgoing(to=person, template="waiting", key="waiting:1")], ignore_conflicts=True)
    assert Outgoing.objects.count() == 1


@pytest.mark.django_db
def test_nothing_to_write_asks_the_database_nothing() -> None:
    insert([])


@pytest.mark.django_db
def test_a_prepared_query_sees_what_changed_and_gives_days_as_days() -> None:
    asks = prepared(lambda route: Endorsement.objects.filter(route=route).values_list("kid", "effective_on"))
    assert asks("contact_point") == []
    Endorsement.objects.create(
        route="contact_point", kid="a", by_kid="b", signature=b"s", effective_on=date(2026, 1, 2)
    )
    assert [tuple(row) for row in asks("contact_point")] == [("a", date(2026, 1, 2))]
    assert asks("ombuds") == []


@pytest.mark.django_db
def test_only_rows_that_are_equal_are_changed_or_removed() -> None:
    for number in range(3):
        Paused.objects.create(lookup=bytes([number]) * 32, sealed=b"s", goes_on=date(2026, 1, 2))
    change(Paused, {"sealed": b"\x00new", "goes_on": date(2026, 3, 4)}, lookup=b"\x01" * 32)
    remove(Paused, lookup=b"\x00" * 32, goes_on=date(2026, 1, 2))
    remove(Paused, lookup=b"\x02" * 32, goes_on=date(2026, 1, 3))
    found = [(bytes(one.lookup), bytes(one.sealed), one.goes_on) for one in Paused.objects.order_by("goes_on")]
    assert found == [
        (b"\x02" * 32, b"s", date(2026, 1, 2)),
        (b"\x01" * 32, b"\x00new", date(2026, 3, 4)),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_line_of_the_trail_needs_a_transaction() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(TransactionManagementError):
        trail.note("report.received")
