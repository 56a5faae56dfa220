"""Told to a physician or an official of justice: they are exempt from confidentiality, and each time is written down
(R-001-106). Haven hands nothing over by itself."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import regulation
from haven.complaints.models import OFFICE
from haven.complaints.opened import NotNow, OpenComplaint, Payload, again
from haven.trail import actions as trail

EXEMPT: Final = ("physician", "justice")
DISCLOSED = "disclosed"


@transaction.atomic
def disclose(opened: OpenComplaint, to: str, *, whom: str, what: str, on: date | None = None) -> None:
    """Write down that something was told, to whom and what. Only who keeps the file does, and reads it."""
    day, now = on or localdate(), again(opened)
    if (
        regulation.of(now.row).side(now.seat.role) != "office"
        or to not in EXEMPT
        or not (whom.strip() and what.strip())
    ):
        raise NotNow("not_in_this_role")
    now.keep(OFFICE, DISCLOSED, {"to": to, "whom": whom, "what": what, "by": now.by.name}, on=day)
    now.row.changed()
    trail.note("complaint.disclosed", subject=now.row.reference, by=str(now.by.pk), on=day)


def disclosures(opened: OpenComplaint) -> list[tuple[date, Payload]]:
    return [(one.item.made_on, one.payload) for one in opened.of(OFFICE, DISCLOSED)]
