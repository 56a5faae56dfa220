"""Take words of a case out of Haven: on paper, as a PDF, or as a copy with parts blacked out. The reporter sees it."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases.actions import NotNow
from haven.cases.models import Case, State
from haven.cases.opened import OpenCase
from haven.trail import actions as trail

SLOT = "export"


@transaction.atomic
def printed(opened: OpenCase) -> None:
    """A page to print was opened. Whether it was printed only paper knows, so opening it is what is told."""
    trail.note_once("case.printed", subject=opened.case.reference, by=str(opened.by.pk))


@transaction.atomic
def take_out(opened: OpenCase, *, reason: str, redacted: bool = False, on: date | None = None) -> None:
    """Record an export and why. Also of a case that ended: until its words are destroyed they can be needed."""
    day = on or localdate()
    case: Case = Case.objects.select_for_update().get(pk=opened.case.pk)
    if case.state == State.WITHDRAWN:
        raise NotNow("ended")
    said = {"redacted": redacted, "reason": reason, "by": opened.by.name}
    opened.keep("internal", SLOT, said, on=day, seq=case.stamp)
    case.changed()
    did = "case.redacted" if redacted else "case.exported"
    trail.note(did, subject=case.reference, by=str(opened.by.pk), on=day)
