"""What a counsellor can do with a notification. Each deed: check the rule, change the record, leave a trail line.

The line says only that this counsellor worked here on this day: it names no notification, and there is one a day for
however many deeds. More would be a list of notifications, kept for years after they were destroyed (decision 17).
"""

from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate

from haven.counsel.models import NOTES, NOTIFIER, Notification
from haven.counsel.opened import OpenNotification, Payload
from haven.people.models import User
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault.sealing import Sealing
from haven.vault.shred import shred_kinds
from haven.vault.unlocking import Keyring


class Refused(Exception):
    """The rules do not allow this now. The message is a key for the page, never a word of a notification."""


@transaction.atomic
def take_down(keyring: Keyring, *, by: User, told: Payload, notifier: Payload, on: date | None = None) -> Notification:
    """Write down what somebody told of their own experience, sealed to this counsellor alone (R-001-08, R-001-09)."""
    day = on or localdate()
    row = Notification(id=uuid4(), year=day.year)
    sealed = Sealing(row.pk, day)
    sealed.compartment(NOTES, [keyring.reader]).item("taken", told)
    if any(notifier.values()):
        sealed.compartment(NOTIFIER, [keyring.reader]).item("notifier", notifier)
    row.save(force_insert=True)
    sealed.save()
    worked(by)
    return row


@transaction.atomic
def note(opened: OpenNotification, told: Payload, *, on: date | None = None) -> None:
    """A dated note: what was said, when they talk next, where the person was pointed to."""
    live(opened)
    opened.keep("note", told, on=on or localdate())
    worked(opened.by)


@transaction.atomic
def name(opened: OpenNotification, notifier: Payload, *, on: date | None = None) -> None:
    """Keep another name and way to reach the notifier, or none: what was kept before is destroyed, key first."""
    row = live(opened)
    shred_kinds(row.pk, (NOTIFIER,))
    if any(notifier.values()):
        sealed = Sealing(row.pk, on or localdate())
        sealed.compartment(NOTIFIER, [opened.keyring.reader]).item("notifier", notifier)
        sealed.save()
    worked(opened.by)


@transaction.atomic
def agree(opened: OpenNotification, told: Payload, *, on: date | None = None) -> None:
    """Record the word of the notifier: what may go to the contact point, and how they said so. It moves nothing: the
    counsellor then writes down an ordinary intake, as for anybody (R-001-10)."""
    live(opened)
    to = shelf.current().routes.counsellors.team
    opened.keep("agreed", {**told, "to": to}, on=on or localdate())
    worked(opened.by)


@transaction.atomic
def close(opened: OpenNotification, *, outcome: str, destination: str, on: date | None = None) -> None:
    """The talks have ended. The words stay until the figures of the year were taken, and some days more."""
    day, row = on or localdate(), live(opened)
    opened.keep("closing", {"outcome": outcome, "destination": destination}, on=day)
    row.closed_on = day
    row.forget_on = day + waiting() if row.counted else None
    row.save(update_fields=["closed_on", "forget_on"])
    worked(opened.by)


@transaction.atomic
def reopen(opened: OpenNotification) -> None:
    """The person came back. What was counted stays counted, and is not counted again."""
    row = Notification.objects.select_for_update().get(pk=opened.row.pk)
    row.closed_on = row.forget_on = None
    row.save(update_fields=["closed_on", "forget_on"])
    worked(opened.by)


def live(opened: OpenNotification) -> Notification:
    """The row as it is now, locked. Raises Refused when it has ended."""
    row: Notification = Notification.objects.select_for_update().get(pk=opened.row.pk)
    if row.closed_on:
        raise Refused("ended")
    return row


def waiting() -> timedelta:
    """How long the words stay once a notification was counted and has ended."""
    return timedelta(days=shelf.current().retention.periods.counsel_days)


def worked(by: User) -> None:
    trail.note_once("counsel.worked", subject=str(by.pk), by=str(by.pk))
