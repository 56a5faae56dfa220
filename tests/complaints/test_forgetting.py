"""A complaint is forgotten keys first: those of its parts, then those of its parties, then the rows."""

from datetime import timedelta
from uuid import uuid4

import pytest

from haven.clock import deletions
from haven.complaints import parties, retention
from haven.complaints.models import Complaint, Document, Party, Seat, Served
from haven.trail.models import Entry
from haven.vault.models import Compartment, Grant, KeyBundle, KeySlot, SealedItem, Shredded
from tests.complaints.court import MONDAY, Court, Running
from tests.proves import proves


def ended(court: Court) -> Running:
    running = court.started()
    running.invite("defendant")
    parties.support(running.party("complainant"), "support_person", {"name": "Friend"}, sees_all=True)
    Complaint.objects.filter(pk=running.row.pk).update(ended_on=MONDAY, forget_on=retention.forget_on(MONDAY))
    return running


@proves("R-000-24")
def test_what_ended_long_ago_is_forgotten_and_nothing_stays_but_lines_without_words(court: Court) -> None:
    running = ended(court)
    row, bundles = running.row, KeyBundle.objects.filter(owner=None).count()
    assert row.forget_on
    assert bundles == 3

    assert retention.forget_due(row.forget_on - timedelta(days=1)) == 0
    assert retention.forget_due(row.forget_on) == 1
    for table in (Complaint, Party, Seat, Document, Served, Compartment, Grant, SealedItem):
        assert not table.objects.exists()
    assert not KeyBundle.objects.filter(owner=None).exists()
    assert not KeySlot.objects.filter(bundle__owner=None).exists()
    assert Shredded.objects.get().scope == row.pk
    assert Entry.objects.filter(did="complaint.forgotten", subject=row.reference).exists()


@pytest.mark.django_db(transaction=True)
def test_a_complaint_that_came_back_out_of_a_backup_is_destroyed_again(court: Court) -> None:
    running = ended(court)

    assert deletions.apply({running.row.pk: MONDAY, uuid4(): MONDAY}) == 1
    assert not Complaint.objects.exists()
    assert not SealedItem.objects.exists()
