"""Seats: who of ours has which role in one complaint. A seat is asked for, then declared and accepted, then admitted;
the keys come last. Who leaves loses them at once, and what comes later is sealed to new keys.

What one side of ours wrote before somebody was let in, somebody of that side can give them; nobody else has it.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import insiders, regulation
from haven.complaints.models import COMMITTEE, COURSE, DECIDING, OFFICE, Complaint, Party, Seat
from haven.complaints.opened import NotNow, OpenComplaint, Payload, again
from haven.notices.actions import tell
from haven.people.models import User
from haven.trail import actions as trail
from haven.vault import grants, reading, sealing
from haven.vault.errors import CannotOpen
from haven.vault.models import Compartment, Grant
from haven.vault.readers import Reader
from haven.vault.sealing import Sealing
from haven.vault.unlocking import Keyring

_OWN = {"committee": COMMITTEE, "decider": DECIDING, "office": OFFICE}
"""The part of a complaint that belongs to one side of ours."""

_SIDES: Final[dict[str, tuple[str, ...]]] = {
    COURSE: ("office", "committee", "decider"),
    OFFICE: ("office",),
    COMMITTEE: ("committee",),
    DECIDING: ("decider",),
    "party": ("office", "committee"),
    "talk": ("office",),
}
"""Who of ours reads each part that goes on being written in."""


@transaction.atomic
def appoint(
    opened: OpenComplaint, person: User, role: str, *, expertise: Collection[str] = (), on: date | None = None
) -> Seat:
    """Ask somebody to take a seat. They see who is involved, to know whether they are independent, and nothing else."""
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    if rules.side(now.seat.role) not in {"office", "decider"} or now.row.ended_on:
        raise NotNow("not_in_this_role")
    reader = _able(now, person, role, on=day)
    seat = Seat(complaint=now.row, user=person, role=role, since=day)
    seat.save(force_insert=True)
    officers = insiders.seated(now.row, {"office"}, on=day)
    asked = {"role": role, "names": [one.get("name", "") for one in now.people.values()], "entity": now.entity}
    sealed = Sealing(now.row.pk, day)
    sealed.compartment(seat.kind, [reader, *officers]).item("asked", asked)
    sealed.save()
    now.keep(COURSE, "seat", {"user": person.pk, "role": role, "expertise": sorted(expertise)}, on=day)
    if not rules.role(role).declares:
        admit_keys(now, seat, reader, on=day)
    tell([person], "waiting")
    now.row.changed()
    trail.note("seat.asked", subject=now.row.reference, by=str(now.by.pk), on=day)
    return seat


def _able(now: OpenComplaint, person: User, role: str, *, on: date) -> Reader:
    """Raises NotNow when this person cannot have this role: not of the pool, ruled out, or with a seat already."""
    found = [one for one in insiders.able(role, now.entity, on=on) if one.person == person]
    if not found or is_ruled_out(now, person):
        raise NotNow("cannot_have_this_seat")
    if Seat.objects.present().filter(complaint=now.row, user=person).exists():
        raise NotNow("has_a_seat")
    return found[0].reader


def is_ruled_out(now: OpenComplaint, person: User) -> bool:
    """Whoever is of a body that may not know of this complaint, who was struck out, and who stepped out of it."""
    if person.advises and person.advises in insiders.ruled_out_levels(now.row, now.facts):
        return True
    return person.pk in {one.payload["user"] for one in now.of(COURSE, "kept_out")}


def asked_of(person: User) -> Sequence[Seat]:
    """The seats that wait for an answer of this person."""
    rows = Seat.objects.present().filter(user=person, admitted_on__isnull=True)
    return list(rows.select_related("complaint").order_by("since", "pk"))


def question(seat: Seat, keyring: Keyring) -> Payload:
    """What this person is asked: the role, and who is involved."""
    items = reading.open_items(keyring, [seat.complaint_id], kinds=(seat.kind,)).get(seat.complaint_id, [])
    return next((one.payload for one in items if one.item.slot == "asked" and not one.damaged), {})


@transaction.atomic
def declare(  # noqa: PLR0913  who answers what, with which key
    seat: Seat, keyring: Keyring, by: User, *, independent: bool, accepts: bool, on: date | None = None
) -> None:
    """No connection with the institution or anybody involved (R-001-45), and confidentiality (R-001-105). Who cannot
    say both has no seat. Raises Seat.DoesNotExist when it is not theirs to answer."""
    day = on or localdate()
    row: Seat = (
        Seat.objects.present().select_for_update(of=("self",)).select_related("complaint").get(pk=seat.pk, user=by)
    )
    if row.admitted_on or not question(row, keyring):
        raise Seat.DoesNotExist
    said = independent and accepts
    row.declared_on, row.accepted_on = (day, day) if said else (None, None)
    row.left_on = None if said else day
    row.save(update_fields=["declared_on", "accepted_on", "left_on"])
    told = {"user": by.pk, "independent": independent, "accepts": accepts}
    sealing.keep(row.complaint_id, COURSE, "declared", told, on=day)
    trail.note("seat.declared" if said else "seat.refused", subject=row.complaint.reference, by=str(by.pk), on=day)


@transaction.atomic
def admit(opened: OpenComplaint, seat: Seat, *, on: date | None = None) -> None:
    """Give the keys to who declared and accepted. Asked again: the pool, the directory, and who is ruled out."""
    day, now = on or localdate(), again(opened)
    row = Seat.objects.present().filter(pk=seat.pk, complaint=now.row, admitted_on__isnull=True).first()
    if row is None or row.declared_on is None or is_ruled_out(now, row.user):
        raise NotNow("cannot_have_this_seat")
    reader = insiders.confirmed(row, on=day)
    if reader is None:
        raise NotNow("cannot_have_this_seat")
    admit_keys(now, row, reader, on=day)
    now.row.changed()
    trail.note("seat.admitted", subject=now.row.reference, by=str(now.by.pk), on=day)


def admit_keys(now: OpenComplaint, seat: Seat, reader: Reader, *, on: date) -> None:
    """In the caller's transaction. Each side gets what it needs: see docs/architecture.md for the table."""
    side = regulation.of(now.row).side(seat.role)
    if side in _OWN:
        _own_part(now, _OWN[side], reader, on=on)
        grants.regrant(now.keyring, now.row.pk, [COURSE, *_kinds(now, side)], [reader])
    accepted = seat.accepted_on or (None if regulation.of(now.row).role(seat.role).declares else on)
    Seat.objects.filter(pk=seat.pk).update(admitted_on=on, accepted_on=accepted)
    seat.admitted_on, seat.accepted_on = on, accepted


