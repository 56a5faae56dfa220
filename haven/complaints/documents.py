"""Documents: each with a compartment of its own. Filing gives it to who handles the complaint; serving is another deed.

What a third party has told or written waits apart until there is their written permission (R-001-65).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import insiders, regulation
from haven.complaints.letter import digest
from haven.complaints.models import COURSE, Complaint, Document, Party
from haven.complaints.opened import NotNow, OpenComplaint, OpenParty, Paper, again, party_again
from haven.trail import actions as trail
from haven.vault import grants, sealing
from haven.vault.files import SealedFileInfo
from haven.vault.sealing import Reader, Sealing

EVERYBODY = ("office", "committee", "decider")
APART = ("office",)
COMMITTEE_ONLY = ("committee",)
ADDRESSED = "addressed"
"""Of a letter on which the address of somebody stands: it goes to nobody else."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is filed. `kind` is one of the regulation's words (letter, statement, report, recommendation, decision, …).

    `within`: which of our sides get a key. A draft report stays with the committee until its chair has approved it.
    """

    kind: str
    title: str = field(repr=False)
    text: str = field(default="", repr=False)
    language: str = "nl"
    more: dict[str, Any] = field(default_factory=dict, repr=False)
    files: tuple[tuple[SealedFileInfo, dict[str, Any]], ...] = field(default=(), repr=False)
    third_party: bool = False
    about: Party | None = None
    masks: Document | None = None
    within: tuple[str, ...] = EVERYBODY


def put(  # noqa: PLR0913  what, into which complaint, for whom
    row: Complaint, draft: Draft, *, readers: Sequence[Reader], by: str, on: date, filed_by: Party | None = None
) -> Document:
    """The rows of one document, in the caller's transaction. Its words are fixed with their hash and its day."""
    paper = Document(complaint=row, filed_on=on, filed_by=filed_by, about=draft.about, masks=draft.masks)
    paper.quarantined = draft.third_party
    paper.save(force_insert=True)
    fixed = digest(draft.text)
    head = {"kind": draft.kind, "title": draft.title, "text": draft.text, "language": draft.language}
    sealed = Sealing(row.pk, on)
    part = sealed.compartment(paper.kind, readers)
    part.item("paper", {**head, **draft.more, "by": by, "on": on.isoformat(), "sha256": fixed})
    for number, (info, about) in enumerate(draft.files):
        part.file(info, about, seq=number)
    sealed.save()
    kept = {"document": paper.pk.hex, "kind": draft.kind, "sha256": fixed, "by": by}
    sealing.keep(row.pk, COURSE, "document", kept, on=on, seq=row.stamp)
    return paper


@transaction.atomic
def file_document(opened: OpenComplaint | OpenParty, draft: Draft, *, on: date | None = None) -> Document:
    """Add a document to the file. A party can file while the complaint runs; nobody but ours sees it before it is
    served."""
    day = on or localdate()
    if isinstance(opened, OpenParty):
        return _filed_by_party(opened, draft, day)
    now = again(opened)
    kept = regulation.within(regulation.of(now.row), draft.kind)
    if kept and regulation.of(now.row).side(now.seat.role) not in kept:
        raise NotNow("not_in_this_role")
    sides = APART if draft.third_party else kept or draft.within
    if _may_hold_a_name(now, draft.about, draft.masks):
        sides = COMMITTEE_ONLY
    if set(sides) > {"committee"} and now.shows_a_hidden_name(None, f"{draft.title} {draft.text}"):
        raise NotNow("name_must_be_masked")
    readers = {one.kid: one for one in (now.keyring.reader, *insiders.seated(now.row, sides, on=day))}
    paper = put(now.row, draft, readers=[*readers.values()], by=now.seat.role, on=day)
    now.row.changed()
    trail.note("document.filed", subject=now.row.reference, by=str(now.by.pk), on=day)
    return paper


def _filed_by_party(opened: OpenParty, draft: Draft, day: date) -> Document:
    """Whatever the draft says, a party's paper goes to everybody who handles the complaint, and waits when it must."""
    now = party_again(opened)
    if now.row.ended_on or now.party.accepted_on is None:
        raise NotNow("ended" if now.row.ended_on else "confidentiality_first")
    if now.party.supports_id is not None:
        raise NotNow("not_in_this_role")  # who stands by somebody speaks through them
    readers = [now.keyring.reader, *insiders.seated(now.row, APART if draft.third_party else EVERYBODY, on=day)]
    paper = put(now.row, draft, readers=readers, by=now.party.role, on=day, filed_by=now.party)
    now.row.changed()
    trail.note("document.filed", subject=now.row.reference, by=f"party {now.party.number}", on=day)
    return paper


