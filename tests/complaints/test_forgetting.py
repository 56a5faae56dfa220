"""What time does to a complaint: its officers are reminded of its terms; it is forgotten keys first."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from haven.clock import deletions, jobs
from haven.complaints import parties, retention
from haven.complaints.models import Complaint, Document, Party, Seat, Served
from haven.notices.models import Outgoing
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


@proves("R-001-115", "R-001-27")
def test_the_officers_are_reminded_from_the_day_before_a_term_ends_and_once_a_day(
    court: Court, time_machine: Any
) -> None:
    running = court.started()
    Complaint.objects.filter(pk=running.row.pk).update(look_by=date(2026, 3, 9))
    Outgoing.objects.all().delete()

    def told(moment: str) -> int:
        time_machine.move_to(moment)
        jobs.remind_of_complaints()
        jobs.remind_of_complaints()
        found = Outgoing.objects.filter(template="waiting", to__in=[one.user for one in court.house.readers]).count()
        Outgoing.objects.all().delete()
        return found

    assert [told(f"2026-03-{day:02} 12:00") for day in (5, 6, 7, 9, 10)] == [0, 2, 0, 2, 2]
    Complaint.objects.filter(pk=running.row.pk).update(look_by=None)
    assert told("2026-03-11 12:00") == 0
