"""What a party says beside documents: questions to the complaints officers, and requests to the committee."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import course, insiders, regulation
from haven.complaints.models import Complaint, Party, Seat
from haven.complaints.opened import NotNow, OpenComplaint, OpenParty, Payload, again, party_again
from haven.notices.actions import tell
from haven.people.models import User
from haven.trail import actions as trail
from haven.vault import reading
from haven.vault.unlocking import Keyring

MESSAGE, REQUEST = "message", "request"
PARTY, OFFICE, DISADVANTAGE = "party", "office", "disadvantage"


@dataclass(frozen=True)
class Said:
    """One message between a party and the officers. `about`: who said it, or that it tells of a disadvantage."""

    about: str
    text: str = field(repr=False)
    on: date


@dataclass(frozen=True)
class Wish:
    """One request of a party. `kind`: which of those that the regulation knows."""

    party: Party
    kind: str
    text: str = field(repr=False)
    on: date


@transaction.atomic
def ask(opened: OpenParty, text: str, *, disadvantaged: bool = False, on: date | None = None) -> None:
    """A question to the officers, or that somebody is put at a disadvantage because of this complaint (R-001-33). This
    is possible from the invitation until the complaint is forgotten: also before confidentiality, and after the end."""
    day, now = on or localdate(), party_again(opened)
    now.row.changed()
    now.keep(now.party.talk, MESSAGE, {"about": DISADVANTAGE if disadvantaged else PARTY, "text": text}, on=day)
    if disadvantaged:
        now.row.changed(look_by=min(day, now.row.look_by or day))
    tell(_officers(now), "waiting")
    trail.note("party.asked_officer", subject=now.row.reference, by=f"party {now.party.number}", on=day)


@transaction.atomic
def reply(opened: OpenComplaint, party: Party, text: str, *, on: date | None = None) -> None:
    """An answer of the officers. Only they and the party read it."""
    day, now = on or localdate(), again(opened)
    row = Party.objects.present().filter(pk=party.pk, complaint=now.row).first()
    if row is None or regulation.of(now.row).side(now.seat.role) != "office":
        raise NotNow("not_in_this_role")
    now.row.changed(look_by=course.next_day(now, on=day))
    now.keep(row.talk, MESSAGE, {"about": OFFICE, "text": text, "by": now.by.name}, on=day)
    trail.note("party.answered_by_officer", subject=now.row.reference, by=str(now.by.pk), on=day)


def talk(opened: OpenComplaint | OpenParty, party: Party) -> list[Said]:
    """In order; empty for who has no key to it."""
    lines = opened.of(party.talk, MESSAGE)
    return [Said(one.payload["about"], one.payload["text"], one.item.made_on) for one in lines]


def put_at_a_disadvantage(keyring: Keyring, rows: Iterable[Complaint]) -> set[UUID]:
    """The complaints in which somebody said so and has no answer yet; as far as there is a key to what they said. The
    number of queries does not grow with the complaints."""
    ids = [one.pk for one in rows]
    kinds = [one.talk for one in Party.objects.filter(complaint__in=ids)]
    found = set()
    for pk, items in reading.open_items(keyring, ids, kinds=kinds, slots=(MESSAGE,)).items():
        last = {one.kind: one.payload.get("about") for one in items if _counts(one.payload)}
        if DISADVANTAGE in last.values():
            found.add(pk)
    return found


def _counts(payload: Payload) -> bool:
    """Another question of the party does not take back what was said; an answer of the officers does."""
    return payload.get("about") in {DISADVANTAGE, OFFICE}


@transaction.atomic
def request(opened: OpenParty, kind: str, text: str, *, on: date | None = None) -> None:
    """Ask something of who handles the complaint: officers and committee read it."""
    day, now = on or localdate(), party_again(opened)
    known = {one.key for one in regulation.of(now.row).requests_of(now.party.role)}
    if kind not in known or now.row.ended_on or now.party.accepted_on is None or now.party.supports_id:
        raise NotNow("not_in_this_role")
    now.row.changed()
    now.keep(now.party.kind, REQUEST, {"kind": kind, "text": text}, on=day)
    tell(_officers(now), "waiting")
    trail.note("party.requested", subject=now.row.reference, by=f"party {now.party.number}", on=day)


def requests(opened: OpenComplaint | OpenParty) -> list[Wish]:
    """A party's own; of everybody for who handles the complaint."""
    parties = [opened.party] if isinstance(opened, OpenParty) else list(opened.row.parties.all())
    lines = [(party, one) for party in parties for one in opened.of(party.kind, REQUEST)]
    wishes = [Wish(party, one.payload["kind"], one.payload["text"], one.item.made_on) for party, one in lines]
    return sorted(wishes, key=lambda one: one.on)


def _officers(opened: OpenParty) -> list[User]:
    role = insiders.office_role(regulation.of(opened.row))
    held = Seat.objects.admitted().filter(complaint=opened.row, role=role).select_related("user")
    return [one.user for one in held]
