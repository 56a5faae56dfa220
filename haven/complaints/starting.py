"""The start of a complaint: a letter in which the regulation is invoked (R-001-10). Nothing becomes a complaint by
itself.

The words are sealed to the complaints officers and to the complainant. No officer needs to be there, and none is asked.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases.referral import Referred
from haven.complaints import documents, insiders, parties, regulation
from haven.complaints.course import STEP, Done
from haven.complaints.letter import CASE, SITE, Letter
from haven.complaints.models import COURSE, OFFICE, Complaint, Document, Seat
from haven.complaints.opened import NotNow
from haven.notices.actions import tell
from haven.people.models import User
from haven.people.readers import RouteReader
from haven.trail import actions as trail
from haven.vault import sealing
from haven.vault.sealing import Sealing


@dataclass(frozen=True)
class Started:
    """What the door shows: the reference, and the number and code with which the complainant comes in, once."""

    complaint: Complaint
    letter: Document
    invitation: parties.Invitation = field(repr=False)


@transaction.atomic
def start(  # noqa: PLR0913  a letter, and each way it can come
    letter: Letter,
    *,
    by: User | None = None,
    referred: Referred | None = None,
    struck_out: Collection[str] = (),
    as_id: UUID | None = None,
    code: str = "",
    on: date | None = None,
) -> Started:
    """Register a letter. `by`: the officer who enters one that came on paper or from the contact point, and then
    `referred` is what the reporter agreed to pass on; on the site nobody. `struck_out`: officers who must not read it,
    by key id. `as_id`: drawn when the form was begun, so that sending it twice is sending it once. `code`: with
    which the complainant comes in, when it was made with the form (sending.py).
    Raises NotNow, NoOffice or NoRegulation.

    Late, incomplete, or of somebody who may not complain: it starts all the same, and the flags say so.
    """
    day = on or localdate()
    if letter.requested_by:
        raise NotNow("not_invoked")
    officers = _taken_by(letter, by, struck_out, on=day)
    _may_be_carried(letter, referred)
    if as_id is not None and Complaint.objects.filter(pk=as_id).exists():
        raise NotNow("sent_already")
    letter = replace(letter, origin=str(referred.about["id"])) if referred else letter
    row = _row(letter, as_id or uuid4())
    _first_parts(row, letter, officers, on=day)
    started = _with_complainant(row, letter, officers, on=day, code=code)
    tell([one.person for one in officers if one.person], "waiting")
    trail.note("complaint.started", subject=row.reference, by=str(by.pk) if by else "complainant", on=day)
    return started


def _may_be_carried(letter: Letter, referred: Referred | None) -> None:
    """What was told at the contact point goes over with consent only; and it is a letter when whoever told it signed
    that, and knew before that it carries their name (R-001-10, R-001-57)."""
    if (letter.way == CASE) != (referred is not None):
        raise NotNow("no_consent")
    if letter.way == CASE and not (letter.told_named and letter.signed_on and letter.complainant.name.strip()):
        raise NotNow("not_signed")
    if letter.signed_on and letter.signed_on > letter.received_on:
        raise NotNow("signed_later")


@transaction.atomic
def start_on_request(letter: Letter, *, by: User, as_id: UUID | None = None, on: date | None = None) -> Complaint:
    """Who decides asks for an investigation without a complaint (R-001-37). An officer enters the request; there is no
    complainant, and nothing is asked of one."""
    day = on or localdate()
    officers = _taken_by(letter, by, (), on=day)
    if as_id is not None and Complaint.objects.filter(pk=as_id).exists():
        raise NotNow("sent_already")
    row = _row(letter, as_id or uuid4())
    first = regulation.first_on_request(regulation.of(row), letter)
    if first is None:
        raise NotNow("not_in_this_role")
    _first_parts(row, letter, officers, on=day)
    readers = [one.reader for one in officers]
    documents.put(row, _draft(letter, "request"), readers=readers, by=letter.requested_by, on=day)
    taken = Done(first, letter.received_on, letter.requested_by, ("description",))
    sealing.keep(row.pk, COURSE, STEP, taken.line(), on=letter.received_on, seq=row.stamp)
    tell([one.person for one in officers if one.person], "waiting")
    trail.note("complaint.requested", subject=row.reference, by=str(by.pk), on=day)
    return row


def _row(letter: Letter, key: UUID) -> Complaint:
    """Under the regulation that was in force on the day of receipt."""
    procedure = regulation.in_force(letter.kind, letter.entity, letter.received_on)
    row = Complaint(id=key, procedure=procedure.key, version=procedure.version, received_on=letter.received_on)
    row.save(force_insert=True)
    return row


def _draft(letter: Letter, kind: str) -> documents.Draft:
    more = {"letter": letter.head()}
    text, language = letter.fixed(), letter.language
    return documents.Draft(kind=kind, title="", text=text, language=language, files=letter.files, more=more)


def _taken_by(letter: Letter, by: User | None, struck_out: Collection[str], *, on: date) -> list[RouteReader]:
    """The officers it is sealed to. One that did not come by the site is entered by one of them."""
    if not letter.invoked:
        raise NotNow("not_invoked")
    if letter.received_on > on:
        raise NotNow("still_to_come")
    officers = insiders.officers(on, but=struck_out)
    if (by is None) != (letter.way == SITE) or (by and by not in [one.person for one in officers]):
        raise NotNow("not_in_this_role")
    return officers


def _first_parts(row: Complaint, letter: Letter, officers: Collection[RouteReader], *, on: date) -> None:
    """The course and the office, and a seat for each officer: they need not be asked."""
    rules, readers = regulation.of(row), [one.reader for one in officers]
    sealed = Sealing(row.pk, on)
    course = sealed.compartment(COURSE, readers)
    sealed.compartment(OFFICE, readers)
    lacks, flags = regulation.lacks(rules, letter), [one.plain() for one in regulation.flags(rules, letter)]
    course.item("head", letter.head() | {"lacks": lacks, "flags": flags})
    course.item("facts", {"hold": sorted(regulation.held(rules, letter))})
    sealed.save()
    role = insiders.office_role(rules)
    held = {"complaint": row, "role": role, "since": on, "admitted_on": on, "accepted_on": on}
    Seat.objects.bulk_create([Seat(user=one.person, **held) for one in officers if one.person])


def _with_complainant(
    row: Complaint, letter: Letter, officers: Collection[RouteReader], *, on: date, code: str
) -> Started:
    readers = [one.reader for one in officers]
    rules, who = regulation.of(row), letter.complainant
    person = {"name": who.name, "function": who.function, "relation": who.relation}
    person |= {"address": who.address, "mail": who.mail, "phone": who.phone, "language": letter.language}
    invitation = parties.place(row, rules.starter, person, readers=readers, officers=readers, on=on, code=code)
    both = [invitation.party.reader, *readers]
    paper = documents.put(
        row, _draft(letter, "letter"), readers=both, by=rules.starter, on=on, filed_by=invitation.party
    )
    said = rules.step(rules.first).parts() - set(letter.lacks())
    first = Done(rules.first, letter.received_on, rules.starter, tuple(sorted(said)))
    sealing.keep(row.pk, COURSE, STEP, first.line(), on=letter.received_on, seq=row.stamp)
    sealing.keep(row.pk, invitation.party.kind, STEP, first.bare().line(), on=letter.received_on, seq=row.stamp)
    return Started(row, paper, invitation)
