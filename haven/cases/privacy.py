"""What is decided on a request about personal data: a longer term, and for each person who is named what they are told.
The request itself is among what came later (afterwards.py), and is answered there."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import afterwards, reviews
from haven.cases.actions import NotNow, next_message
from haven.cases.afterwards import SLOT, Concern
from haven.cases.consent import present
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.cases.reminders import renew_days
from haven.rulebook import shelf
from haven.trail import actions as trail

PRIVACY, DECISION = "privacy", "decision"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """For one person who is named: what, why, and when one looks again."""

    name: str = field(repr=False)
    decision: str
    reason: str = field(default="", repr=False)
    review_on: date | None = None
    mark: str = field(default="", repr=False)  # for the own list of who decided, which outlives the case


@transaction.atomic
def extend(opened: OpenCase, key: str, *, reason: str, on: date | None = None) -> None:
    """Take the longer term, once, before the first is over. The reason is read by who asked."""
    day, case = on or localdate(), present(opened.case)
    request, longest = _open(opened, case, key), shelf.current().privacy.extended
    if request.asked.get("why_longer") or day > request.due:
        raise NotNow("extended_already")
    line = {"id": key, "about": "extended", "due": longest(request.day).isoformat(), "reason": reason}
    opened.keep("replies", SLOT, line, on=day, seq=case.stamp)
    afterwards.settle(opened.keyring, case, on=day)
    trail.note("case.term_extended", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def decide(opened: OpenCase, key: str, decided: Decided, *, on: date | None = None) -> None:
    """Keep a decision for one named person. Sealed for colleagues only: an answer tells nothing of it by itself.

    With a day to look again the colleague who decided is reminded on it, whatever becomes of the case (reviews.py).
    """
    day, case = on or localdate(), present(opened.case)
    _open(opened, case, key)
    kind = shelf.current().privacy.decision(decided.decision)
    if kind is None or (kind.look_again and decided.review_on is None):
        raise NotNow("day_missing")
    if decided.review_on is not None and decided.review_on <= day:
        raise NotNow("not_to_come")
    review = decided.review_on.isoformat() if decided.review_on else ""
    said = {"name": decided.name, "decision": decided.decision, "reason": decided.reason, "review_on": review}
    line = {"id": key, "about": DECISION, **said, "by": opened.by.name}
    opened.keep("internal", SLOT, line, on=day, seq=case.stamp)
    case.changed()
    if decided.review_on is not None:
        reviews.keep(opened.keyring, case, day=decided.review_on, decision=decided.decision, mark=decided.mark)
        renew_days(opened)
    trail.note("case.noted", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def ask_who(opened: OpenCase, key: str, *, text: str, on: date | None = None) -> None:
    """First know who asks. The request stays open: this is no answer to it."""
    day, case = on or localdate(), present(opened.case)
    _open(opened, case, key)
    message = {"from": "team", "by": opened.by.name, "text": text}
    opened.keep("replies", "message", message, on=day, seq=next_message(case))
    case.changed()
    trail.note("reply.sent", subject=case.reference, by=str(opened.by.pk), on=day)


def _open(opened: OpenCase, case: Case, key: str) -> Concern:
    found = afterwards.read(opened.keyring, case.pk).concern(key)
    if found is None or found.kind != PRIVACY:
        raise NotNow("no_task")
    return found
