"""Who has to be sent what before a complaint can be closed (R-001-99, R-001-100)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import course, regulation
from haven.complaints.models import COURSE, Document, Party, Seat, Served
from haven.complaints.opened import NotNow, OpenComplaint, again
from haven.rulebook.procedure import Step
from haven.trail import actions as trail


@dataclass(frozen=True)
class Recipient:
    """One line of the list: a role, the party when it is one, and the day on which all was sent; None while it
    waits."""

    role: str
    party: Party | None
    sent_on: date | None


def package(now: OpenComplaint) -> list[Document]:
    """Every paper that belongs to a step that was taken: recommendation, decision, reports. A masked copy stands for
    what it masks."""
    named = {one for done in course.done(now) for one in done.documents}
    rows = list(now.row.documents.in_the_file().filter(pk__in=named))
    masked = {one.masks_id: one for one in now.row.documents.filter(masks__in=rows)}
    return [masked.get(row.pk, row) for row in rows]


def recipients(now: OpenComplaint, step: Step) -> list[Recipient]:
    """Drawn from whom the regulation informs of this step."""
    rules, papers = regulation.of(now.row), package(now)
    found: list[Recipient] = []
    for role in step.informs:
        if regulation.is_party(rules, role):
            parties = Party.objects.as_role(role).filter(complaint=now.row)
            found += [Recipient(role, one, _served_all(one, papers)) for one in parties]
        else:
            found.append(Recipient(role, None, _told(now, role)))
    return found


def waiting(now: OpenComplaint, step: Step) -> list[Recipient]:
    return [one for one in recipients(now, step) if one.sent_on is None]


def _served_all(party: Party, papers: Sequence[Document]) -> date | None:
    """What a witness is not given by rule is not missed: only both sides get the whole."""
    rules = regulation.of(party.complaint)
    if party.role not in rules.sides:
        return party.invited_on
    rows = dict(Served.objects.filter(party=party, document__in=papers).values_list("document", "on"))
    return max(rows.values()) if papers and len(rows) == len(papers) else None


def _told(now: OpenComplaint, role: str) -> date | None:
    """Who has a seat reads the file; others are written to, and that is recorded. A role that nobody has is not missed
    once it is recorded that nobody is to be told."""
    seat = Seat.objects.admitted().filter(complaint=now.row, role=role).first()
    lines = [one.item.made_on for one in now.of(COURSE, "sent") if one.payload["role"] == role]
    return lines[-1] if lines else seat.admitted_on if seat else None


@transaction.atomic
def record_sent(opened: OpenComplaint, role: str, *, how: str, on: date | None = None) -> None:
    """Somebody without a place here was sent their part, or there is nobody to send it to: `how` says which."""
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    if rules.side(now.seat.role) != "office" or not rules.side(role) or not how.strip():
        raise NotNow("not_in_this_role")
    now.keep(COURSE, "sent", {"role": role, "how": how}, on=day)
    now.row.changed()
    trail.note("complaint.sent", subject=now.row.reference, by=str(now.by.pk), on=day)
