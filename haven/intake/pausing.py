"""Stop on the way and come back: the draft waits, sealed under the receipt code, until a day. It is no report: nobody
of the staff can see that it exists, nobody is told, and the trail has no line of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from haven.dialogue.models import Mailbox
from haven.intake import state
from haven.intake.state import Draft, Reopened
from haven.rulebook import shelf
from haven.vault import codes, files, paused
from haven.vault.errors import Mistyped


class SentAlready(Exception):
    """The report of this code was sent: its answers do not wait any more."""


@dataclass(frozen=True)
class Waiting:
    """What waits under a code, and the last day on which it does."""

    reopened: Reopened
    until: date


@transaction.atomic
def pause(draft: Draft, *, on: date | None = None) -> date:
    """Keep the draft in place of what waited before, and its files as long. Gives the last day."""
    until = (on or localdate()) + timedelta(days=shelf.current().retention.periods.paused_days)
    if Mailbox.objects.filter(lookup=codes.lookup_id(draft.code)).exists():
        raise SentAlready
    for file in draft.files:
        state.renewed(file, until)
    paused.keep(draft.code, state.as_dict(draft), until=until)
    return until


def find(code: str, *, on: date | None = None) -> Waiting | None:
    """What waits under this code; of a code that was never made, thrown away or too late the same nothing."""
    try:
        found = paused.read(code, on=on or localdate())
    except Mistyped:
        return None
    return Waiting(state.from_dict(found[0]), found[1]) if found else None


@transaction.atomic
def throw_away(code: str) -> None:
    """The answers and their files, at once. May be repeated."""
    waiting = find(code)
    blobs = [info.blob for file in waiting.reopened.draft.files for info in file.infos] if waiting else []
    paused.drop(code)
    transaction.on_commit(lambda: files.unlink_all(settings.BLOB_ROOT, blobs))
