"""Aftercare of both sides: of who complained and of who was complained about, also after it ended (R-003-20).

The officers keep what was agreed with whom. In the part that everybody with a seat reads stands a day only: the clock
and who takes the next step must not lose it.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import course, regulation
from haven.complaints.course import CARE_DAYS
from haven.complaints.models import COURSE, OFFICE, Party
from haven.complaints.opened import NotNow, OpenComplaint, again
from haven.trail import actions as trail

CARE = "care"


@dataclass(frozen=True)
class Care:
    """What was offered to, or agreed with, one party. `look_on`: when the officers ask again how it is."""

    party: Party
    text: str = field(repr=False)
    on: date
    look_on: date | None


@transaction.atomic
def give(
    opened: OpenComplaint, party: Party, text: str, *, look_on: date | None = None, on: date | None = None
) -> None:
    """Write down what was agreed with one party, and by when to ask again. The last line of a party counts: without a
    day it is done. Also after the end, and for who left; until the complaint is forgotten."""
    day, now = on or localdate(), again(opened)
    if regulation.of(now.row).side(now.seat.role) != "office":
        raise NotNow("not_in_this_role")
    row = now.row.parties.filter(pk=party.pk).first()
    if row is None or not text.strip():
        raise NotNow("reasons_recorded")
    if look_on is not None and look_on <= day:
        raise NotNow("already_past")
    days = {one.party.pk: one.look_on for one in given(now)} | {row.pk: look_on}
    told = {"party": row.pk.hex, "text": text, "look_on": look_on.isoformat() if look_on else ""}
    now.row.changed()
    now.keep(OFFICE, CARE, told, on=day)
    now.keep(COURSE, CARE_DAYS, {"days": sorted(one.isoformat() for one in days.values() if one)}, on=day)
    now.row.changed(look_by=course.next_day(again(now), on=day))
    trail.note("complaint.aftercare", subject=now.row.reference, by=str(now.by.pk), on=day)


def given(opened: OpenComplaint) -> list[Care]:
    """In order; empty for who is no officer."""
    parties = {one.pk.hex: one for one in opened.row.parties.all()}
    lines = [(one.payload, one.item.made_on) for one in opened.of(OFFICE, CARE)]
    return [_care(parties[told["party"]], told, on) for told, on in lines if told["party"] in parties]


def _care(party: Party, told: dict[str, str], on: date) -> Care:
    return Care(party, told["text"], on, date.fromisoformat(told["look_on"]) if told["look_on"] else None)


def not_asked(opened: OpenComplaint) -> list[Party]:
    """Who is on one of both sides and was not asked, once there is an outcome that everybody gets."""
    rules, taken = regulation.of(opened.row), course.of(opened).steps
    last = [one for one in rules.steps if "dispatch_complete" in one.needs]
    if not any({*one.after, *one.after_any} & taken for one in last):
        return []
    asked = {one.party.pk for one in given(opened)}
    return [one for one in opened.row.parties.filter(role__in=rules.sides) if one.pk not in asked]
