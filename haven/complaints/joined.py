"""Complaints about the same matter, brought together by the committee (R-001-49). Each stays a complaint of its own:
its complainant, its day of receipt, its documents and its finding. Together they can have one hearing."""

from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import regulation
from haven.complaints.models import COURSE
from haven.complaints.opened import NotNow, OpenComplaint, Paper, again, open_complaint
from haven.trail import actions as trail

JOINED = "joined"


@dataclass(frozen=True)
class Together:
    """One paper of a joint file, and the complaint to which it belongs."""

    reference: str
    paper: Paper = field(repr=False)


@transaction.atomic
def join(first: OpenComplaint, second: OpenComplaint, *, on: date | None = None) -> None:
    """Both are opened by the same person of the committee. Not when different bodies decide: then who may not know of
    the one would learn of it from the other."""
    day = on or localdate()
    pair = sorted((first, second), key=lambda one: one.row.pk)
    here, there = (again(one) for one in pair)
    rules = regulation.of(here.row)
    if here.row == there.row or here.by != there.by or rules.side(here.seat.role) != "committee":
        raise NotNow("not_in_this_role")
    if here.row.ended_on or there.row.ended_on:
        raise NotNow("ended")
    if rules != regulation.of(there.row) or rules.replaced(here.facts) != rules.replaced(there.facts):
        raise NotNow("decided_by_another")
    token = next((one.payload["token"] for one in (*here.of(COURSE, JOINED), *there.of(COURSE, JOINED))), token_hex(8))
    for one, other in ((here, there), (there, here)):
        one.keep(COURSE, JOINED, {"token": token, "with": other.row.reference}, on=day)
        held = one.facts | rules.showing({JOINED})
        one.keep(COURSE, "facts", {"hold": sorted(held)}, on=day)
        one.row.changed()
        trail.note("complaint.joined", subject=one.row.reference, by=str(one.by.pk), on=day)


def others(opened: OpenComplaint) -> list[str]:
    """The references of what this complaint was joined with, as far as this person can open them."""
    said = {one.payload["with"] for one in opened.of(COURSE, JOINED)} - {opened.row.reference}
    return sorted(said)


def file(opened: OpenComplaint) -> list[Together]:
    """The joint file: every paper with the complaint to which it belongs, by day."""
    found = [Together(opened.row.reference, one) for one in opened.papers]
    for reference in others(opened):
        try:
            other = open_complaint(reference, keyring=opened.keyring, by=opened.by)
        except opened.row.DoesNotExist:
            continue  # joined, and not theirs: who substitutes in the one has no seat in the other
        found += [Together(reference, one) for one in other.papers]
    return sorted(found, key=lambda one: (one.paper.on, one.reference))
