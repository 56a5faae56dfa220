"""The annual figures: each notification is counted, once (R-001-08), and then its words may go."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from haven.counsel.actions import Refused, waiting
from haven.counsel.models import Notification
from haven.counsel.opened import OpenNotification, Payload, opened
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.book import NOT_SAID
from haven.rulebook.consent import NOWHERE
from haven.rulebook.counsellors import CHANNEL, NOTIFICATION
from haven.trail import actions as trail
from haven.vault import tallies
from haven.vault.unlocking import Keyring

LAST_MONTH, LAST_DAY = 12, 31
STOPPED: Final[Payload] = {"outcome": "other", "destination": NOWHERE}


def due(keyring: Keyring, *, on: date) -> dict[int, int]:
    """The years whose figures can be taken on this day, with how many notifications of this counsellor each has."""
    rows = _uncounted(keyring, on)
    return {year: sum(row.year == year for row in rows) for year in sorted({row.year for row in rows})}


@transaction.atomic
def take(keyring: Keyring, *, by: User, on: date | None = None) -> int:
    """Count every notification of the years that are due; how many. What has ended is forgotten some days later."""
    day = on or localdate()
    rows = _uncounted(keyring, day, lock=True)
    if not rows:
        raise Refused("no_figures_due")
    return _count(rows, keyring, by, day)


@transaction.atomic
def stop(keyring: Keyring, *, by: User, on: date | None = None) -> int:
    """This counsellor leaves: everything is counted now, whatever its year, and ends. Nobody takes it over."""
    day = on or localdate()
    locked = Notification.objects.select_for_update().granted_to(keyring)
    for one in opened(locked.filter(closed_on=None), keyring=keyring, by=by):
        one.keep("closing", STOPPED, on=day)
        one.row.closed_on = day
        one.row.forget_on = day + waiting() if one.row.counted else None
        one.row.save(update_fields=["closed_on", "forget_on"])
    return _count(list(locked.uncounted()), keyring, by, day)


def count_unread(row: Notification) -> None:
    """Count one that nobody can open any more, in the caller's transaction: that it was there, and nothing of it."""
    _to_be_counted(row, {})


def _uncounted(keyring: Keyring, on: date, *, lock: bool = False) -> list[Notification]:
    rows = Notification.objects.select_for_update() if lock else Notification.objects.all()
    counsellors = shelf.current().routes.counsellors
    found = rows.granted_to(keyring).uncounted().filter(year__lt=on.year)
    return [row for row in found if counsellors.figures_of(row.year) <= on]


def _count(rows: list[Notification], keyring: Keyring, by: User, on: date) -> int:
    for one in opened(rows, keyring=keyring, by=by):
        _to_be_counted(one.row, coarse(one))
        one.row.counted = True
        one.row.forget_on = on + waiting() if one.row.closed_on else None
        one.row.save(update_fields=["counted", "forget_on"])
    trail.note_once("counsel.counted", subject=str(by.pk), by=str(by.pk))
    return len(rows)


def coarse(one: OpenNotification) -> Payload:
    """What may be known of it: codes of the rulebook only. How it ended is not known while it runs."""
    known = {name: one.taken.get(name) for name in ("category", "audience")} | one.closing
    return {name: value for name, value in known.items() if value}


def _to_be_counted(row: Notification, known: Payload) -> None:
    """On the last day of its year, as every other: the day on which figures are taken tells nothing then. If that year
    was released, the register counts it in the one that is open."""
    names = ("category", "audience", "outcome", "destination")
    values = {name: known.get(name, NOT_SAID) for name in names}
    values |= {"kind": NOTIFICATION, "channel": CHANNEL, "mode": NOT_SAID}
    values["capacity"] = shelf.current().routes.counsellors.capacity
    values["contact_in_time"] = NOT_SAID
    for at in ("intake", "closing"):
        tallies.keep({"at": at, "known": values}, on=min(date(row.year, LAST_MONTH, LAST_DAY), localdate()))
