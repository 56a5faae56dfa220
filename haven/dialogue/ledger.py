"""What the reporter can see of what was done with the report: which function did what, on which day (R-000-21)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from haven.cases import risk
from haven.cases.opened import Payload
from haven.dialogue.actions import OpenMailbox
from haven.people.models import User
from haven.trail.models import Entry
from haven.vault import reading

SHOWN: Final = (
    "case.opened",
    "file.opened",
    "identity.revealed",
    "case.assigned",
    "case.stepped_back",
    "case.referred.team",
    "case.referred.place",
    "referral.opened",
    "referral.given_back",
    "case.closed",
    "case.printed",
    "case.exported",
    "case.redacted",
)
"""Of the trail, what tells that somebody read, passed on, took out or stepped back. Nothing of a risk: that comes when
it is told."""


@dataclass(frozen=True)
class Seen:
    """One line. `function` is empty for somebody who works here no longer."""

    day: date
    did: str
    function: str


@dataclass(frozen=True)
class Told:
    """A risk that was disclosed without consent, as the reporter is told of it."""

    day: date
    payload: Payload = field(repr=False)


def ledger(box: OpenMailbox, language: str) -> list[Seen]:
    """By day. Two colleagues of one function are one line: who it was matters less than that it was read."""
    entries = list(Entry.objects.filter(subject=box.case.reference, did__in=SHOWN))
    people = User.objects.in_bulk([int(one.actor) for one in entries if one.actor.isdigit()])
    functions = {str(pk): person.function(language) for pk, person in people.items()}
    lines = [Seen(one.day, one.did, functions.get(one.actor, "")) for one in entries]
    return list(dict.fromkeys(lines))


def risks(box: OpenMailbox) -> list[Told]:
    """What was told without consent, as far as the reporter may know of it now."""
    opened = reading.open_items(box.keyring, [box.case.pk], kinds=("replies",), slots=(risk.SLOT,))
    found = [one for one in opened.get(box.case.pk, []) if not one.damaged]
    return [Told(date.fromisoformat(one.payload["day"]), one.payload) for one in found]
