"""The people who stand by a party, as that party sees them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from haven.complaints import regulation
from haven.complaints.models import Document, Party
from haven.complaints.opened import OpenParty
from haven.complaints.parties import Invitation, kinds_of
from haven.rulebook.words import Text
from haven.vault.forms_state import seal_state

NOTES = "party notes"


@dataclass(frozen=True)
class Beside:
    """`reads`: the documents this person has a key to."""

    party: Party
    role: Text
    name: str
    function: str
    reads: frozenset[UUID]


def of(opened: OpenParty) -> list[Beside]:
    """Who is there now."""
    rules, rows = regulation.of(opened.row), opened.party.supporters.present().select_related("bundle")
    return [_beside(opened, row, rules.role(row.role).name) for row in rows.order_by("invited_on", "pk")]


def _beside(opened: OpenParty, row: Party, role: Text) -> Beside:
    me, held = opened.one(row.kind, "me"), set(kinds_of(row))
    papers = Document.objects.filter(complaint=opened.row)
    reads = frozenset(one.pk for one in papers if one.kind in held)
    return Beside(row, role, str(me.get("name", "")), str(me.get("function", "")), reads)


def letter(invitation: Invitation) -> dict[str, Any]:
    """What stands in the letter that the party hands over: where to go, the number, and the code."""
    address = f"{settings.PUBLIC_ADDRESS}{reverse('parties:first')}"
    lines = [address, invitation.number, invitation.code]
    return {"address": address, "notes": seal_state({"lines": lines}, purpose=NOTES)}
