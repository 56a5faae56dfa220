"""Invite somebody who takes part and has no account: keys of their own, a number, and a code for the letter.

Names lie in `course`, where everybody with a seat reads them; addresses in `office`, and of who may become anonymous
in their own part, where the committee can destroy them with the name. Who joins a side later gets at once what that
side was given and told before (equal arms, serving.py and course.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import course, insiders, regulation, serving
from haven.complaints.models import COMMITTEE, COURSE, OFFICE, Complaint, Party
from haven.complaints.opened import NotNow, OpenComplaint, OpenParty, Payload, again, party_again
from haven.trail import actions as trail
from haven.vault import grants, guests, sealing
from haven.vault.models import Grant, SealedItem
from haven.vault.sealing import Reader, Sealing

CONTACT = ("address", "mail", "phone")


@dataclass(frozen=True)
class Invitation:
    """What the letter prints. The code is shown once and kept nowhere."""

    party: Party
    code: str = field(repr=False)

    @property
    def number(self) -> str:
        return self.party.number


def place(  # noqa: PLR0913  who, in which role, beside whom, known to whom
    row: Complaint,
    role: str,
    person: Payload,
    *,
    readers: Sequence[Reader],
    officers: Sequence[Reader],
    on: date,
    supports: Party | None = None,
    names_in: str = COURSE,
    code: str = "",
) -> Invitation:
    """Make the keys and the parts of one party, in the caller's transaction. `names_in` must exist already."""
    bundle, code = guests.make(on, code)
    party = Party(complaint=row, role=role, bundle=bundle, supports=supports, invited_on=on)
    party.mark = guests.mark(row.pk, party.pk, bundle.kid)
    party.save(force_insert=True)
    sealed = Sealing(row.pk, on)
    name = {key: value for key, value in person.items() if key not in CONTACT}
    sealed.compartment(party.kind, [bundle.reader, *readers]).item("me", {"role": role, **name})
    sealed.compartment(party.talk, [bundle.reader, *officers])
    sealed.save()
    told = {"party": party.pk.hex, "role": role, **name}
    sealing.keep(row.pk, names_in, "party", told, on=on, seq=row.stamp)
    contact = {key: person[key] for key in CONTACT if person.get(key)}
    reached = party.kind if regulation.of(row).role(role).may_be_anonymous else OFFICE
    sealing.keep(row.pk, reached, "contact", {"party": party.pk.hex, **contact}, on=on, seq=row.stamp)
    if reached == OFFICE and person.get("address"):
        where = {"party": party.pk.hex, "address": person["address"]}
        sealing.keep(row.pk, party.kind, "contact", where, on=on, seq=row.stamp)
    return Invitation(party, code)


def reached(opened: OpenComplaint, party: Party) -> Payload:
    """How this party can be reached, as far as somebody has a key to that: the officers in every way that was given,
    the committee by post, for it sends letters too."""
    lines = [*opened.of(party.kind, "contact"), *opened.of(OFFICE, "contact")]
    return next((one.payload for one in reversed(lines) if one.payload["party"] == party.pk.hex), {})


@transaction.atomic
def invite(opened: OpenComplaint, role: str, person: Payload, *, on: date | None = None) -> Invitation:
    """Give somebody their place: defendant, witness, mediator. Only who keeps the file, or the committee for a witness.

    `person`: name, function, relation, and the ways to reach them.
    """
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    if (
        now.row.ended_on
        or not regulation.is_party(rules, role)
        or rules.side(now.seat.role) not in {"office", "committee"}
    ):
        raise NotNow("not_in_this_role")
    officers = insiders.seated(now.row, {"office"}, on=day)
    readers = insiders.seated(now.row, {"office", "committee"}, on=day)
    invitation = place(now.row, role, person, readers=readers, officers=officers, on=day)
    serving.catch_up(now, invitation.party, on=day)
    course.catch_up(now, invitation.party, on=day)
    now.row.changed()
    trail.note("complaint.invited", subject=now.row.reference, by=str(now.by.pk), on=day)
    return invitation


@transaction.atomic
def invite_again(opened: OpenComplaint, party: Party, *, on: date | None = None) -> Invitation:
    """New keys for a party who lost passphrase and paper. What was theirs is theirs again; the old keys open
    nothing."""
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    row = Party.objects.present().filter(pk=party.pk, complaint=now.row).first()
    if row is None or rules.side(now.seat.role) != "office":
        raise NotNow("not_in_this_role")
    held = sorted(set(kinds_of(row)))
    old, (bundle, code) = row.bundle, guests.make(day)
    row.bundle, row.mark, row.entered_on, row.accepted_on = (
        bundle,
        guests.mark(now.row.pk, row.pk, bundle.kid),
        None,
        None,
    )
    row.save(update_fields=["bundle", "mark", "entered_on", "accepted_on"])
    grants.regrant(now.keyring, now.row.pk, held, [bundle.reader])
    guests.end(old, now.row.pk)
    old.delete()
    trail.note("complaint.invited_again", subject=now.row.reference, by=str(now.by.pk), on=day)
    return Invitation(row, code)


