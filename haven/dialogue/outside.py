"""What a reader outside does with a case. It comes as a file that they signed, and that nobody here can read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from json import loads
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import counting
from haven.cases.actions import NotNow, end
from haven.cases.models import Case, State
from haven.dialogue.actions import who_handles
from haven.people.readers import outside_of
from haven.rulebook import shelf
from haven.rulebook.outside import OutsideReader
from haven.rulebook.questions import COUNTABLE
from haven.trail import actions as trail
from haven.vault import outside
from haven.vault.errors import CannotOpen
from haven.vault.models import SealedItem
from haven.vault.readers import fingerprint
from haven.vault.sealing import newest

REPLY = "reply"
COARSE = (*COUNTABLE, "channel")
DECIDED = ("category", "outcome", "destination")
CODES = re.compile(r"[a-z0-9_,]{1,40}")  # option keys, several joined: no place for a word of somebody
MOST_IN_A_ROW = 2**31 - 1


@dataclass(frozen=True)
class Reply:
    """What the file says. `item` is the sealed message, `closing` the sealed end of the case or empty."""

    reference: str
    scope: UUID
    kid: str
    item: Mapping[str, Any] = field(repr=False)
    closing: str = field(repr=False)


def signed(said: bytes, signature: bytes) -> Reply:
    """The reply in a file. Raises CannotOpen unless one of the readers outside of routes.toml signed it."""
    try:
        read = loads(said)
        reply = Reply(read["case"], UUID(read["scope"]), read["kid"], read["item"], read["closing"])
    except outside.NONSENSE:
        raise CannotOpen from None
    readers = (reader for route in shelf.current().routes for reader in route.outside if _kid(reader) == reply.kid)
    if not any(outside.is_signed(reader.signs, signature, REPLY, said) for reader in readers):
        raise CannotOpen
    return reply


@transaction.atomic
def receive(reply: Reply, *, on: date | None = None) -> bool:
    """Keep the message and, when the reply says so, end the case. False: it came before, and nothing was done again.

    Raises NotNow when the case is not there, not theirs or has ended; CannotOpen when what was signed makes no sense.
    """
    day, case = on or localdate(), _case(reply, on)
    item = outside.unpack_item(reply.item, newest(case.pk, "replies"))
    if SealedItem.objects.filter(pk=item.pk).exists():
        return False
    if case.ended:
        raise NotNow("ended")
    if item.slot != "message" or not 0 < item.seq < MOST_IN_A_ROW:
        raise CannotOpen
    item.made_on = day
    item.save(force_insert=True)
    _move_on(case, item, day)
    trail.note("reply.sent", subject=case.reference, by=reply.kid, on=day)
    if reply.closing:
        coarse = _coarse(outside.open_closing(reply.closing, item.pk))
        counting.tell(counting.INTAKE, coarse, on=day)  # nobody here could count it when it came
        end(case, coarse, by=reply.kid, on=day)
    return True


def _case(reply: Reply, on: date | None) -> Case:
    """Absent, of another route, and struck out are one answer."""
    case: Case | None = Case.objects.select_for_update().filter(pk=reply.scope, reference=reply.reference).first()
    if case is None or not outside_of(case.route) or case.state == State.WITHDRAWN:
        raise NotNow("absent")
    if reply.kid not in {one.kid for one in who_handles(case, on=on)}:
        raise NotNow("absent")
    return case


def _move_on(case: Case, item: SealedItem, day: date) -> None:
    """The first answer is the first contact, and shows that somebody read it. Who answers an older package than the
    newest message of the reporter has not seen that one."""
    mailbox = case.mailbox
    unseen = case.reply_waiting and item.seq <= mailbox.last_seq
    mailbox.last_seq = max(mailbox.last_seq, item.seq)
    mailbox.save(update_fields=["last_seq"])
    state = State.OPEN if case.state in {State.NEW, State.FILED} else case.state
    first = {"contacted_on": case.contacted_on or day, "screened_on": case.screened_on or day}
    case.changed(state=state, reply_waiting=unseen, look_by=None, **first)


def _coarse(closing: Mapping[str, str]) -> dict[str, str]:
    """The row to count. Raises CannotOpen for anything but codes of the rulebook."""
    book = shelf.current()
    question = book.intake.counted_as("category")
    known = {
        "outcome": [one.key for one in book.routes.outcomes],
        "destination": [one.key for one in book.destinations()],
        "category": [one.key for one in question.options] if question else [],
    }
    if {*closing} != {*COARSE, *DECIDED} or not all(CODES.fullmatch(value) for value in closing.values()):
        raise CannotOpen
    if any(closing[column] not in keys for column, keys in known.items()):
        raise CannotOpen
    return dict(closing)


def _kid(reader: OutsideReader) -> str:
    return fingerprint(reader.opens, reader.signs)
