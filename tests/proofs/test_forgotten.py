"""Closed, waited for, forgotten: no key, no word, no file, no mailbox. What is left is on a list, and names nobody."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import actions, retention, search
from haven.cases.batches import count_what_waits
from haven.cases.models import Case
from haven.dialogue import actions as dialogue
from haven.dialogue.models import Mailbox
from haven.rulebook import shelf
from haven.trail.models import Entry
from haven.vault.codes import new_code, show
from haven.vault.models import Compartment, Grant, SealedFile, SealedItem, SearchEntry, Shredded, Tally
from tests.counted import told
from tests.institution import Institution
from tests.proofs.asking import NO_CASE, on_the_wire, sits
from tests.proofs.filled import WORDS, Filled, fill, open_for
from tests.proofs.tables import database
from tests.proves import proves

KEPT = {
    "vault_tally": {"id", "day", "batch", "sealed"},
    "vault_shredded": {"scope", "on"},
    "trail_entry": {"seq", "day", "actor", "did", "subject", "hash", "mac"},
}  # fmt: skip

type Capture = Callable[..., Any]


@pytest.fixture
def filled(house: Institution) -> Filled:
    filled = fill(house)
    for reader in house.readers:
        assert reader.keyring is not None
        assert search.find(reader.keyring, WORDS["story"], where="text").scopes == [filled.case.pk]
    return filled


def close_and_wait(filled: Filled, capture: Capture) -> None:
    actions.close(open_for(filled.keeper, filled.case), outcome="talked", category="bullying", destination="none")
    filled.case.refresh_from_db()
    assert filled.case.forget_on == localdate() + timedelta(days=shelf.current().retention.periods.closed_days)
    assert retention.forget_due(filled.case.forget_on - timedelta(days=1)) == 0
    with capture(execute=True):
        assert retention.forget_due(filled.case.forget_on) == 1


def rows_about(filled: Filled) -> dict[str, int]:
    """In how many rows of each table the case is mentioned, by its id or its reference, in any column."""
    sought = {filled.case.pk.hex, str(filled.case.pk), filled.case.reference}
    return {table: n for table, rows in database().items() if (n := sum(mentions(row, sought) for row in rows))}


def mentions(row: tuple[Any, ...], sought: set[str]) -> bool:
    return any(one in str(value) for value in row for one in sought)


@proves("R-000-24", "R-000-06")
def test_of_a_forgotten_case_only_what_is_on_the_list_remains(
    filled: Filled, django_capture_on_commit_callbacks: Capture
) -> None:
    assert set(rows_about(filled)) >= {"cases_case", "dialogue_mailbox", "vault_compartment", "vault_searchentry"}
    assert len(list(settings.BLOB_ROOT.iterdir())) == 3
    blank = {table: len(rows) for table, rows in database().items()}

    close_and_wait(filled, django_capture_on_commit_callbacks)

    for model in (Case, Compartment, Grant, SealedItem, SealedFile, SearchEntry, Mailbox):
        assert (model.__name__, model.objects.count()) == (model.__name__, 0)
    assert list(settings.BLOB_ROOT.iterdir()) == []
    assert set(rows_about(filled)) == {"vault_shredded", "trail_entry"}
    grown = {table for table, rows in database().items() if len(rows) > blank[table]}
    assert grown == KEPT.keys()


@proves("R-000-24", "R-000-06")
def test_the_tables_that_remain_have_the_columns_of_the_list_and_no_other() -> None:
    tables = {model._meta.db_table: model for model in (Tally, Shredded, Entry)}

    assert {name: {field.column for field in model._meta.fields} for name, model in tables.items()} == KEPT


@proves("R-000-24", "R-000-06")
def test_what_is_to_be_counted_holds_codes_of_the_rulebook_and_nothing_else(
    filled: Filled, django_capture_on_commit_callbacks: Capture
) -> None:
    close_and_wait(filled, django_capture_on_commit_callbacks)

    [what] = told("closing")
    assert (what, [known["kind"] for known in told("intake")]) == (
        {
            "kind": "report",
            "category": "bullying",
            "audience": "not_said",
            "capacity": "not_said",
            "channel": "web",
            "mode": "confidential",
            "outcome": "talked",
            "destination": "none",
            "contact_in_time": "true",
        },
        ["report"],
    )


@proves("R-000-24", "R-000-06")
def test_what_waits_to_be_counted_is_gone_the_next_day(
    filled: Filled, django_capture_on_commit_callbacks: Capture
) -> None:
    close_and_wait(filled, django_capture_on_commit_callbacks)
    assert Tally.objects.filter(batch=None).count() >= 2
    with time_machine.travel(localdate() + timedelta(days=1), tick=False):
        count_what_waits()

    assert not Tally.objects.exists()


@proves("R-000-24")
def test_the_code_of_a_forgotten_case_gets_the_answer_of_a_code_that_never_was(
    filled: Filled, django_capture_on_commit_callbacks: Capture
) -> None:
    there = Client().post(reverse("reporter:mailbox"), {"code": show(filled.code)})
    assert there.status_code == 302

    close_and_wait(filled, django_capture_on_commit_callbacks)

    never = new_code()
    assert asked_with(filled.code) == asked_with(never)


def asked_with(code: str) -> tuple[Any, ...]:
    status, body, headers, cookies = on_the_wire(Client().post(reverse("reporter:mailbox"), {"code": show(code)}))
    assert (status, show(code) in body.decode()) == (200, True)
    return body.decode().replace(show(code), ""), headers, cookies


@proves("R-000-24", "R-000-21")
def test_who_handled_a_forgotten_case_gets_the_answer_of_one_that_never_was(
    filled: Filled, django_capture_on_commit_callbacks: Capture
) -> None:
    close_and_wait(filled, django_capture_on_commit_callbacks)
    asker = sits(filled.keeper)

    with asker.asks("get", reverse("desk:case", args=[filled.case.reference])) as answer:
        forgotten = on_the_wire(answer)
    with asker.asks("get", reverse("desk:case", args=[NO_CASE])) as answer:
        assert on_the_wire(answer) == forgotten


@proves("R-000-24")
def test_a_copy_of_everything_but_the_grants_opens_for_nobody(
    house: Institution, filled: Filled, django_capture_on_commit_callbacks: Capture
) -> None:
    """The keys go first: whoever finds all the rest in an old page of the disk has paper without ink."""
    rest = [*Case.objects.all(), *Mailbox.objects.all(), *Compartment.objects.all(), *SealedItem.objects.all()]
    copy = serializers.serialize("json", rest)
    close_and_wait(filled, django_capture_on_commit_callbacks)

    for one in serializers.deserialize("json", copy):
        one.save()

    box = dialogue.open_mailbox(filled.code)
    assert box is not None
    assert (box.messages(), box.marks(), box.own_words()) == ([], [], {})
    assert [reader.opens(filled.case) for reader in house.readers] == [None] * len(house.readers)


@proves("R-000-24")
def test_withdrawn_words_are_destroyed_at_once_and_the_rest_within_days(
    house: Institution, filled: Filled, django_capture_on_commit_callbacks: Capture
) -> None:
    box = dialogue.open_mailbox(filled.code)
    assert box is not None
    with django_capture_on_commit_callbacks(execute=True):
        goes = dialogue.withdraw(box)

    assert set(Compartment.objects.values_list("kind", flat=True)) == {"internal"}
    assert last_trace(filled) == localdate(), "a backup of this morning must not bring the words back"
    assert (SearchEntry.objects.count(), SealedFile.objects.count()) == (0, 0)
    assert list(settings.BLOB_ROOT.iterdir()) == []
    assert dialogue.open_mailbox(filled.code) is None
    assert {bool(open_for(reader, filled.case).answers) for reader in house.readers} == {False}

    assert retention.forget_due(goes) == 1
    assert Compartment.objects.count() == 0
    assert last_trace(filled) == localdate()
    assert dialogue.sweep_spent(goes + timedelta(days=30)) == 1
    assert set(rows_about(filled)) == {"vault_shredded", "trail_entry"}


def last_trace(filled: Filled) -> date:
    return Shredded.objects.get(scope=filled.case.pk).on