def kinds_of(party: Party) -> list[str]:
    """The parts of the complaint to which this party has a key, as the rows say."""
    rows = Grant.objects.filter(kid=party.bundle.kid, compartment__scope=party.complaint_id)
    return list(rows.values_list("compartment__kind", flat=True))


@transaction.atomic
def support(opened: OpenParty, role: str, person: Payload, *, sees_all: bool, on: date | None = None) -> Invitation:
    """A party names somebody who stands by them, or a legal adviser (R-001-66, R-001-67). They see what the party shows
    them; with `sees_all` also everything the party is given from now on. The party hands over the letter themselves."""
    day, now = on or localdate(), party_again(opened)
    rules = regulation.of(now.row)
    if now.row.ended_on or now.party.accepted_on is None or not regulation.may_name(rules, now.party.role, role):
        raise NotNow("not_in_this_role")
    officers = insiders.seated(now.row, {"office"}, on=day)
    readers = [now.keyring.reader, *insiders.seated(now.row, {"office", "committee"}, on=day)]
    found = place(now.row, role, person, readers=readers, officers=officers, on=day, supports=now.party)
    Party.objects.filter(pk=found.party.pk).update(sees_all=sees_all)
    found.party.sees_all = sees_all
    now.row.changed()
    trail.note("party.supported", subject=now.row.reference, by=f"party {now.party.number}", on=day)
    return found


@transaction.atomic
def show(opened: OpenParty, supporter: Party, documents: Sequence[str], *, on: date | None = None) -> None:
    """Give a support person exactly these documents, by id. Only what the party holds can be given."""
    now = party_again(opened)
    theirs = now.party.supporters.present().select_related("bundle").filter(pk=supporter.pk).first()
    held = {str(one.row.pk): one.row for one in now.papers}
    if theirs is None or not documents or not set(documents) <= held.keys():
        raise NotNow("not_yours_to_give")
    grants.regrant(now.keyring, now.row.pk, [held[one].kind for one in documents], [theirs.reader])
    trail.note("party.showed", subject=now.row.reference, by=f"party {now.party.number}", on=on)


@transaction.atomic
def end_support(opened: OpenParty, supporter: Party, *, on: date | None = None) -> None:
    """The party no longer wants this person beside them. From the next moment they open nothing."""
    now = party_again(opened)
    theirs = now.party.supporters.present().filter(pk=supporter.pk).first()
    if theirs is None:
        raise NotNow("not_yours_to_give")
    leave(theirs, on=on or localdate())
    trail.note("party.support_ended", subject=now.row.reference, by=f"party {now.party.number}", on=on)


def leave(party: Party, *, on: date) -> None:
    """Access ends at once: keys, sessions, and every way to open them. In the caller's transaction."""
    guests.end(party.bundle, party.complaint_id)
    Party.objects.filter(pk=party.pk).update(left_on=on)


@transaction.atomic
def hide_name(opened: OpenComplaint, party: Party, pseudonym: str, *, reason: str, on: date | None = None) -> None:
    """A witness is heard anonymously, after a decision with reasons (R-001-70): the name stays with the committee.

    Everywhere else the pseudonym stands from now on; what held the name is destroyed.
    """
    day, now = on or localdate(), again(opened)
    known = now.people.get(party.pk)
    rules = regulation.of(now.row)
    if not reason.strip():
        raise NotNow("reasons_recorded")
    if known is None or rules.side(now.seat.role) != "committee" or not rules.role(party.role).may_be_anonymous:
        raise NotNow("not_in_this_role")
    lines = [one.item for one in now.of(COURSE, "party") if one.payload.get("party") == party.pk.hex]
    contact = [one.item.pk for one in now.of(party.kind, "contact")]
    now.keep(COMMITTEE, "party", {**known, "pseudonym": pseudonym, "anonymous": True, "reason": reason}, on=day)
    now.keep(COURSE, "party", {"party": party.pk.hex, "role": party.role, "name": pseudonym, "anonymous": True}, on=day)
    own = [one.item.pk for one in now.of(party.kind, "me")]
    SealedItem.objects.filter(pk__in=[*(one.pk for one in lines), *contact, *own]).delete()
    now.keep(party.kind, "me", {"role": party.role, "name": pseudonym}, on=day)
    _only_for_the_committee(now.row, party, on=day)
    now.row.changed()
    trail.note("party.anonymous", subject=now.row.reference, by=str(now.by.pk), on=day)


def _only_for_the_committee(row: Complaint, party: Party, *, on: date) -> None:
    """Papers of this party may hold the name: a copy without it is for who else handles the complaint."""
    others = [one.kid for one in insiders.seated(row, {"office", "decider"}, on=on)]
    kinds = [one.kind for one in row.documents.filter(about=party)]
    Grant.objects.filter(compartment__scope=row.pk, compartment__kind__in=kinds, kid__in=others).delete()