def _own_part(now: OpenComplaint, kind: str, reader: Reader, *, on: date) -> None:
    """Who is let in by somebody of their own side reads what that side wrote before; let in by another, from now on."""
    if reading.can_open(now.keyring, now.row.pk, kind):
        grants.regrant(now.keyring, now.row.pk, [kind], [reader])
    else:
        _begin(now.row, kind, [reader], on=on)


def _begin(row: Complaint, kind: str, more: Collection[Reader], *, on: date) -> None:
    """A new key pair for everybody who has a right to this part now, and for `more`. It opens nothing that was
    written."""
    sides = _SIDES[kind.partition(":")[0]]
    readers = {one.kid: one for one in (*insiders.seated(row, sides, on=on), *more)}
    newest = Compartment.objects.filter(scope=row.pk, kind=kind).order_by("-epoch").first()
    if readers:
        compartment, made = sealing.fresh(row.pk, kind, newest.epoch + 1 if newest else 1, readers.values())
        compartment.save(force_insert=True)
        Grant.objects.bulk_create(made)


def _kinds(now: OpenComplaint, side: str) -> list[str]:
    """What a side reads besides its own part, as far as the one who lets in can open it."""
    held = set(
        Grant.objects.filter(compartment__scope=now.row.pk, kid__in=now.keyring.kids).values_list(
            "compartment__kind", flat=True
        )
    )
    parties = list(Party.objects.filter(complaint=now.row))
    papers = now.row.documents.all() if side == "office" else now.row.documents.in_the_file()
    kinds = {one.kind for one in papers} - _kept_from(now, side)
    if side in {"office", "committee"}:
        kinds |= {one.kind for one in parties}
    if side == "office":
        kinds |= {one.talk for one in parties}
    return sorted(kinds & held)


def _kept_from(now: OpenComplaint, side: str) -> set[str]:
    """Papers that only other sides of ours ever hold, such as a recording."""
    rules = regulation.of(now.row)
    kept = [(one.row.kind, regulation.within(rules, one.kind)) for one in now.held_papers()]
    return {kind for kind, sides in kept if sides and side not in sides}


@transaction.atomic
def step_out(opened: OpenComplaint, seat: Seat, *, reason: str, on: date | None = None) -> None:
    """Somebody cannot go on, or must not (a connection came to light). Access ends at once, and they get no key
    again."""
    day, now = on or localdate(), again(opened)
    row = Seat.objects.present().filter(pk=seat.pk, complaint=now.row).first()
    own = row is not None and row.user == now.by
    if row is None or not (own or regulation.of(now.row).side(now.seat.role) in {"office", "committee"}):
        raise NotNow("not_in_this_role")
    now.keep(COURSE, "kept_out", {"user": row.user_id, "reason": reason, "role": row.role}, on=day)
    take_keys(now.row, [row.user], on=day)
    now.row.changed()
    trail.note("seat.left", subject=now.row.reference, by=str(now.by.pk), on=day)


def take_keys(row: Complaint, people: Collection[User], *, on: date) -> None:
    """Every grant and seat of these people in this complaint ends, in the caller's transaction; what is written from
    now on is sealed to new keys."""
    kids = insiders.kids_of(people)
    grants.revoke(row.pk, sorted(kids))
    Seat.objects.present().filter(complaint=row, user__in=list(people)).update(left_on=on)
    there = Compartment.objects.filter(scope=row.pk).values_list("kind", flat=True)
    for kind in sorted({COURSE, OFFICE, COMMITTEE, DECIDING} & set(there)):
        _begin(row, kind, (), on=on)
    parties = Party.objects.present().filter(complaint=row)
    for party in parties.select_related("bundle", "complaint", "supports__bundle"):
        with suppress(CannotOpen):  # keys that somebody exchanged in the database are not sealed to, and stop nothing
            beside = [party.supports.reader] if party.supports else []
            _begin(row, party.kind, [party.reader, *beside], on=on)
            _begin(row, party.talk, [party.reader], on=on)


@transaction.atomic
def end_access(person: User, *, route: str, on: date) -> None:
    """Somebody is taken off the list of the officers or of a pool: their seats and keys in every complaint end. A
    complaint that would have no other officer stays open to this one until another has a seat."""
    home = insiders.office()
    if route != home.team and home.pool(route) is None:
        return
    held = Seat.objects.present().filter(user=person).values("complaint")
    for row in Complaint.objects.filter(pk__in=held).select_for_update().order_by("pk"):
        others = Seat.objects.admitted().filter(complaint=row, role__in=home.roles).exclude(user=person)
        if person.advises or others.exists():
            take_keys(row, [person], on=on)
