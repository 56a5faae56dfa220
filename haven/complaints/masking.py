"""A copy of a paper with words blacked out, to be served instead of it. What it masks stays with who may see it
(R-001-70)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import documents, insiders, regulation
from haven.complaints.documents import Draft
from haven.complaints.models import COURSE, Document
from haven.complaints.opened import NotNow, OpenComplaint, again
from haven.trail import actions as trail
from haven.vault import grants


@transaction.atomic
def mask(  # noqa: PLR0913  which paper, what stays of it, and why
    opened: OpenComplaint, document: UUID, *, title: str, text: str, reason: str, on: date | None = None
) -> Document:
    """`title` and `text`: what is left. Files do not go along: what stands in them, nobody blacked out."""
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    found = next((one for one in now.papers if one.row.pk == document), None)
    if rules.side(now.seat.role) not in {"office", "committee"} or now.row.ended_on:
        raise NotNow("not_in_this_role")
    if found is None or found.row.quarantined or found.row.masks_id or regulation.within(rules, found.kind):
        raise NotNow("no_document")
    if found.row.served.filter(exception="").exists():
        raise NotNow("served_before")
    if not reason.strip():
        raise NotNow("reasons_recorded")
    draft = Draft(
        kind=found.kind, title=title, text=text, language=str(found.head.get("language", "nl")), masks=found.row,
        about=found.row.about, within=_who_holds(now, found.row, on=day),
    )  # fmt: skip
    made = documents.file_document(now, draft, on=day)
    now.keep(COURSE, "masked", {"document": document.hex, "copy": made.pk.hex, "reason": reason}, on=day)
    trail.note("document.masked", subject=now.row.reference, by=str(now.by.pk), on=day)
    return made


def _who_holds(now: OpenComplaint, paper: Document, *, on: date) -> tuple[str, ...]:
    """The sides of ours that hold the paper: a copy of a draft is a draft. A hidden name is what they have not seen."""
    if now.shows_a_hidden_name(paper.about, ""):
        approved = {one.payload["document"] for one in now.of(COURSE, "approved")}
        return documents.EVERYBODY if paper.pk.hex in approved else ("committee",)
    held = grants.kids_of(now.row.pk, paper.kind)
    return tuple(
        side for side in documents.EVERYBODY if {one.kid for one in insiders.seated(now.row, {side}, on=on)} <= held
    )
