"""Shredding: when the keys are gone the words are gone, from the tables, the index and the disk."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from haven.vault import reading, search, shred
from haven.vault.files import SealedFileInfo, SealedWriter, open_verified
from haven.vault.models import Compartment, Grant, SealedFile, SealedItem, SearchEntry, Shredded
from haven.vault.sealing import Sealing
from tests.proves import proves
from tests.vault.conftest import TODAY, Someone
from tests.vault.refusal import refused

ROWS = (Grant, SealedItem, SealedFile, SearchEntry, Compartment)


def a_case(reader: Someone, root: Path) -> tuple[Sealing, SealedFileInfo]:
    writer = SealedWriter(root)
    writer.write(b"foto")
    info = writer.finish()
    sealed = Sealing(uuid4(), TODAY)
    report = sealed.compartment("report", [reader.reader])
    report.item("story", {"text": "woorden"})
    report.file(info, {"name": "foto.jpg", "type": "image/jpeg"})
    sealed.compartment("internal", [reader.reader]).item("note", {"text": "notitie"})
    sealed.save()
    search.save([search.entry(reader.keyring, sealed.scope, 1, head="titel", text="woorden")])
    return sealed, info


@proves("R-000-24")
def test_nothing_of_a_shredded_case_is_left_but_the_day_and_the_other_cases(anna: Someone, settings: Settings) -> None:
    gone, info = a_case(anna, settings.BLOB_ROOT)
    kept, _ = a_case(anna, settings.BLOB_ROOT)
    assert shred.shred(gone.scope, TODAY) == [info.blob]
    assert list(Shredded.objects.values_list("scope", "on")) == [(gone.scope, TODAY)]
    assert list(reading.open_items(anna.keyring, [gone.scope, kept.scope])) == [kept.scope]
    assert [model._default_manager.count() for model in ROWS] == [2, 3, 1, 1, 2]


@proves("R-000-24")
def test_rows_of_a_backup_without_the_grants_open_nothing(anna: Someone, settings: Settings) -> None:
    sealed, _ = a_case(anna, settings.BLOB_ROOT)
    rows = list(Compartment.objects.all()), list(SealedItem.objects.all())
    shred.shred(sealed.scope, TODAY)
    Compartment.objects.bulk_create(rows[0])
    SealedItem.objects.bulk_create(rows[1])
    assert reading.open_items(anna.keyring, [sealed.scope]) == {}


def test_after_a_restore_the_register_is_applied_again_and_keeps_its_day(anna: Someone, settings: Settings) -> None:
    sealed, _ = a_case(anna, settings.BLOB_ROOT)
    shred.shred(sealed.scope, TODAY)
    assert shred.shred(sealed.scope, TODAY + timedelta(days=9)) == []
    assert Shredded.objects.get().on == TODAY


def test_some_kinds_can_be_shredded_and_the_rest_stays(anna: Someone, settings: Settings) -> None:
    sealed, info = a_case(anna, settings.BLOB_ROOT)
    assert shred.shred_kinds(sealed.scope, ["report"]) == [info.blob]
    opened = reading.open_items(anna.keyring, [sealed.scope])[sealed.scope]
    assert [(one.kind, one.payload) for one in opened] == [("internal", {"text": "notitie"})]
    assert SearchEntry.objects.count() == 0


@proves("R-000-24")
def test_the_register_has_a_withdrawn_scope_at_once_and_once_only(anna: Someone, settings: Settings) -> None:
    """A backup from before the withdrawal, put back while the rest waits to go, is emptied by the register."""
    sealed, info = a_case(anna, settings.BLOB_ROOT)
    backup = [list(model._default_manager.all()) for model in (Compartment, Grant, SealedItem, SealedFile)]
    shred.shred_kinds(sealed.scope, ["report"])
    shred.register(sealed.scope, TODAY)
    assert list(Shredded.objects.values_list("scope", "on")) == [(sealed.scope, TODAY)]

    for rows in backup:
        type(rows[0])._default_manager.bulk_create(rows, ignore_conflicts=True)
    assert reading.open_items(anna.keyring, [sealed.scope]) != {}
    later = TODAY + timedelta(days=3)
    assert [shred.shred(one.scope, later) for one in Shredded.objects.all()] == [[info.blob]]
    assert reading.open_items(anna.keyring, [sealed.scope]) == {}
    assert [shred.shred(one.scope, later) for one in Shredded.objects.all()] == [[]]
    assert list(Shredded.objects.values_list("scope", "on")) == [(sealed.scope, TODAY)]


def test_files_leave_the_disk_only_when_that_is_certain(
    anna: Someone, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sealed, info = a_case(anna, settings.BLOB_ROOT)
    with django_capture_on_commit_callbacks(execute=True):
        shred.unlink_after_commit(shred.shred(sealed.scope, TODAY))
        assert b"".join(open_verified(settings.BLOB_ROOT, info)) == b"foto"
    refused(open_verified, settings.BLOB_ROOT, info)


@pytest.mark.django_db(transaction=True)
def test_scrubbing_is_harmless_on_every_database() -> None:
    shred.scrub()
    assert not Compartment.objects.exists()


def test_an_item_with_a_file_gives_what_is_needed_to_open_it(anna: Someone, settings: Settings) -> None:
    sealed, info = a_case(anna, settings.BLOB_ROOT)
    opened = reading.open_items(anna.keyring, [sealed.scope], slots=["file"])[sealed.scope]
    assert [one.payload["name"] for one in opened] == ["foto.jpg"]
    assert SealedFileInfo.from_dict(opened[0].payload) == info