def with_a_hidden_name(opened: OpenComplaint) -> list[Paper]:
    """Papers of somebody whose name was hidden: to a party goes a copy without it (R-001-70)."""
    return [one for one in opened.papers if _may_hold_a_name(opened, one.row.about, one.row.masks)]


def _may_hold_a_name(opened: OpenComplaint, about: Party | None, masks: Document | None) -> bool:
    """Whether it is of somebody whose name was hidden, and no copy without the name: that stays with the committee."""
    return bool(about and masks is None and opened.people.get(about.pk, {}).get("anonymous"))


@transaction.atomic
def admit(opened: OpenComplaint, document: UUID, permission: UUID, *, on: date | None = None) -> None:
    """The third party gave written permission, and that is a document of the file: now the paper is part of it."""
    day, now = on or localdate(), again(opened)
    papers = {one.row.pk: one.row for one in now.papers}
    waiting, proof = papers.get(document), papers.get(permission)
    if waiting is None or proof is None or waiting == proof or not waiting.quarantined:
        raise NotNow("no_permission")
    to = insiders.seated(now.row, EVERYBODY, on=day)
    grants.regrant(now.keyring, now.row.pk, [waiting.kind], to)
    Document.objects.filter(pk=waiting.pk).update(quarantined=False)
    now.keep(COURSE, "permitted", {"document": document.hex, "permission": permission.hex}, on=day)
    now.row.changed()
    trail.note("document.permitted", subject=now.row.reference, by=str(now.by.pk), on=day)


@transaction.atomic
def approve(opened: OpenComplaint, document: UUID, *, on: date | None = None) -> None:
    """The chair approves a report or another paper before it goes to anybody (R-001-80)."""
    day, now = on or localdate(), again(opened)
    if not regulation.of(now.row).presides(now.seat.role) or document not in {one.row.pk for one in now.papers}:
        raise NotNow("not_in_this_role")
    now.keep(COURSE, "approved", {"document": document.hex, "by": now.seat.role}, on=day)
    now.row.changed()
    trail.note("document.approved", subject=now.row.reference, by=str(now.by.pk), on=day)


@transaction.atomic
def release(opened: OpenComplaint, document: UUID, *, on: date | None = None) -> None:
    """A paper that one side of ours made is final: everybody who handles the complaint gets a key; but not to a name
    that was hidden."""
    day, now = on or localdate(), again(opened)
    found = next((one for one in now.papers if one.row.pk == document and not one.row.quarantined), None)
    if found is None:
        raise NotNow("no_document")
    if regulation.within(regulation.of(now.row), found.kind):
        raise NotNow("kept_inside")
    if _may_hold_a_name(now, found.row.about, found.row.masks):
        return
    if now.shows_a_hidden_name(None, f"{found.title} {found.text}"):
        raise NotNow("name_must_be_masked")
    grants.regrant(now.keyring, now.row.pk, [found.row.kind], insiders.seated(now.row, EVERYBODY, on=day))
    trail.note("document.released", subject=now.row.reference, by=str(now.by.pk), on=day)


@transaction.atomic
def inspect(opened: OpenParty | OpenComplaint, document: UUID, *, on: date | None = None) -> Paper:
    """Open one document, and write down that it was read: by whom and on which day, once a day (R-001-87)."""
    day = on or localdate()
    found = next((one for one in opened.papers if one.row.pk == document), None)
    if found is None:
        raise Document.DoesNotExist
    who = opened.party.pk.hex if isinstance(opened, OpenParty) else str(opened.by.pk)
    sealing.keep(opened.row.pk, COURSE, "read", {"document": document.hex, "by": who}, on=day, seq=opened.row.stamp)
    actor = f"party {opened.party.number}" if isinstance(opened, OpenParty) else who
    trail.note_once("complaint.read", subject=opened.row.reference, by=actor)
    return found


def inspections(opened: OpenComplaint) -> list[tuple[date, str, UUID]]:
    """Who read which document on which day, each once a day: for who keeps the file."""
    if regulation.of(opened.row).side(opened.seat.role) not in {"office", "committee"}:
        return []
    lines = opened.of(COURSE, "read")
    return sorted({(one.item.made_on, str(one.payload["by"]), UUID(one.payload["document"])) for one in lines})
