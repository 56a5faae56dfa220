"""Somebody of ours is told a part: a management council the outcome and what follows (R-001-101). They have a seat
and no key to the course; they open the papers that were handed to them, of kinds that the regulation names."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import insiders, regulation
from haven.complaints.models import COURSE, Complaint, Seat
from haven.complaints.opened import Holding, NotNow, OpenComplaint, Paper, again
from haven.notices.actions import tell
from haven.people.models import User
from haven.trail import actions as trail
from haven.vault import grants, reading
from haven.vault.unlocking import Keyring


@dataclass(frozen=True)
class Handed:
    """What one person was handed of one complaint. The reference is all they know of it beside the papers."""

    complaint: Complaint
    papers: tuple[Paper, ...] = field(repr=False)


@transaction.atomic
def hand(opened: OpenComplaint, seat: Seat, documents: Collection[UUID], *, on: date | None = None) -> None:
    """Give these papers to somebody on no side, when they are letters of a step that informs this role."""
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    row = Seat.objects.admitted().filter(pk=seat.pk, complaint=now.row).select_related("user").first()
    papers = [one for one in now.papers if one.row.pk in set(documents)]
    if row is None or rules.side(row.role) != "other" or rules.side(now.seat.role) not in {"office", "decider"}:
        raise NotNow("not_in_this_role")
    kinds = regulation.kinds_for(rules, row.role)
    if not papers or len(papers) < len(set(documents)):
        raise NotNow("no_document")
    if not all(one.kind in kinds and not one.row.quarantined for one in papers):
        raise NotNow("not_for_this_role")
    reader = insiders.confirmed(row, on=day)
    if reader is None:
        raise NotNow("cannot_have_this_seat")
    grants.regrant(now.keyring, now.row.pk, [one.row.kind for one in papers], [reader])
    told = {"seat": row.pk.hex, "documents": [one.row.pk.hex for one in papers]}
    now.keep(COURSE, "handed", told, on=day)
    now.row.changed()
    tell([row.user], "waiting")
    trail.note("complaint.handed", subject=now.row.reference, by=str(now.by.pk), on=day)


def handed_to(keyring: Keyring, *, by: User) -> list[Handed]:
    """Everything that was handed to this person, the newest complaint first."""
    seats = Seat.objects.admitted().filter(user=by).select_related("complaint")
    rows = {one.complaint_id: one.complaint for one in seats if regulation.of(one.complaint).side(one.role) == "other"}
    items = reading.open_items(keyring, list(rows))
    found = [Holding(row, keyring, items.get(pk, [])) for pk, row in rows.items()]
    every = [Handed(one.row, tuple(one.held_papers())) for one in found]
    return sorted((one for one in every if one.papers), key=lambda one: one.complaint.received_on, reverse=True)
