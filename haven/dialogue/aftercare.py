"""What the reporter decides and tells afterwards: whether to be asked again, that something goes wrong because of this,
how it went. Also when the case is closed, as long as its words are there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import afterwards
from haven.cases.actions import NotNow, next_message
from haven.cases.afterwards import SLOT, Later
from haven.cases.consent import present
from haven.cases.models import Case
from haven.cases.opened import Payload
from haven.dialogue.actions import OpenMailbox, who_handles
from haven.notices.actions import tell
from haven.people.readers import staff_of
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import sealing

DISADVANTAGE: Final = "disadvantage"


@dataclass(frozen=True, kw_only=True)
class Told:
    """In the reporter's own words. `once` names the form: sent twice, it is one concern."""

    what: str = field(repr=False)
    since: str = field(default="", repr=False)
    wish: str = field(default="", repr=False)
    once: str = ""


def later(box: OpenMailbox) -> Later:
    return afterwards.read(box.keyring, box.case.pk)


@transaction.atomic
def answer(box: OpenMailbox, key: str, keys: tuple[str, ...], *, on: date | None = None) -> None:
    """Agree to check-ins, to fewer than were proposed, or to none."""
    day, case = on or localdate(), present(box.case)
    plan = later(box).plan
    if plan is None or plan.id != key or not plan.waits:
        raise NotNow("answered_already")
    agreed = [one for one in plan.proposed["after"] if one in keys]
    _keep(case, {"id": key, "about": "answered", "keys": agreed, "how": "mailbox"}, day)
    _settle(box, case, day)
    trail.note("aftercare.answered", subject=case.reference, by="reporter", on=day)


@transaction.atomic
def stop(box: OpenMailbox, *, on: date | None = None) -> None:
    """No longer. The words go on the earlier day again, or tomorrow when that day has passed."""
    day, case = on or localdate(), present(box.case)
    plan = later(box).plan
    if plan is None or not plan.agreed:
        raise NotNow("nothing_to_stop")
    _keep(case, {"id": plan.id, "about": "stopped", "how": "mailbox"}, day)
    _settle(box, case, day)
    trail.note("aftercare.stopped", subject=case.reference, by="reporter", on=day)


@transaction.atomic
def concern(box: OpenMailbox, told: Told, *, on: date | None = None) -> None:
    """“I am being disadvantaged because of this.” It has its own clock, and the words stay until somebody looked."""
    day, case = on or localdate(), present(box.case)
    days = shelf.current().aftercare.disadvantage_working_days
    due = shelf.current().calendar.add_working_days(day, days).day
    raise_later(box, case, told, {"kind": DISADVANTAGE, "due": due.isoformat()}, day)


def raise_later(box: OpenMailbox, case: Case, told: Told, asked: Payload, day: date) -> None:
    """The words to the team, in `report`; that it was asked, and by when we look, where both sides can read it."""
    if told.once and any(mark.payload.get("once") == told.once for mark in box.marks()):
        return
    key, number = token_hex(8), next_message(case)
    words = {"text": told.what, "since": told.since, "wish": told.wish, "files": []}
    message = {"from": "reporter", "about": "later", "id": key, **words}
    sealing.keep(case.pk, "report", "message", message, on=day, seq=number)
    mark = {"about": "later", "id": key, "once": told.once}
    sealing.keep(case.pk, "replies", "mark", mark, on=day, seq=number)
    _keep(case, {"id": key, "about": "asked", **asked}, day)
    _settle(box, case, day)
    _tell_colleagues(case)
    trail.note("message.received", subject=case.reference, by="reporter", on=day)


@transaction.atomic
def write_back(box: OpenMailbox, words: str, *, once: str = "", on: date | None = None) -> None:
    """A message in a closed case, while a check-in is agreed or somebody looked at what was told later."""
    day, case, now = on or localdate(), present(box.case), later(box)
    if not can_write_back(now):
        raise NotNow("ended")
    if once and any(mark.payload.get("once") == once for mark in box.marks()):
        return
    number = next_message(case)
    said = {"from": "reporter", "text": words, "files": []}
    sealing.keep(case.pk, "report", "message", said, on=day, seq=number)
    sealing.keep(case.pk, "replies", "mark", {"once": once, "files": 0}, on=day, seq=number)
    _settle(box, case, day)
    _tell_colleagues(case)
    trail.note("message.received", subject=case.reference, by="reporter", on=day)


def can_write_back(now: Later) -> bool:
    return bool(now.concerns) or bool(now.plan and now.plan.agreed)


@transaction.atomic
def evaluate(box: OpenMailbox, answers: Mapping[str, str], *, on: date | None = None) -> None:
    """How it went, once, after closing. The team of the case reads it; nothing of it is counted."""
    day, case = on or localdate(), present(box.case)
    if not case.ended:
        raise NotNow("not_closed")
    if later(box).evaluated_on is not None:
        raise NotNow("answered_already")
    key = token_hex(8)
    sealing.keep(case.pk, "report", SLOT, {"id": key, "answers": dict(answers)}, on=day, seq=case.stamp)
    _keep(case, {"id": key, "about": "evaluated"}, day)
    case.changed()
    trail.note("message.received", subject=case.reference, by="reporter", on=day)


def _keep(case: Case, line: Payload, day: date) -> None:
    sealing.keep(case.pk, "replies", SLOT, line, on=day, seq=case.stamp)


def _settle(box: OpenMailbox, case: Case, day: date) -> None:
    afterwards.settle(box.keyring, case, on=day)


def _tell_colleagues(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(reply_waiting=True)
    tell(staff_of(case.route, who_handles(case)), "waiting")
