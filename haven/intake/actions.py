"""`submit`: the one way in. Web, telephone, demo, benchmarks and tests all come through here."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from haven.cases import afterwards, deputy
from haven.cases.files import ORIGINALS, ParkedFile
from haven.cases.models import Case
from haven.cases.privacy import PRIVACY
from haven.dialogue.models import Mailbox, proof_of
from haven.notices.actions import tell
from haven.people.duty import alerted
from haven.people.readers import RouteReader, readers_of, staff_of
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FORM
from haven.rulebook.questions import ANONYMOUS, CONFIDENTIAL, Answers
from haven.rulebook.routes import Route
from haven.trail import actions as trail
from haven.vault import codes, files, paused
from haven.vault.errors import CannotOpen
from haven.vault.keyring import Keyring
from haven.vault.rows import insert
from haven.vault.sealing import Reader, Sealing, SealTo, mark_of_reporter


class TooFewReaders(Exception):
    """With those struck out, fewer people are left than the route needs. The next route is to be offered."""


class ReadersChanged(Exception):
    """Somebody would read along who was not shown to the reporter, or the one who may know the name is not there."""


class Withdrawn(Exception):
    """This very report was withdrawn: a browser has sent its last page once more."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a reporter sends. `code` was shown before sending; it makes sending twice the same as sending once.

    `shown`: the key ids of the people the reporter was told can read; None when nobody was told on a page (telephone).
    """

    code: str = field(repr=False)
    answers: Answers = field(repr=False)
    language: str
    route: str
    struck_out: frozenset[str] = frozenset()
    keeper: str = ""
    deputy: str = ""  # who may open the name when the keeper is not there; nobody unless the reporter says so
    shown: frozenset[str] | None = None
    urgent: bool = False
    readback: bool = False
    files: Sequence[ParkedFile] = field(default=(), repr=False)
    channel: str = "web"
    taken: dict[str, Any] = field(default_factory=dict, repr=False)  # by whom, when staff wrote it down for somebody


@dataclass(frozen=True)
class Receipt:
    """What can be told after sending. `again`: it was here already; `differs`: with other words than these."""

    received_on: date
    contact_due: date | None
    again: bool = False
    differs: bool = False


def who_reads(
    route: str, struck_out: frozenset[str] = frozenset(), *, about: Answers | None = None, on: date | None = None
) -> list[RouteReader]:
    """The people a report of this route is sealed to, less those the reporter struck out (by key id), and less the
    people of the unit that it is about, where the route says so."""
    units = shelf.current().routes[route].units_in(about or {})
    return [one for one in readers_of(route, on=on) if one.kid not in struck_out and one.unit not in units]


def submit(report: Report, *, on: date | None = None) -> Receipt:
    """Seal a report and store it durably: when this returns, it is on disk.

    Raises TooFewReaders, ReadersChanged, CannotOpen when a parked file was swept before sending, and Withdrawn.

    One transaction holds case, compartments, grants, mailbox, trail line and outbox line. Sealing happens before it
    begins, so that the database is locked for the writing only.
    """
    keyring = codes.reporter_key(report.code)
    mailbox = _mailbox(report, keyring)
    try:
        return _store(report, mailbox, keyring, on or localdate())
    except (IntegrityError, TooFewReaders, ReadersChanged, CannotOpen):
        # Sent twice, reloaded, or sent again after a lost answer: then it is here already, whatever has changed since.
        known = Mailbox.objects.select_related("case").filter(lookup=mailbox.lookup).first()
        if known is None:
            raise
        return _again(known, mailbox)


def _store(report: Report, mailbox: Mailbox, keyring: Keyring, day: date) -> Receipt:
    route = shelf.current().routes[report.route]
    readers = _readers(report, route, day)
    case = mailbox.case = _case(report, route, day)
    mailbox.proof = proof_of(keyring, case.pk)
    mailbox.mark = mark_of_reporter(case.pk, bytes(mailbox.public))
    sealed = _seal(report, case.pk, readers, keyring.reader, day)
    with transaction.atomic():
        insert([case])
        insert([mailbox])
        sealed.save()
        paused.drop(report.code)
        told = staff_of(route.key, readers)
        on_duty = alerted(route.key, told, on=day) if report.urgent else []
        tell(on_duty, "urgent")
        tell([one for one in told if one not in on_duty], "waiting")
        trail.note("report.received", subject=case.reference, by="reporter", on=day)
        for file in report.files:  # last: who holds the trail keeps the sweeper out until the commit
            for info in file.infos:
                files.renew(settings.BLOB_ROOT, info.blob)
    return Receipt(day, case.contact_due)


def _readers(report: Report, route: Route, day: date) -> list[RouteReader]:
    """Those it is sealed to are those the reporter was shown: one look decides both."""
    readers = who_reads(route.key, report.struck_out, about=report.answers, on=day)
    if len(readers) < route.min_readers:
        raise TooFewReaders
    kids = {one.kid for one in readers}
    alone = shelf.current().intake.mode(report.answers) == CONFIDENTIAL
    chosen = {report.keeper, *([report.deputy] if report.deputy else [])}
    if report.shown is not None and (not kids <= report.shown or (alone and not chosen <= kids)):
        raise ReadersChanged
    return readers


def _again(known: Mailbox, sent: Mailbox) -> Receipt:
    if known.case is None:
        raise Withdrawn
    same = hmac.compare_digest(bytes(known.digest), bytes(sent.digest))
    return Receipt(known.case.received_on, known.case.contact_due, again=True, differs=not same)


def _case(report: Report, route: Route, day: date) -> Case:
    """Whoever can be reached gets a first-contact day, unless they only wanted to give a signal (R-000-16, 17)."""
    book = shelf.current()
    term = book.calendar.add_working_days(day, route.first_contact_working_days)
    due = term.day if book.intake.wants_contact(report.answers) else None
    return Case(
        id=uuid4(), route=route.key, rulebook=book.version, urgent=report.urgent, received_on=day, contact_due=due,
        look_by=_answer_due(report, day),
    )  # fmt: skip


def _answer_due(report: Report, day: date) -> date | None:
    """By when a request about personal data is answered; None for everything else."""
    book = shelf.current()
    form = book.intake.form(report.answers)
    return book.privacy.due(day) if form and form.privacy else None


def _mailbox(report: Report, keyring: Keyring) -> Mailbox:
    lookup = codes.lookup_id(report.code)
    words = json.dumps([report.answers, report.route, sorted(report.struck_out), report.urgent], sort_keys=True)
    digest = hmac.new(keyring.index_key, words.encode(), hashlib.sha256).digest()
    return Mailbox(lookup=lookup, kid=keyring.reader.kid, public=keyring.reader.public, digest=digest)


def _seal(report: Report, scope: UUID, readers: Sequence[RouteReader], reporter: Reader, day: date) -> Sealing:
    """The compartments of security.md 2.5: what each holds, and for whom."""
    keys = [one.reader for one in readers]
    sealed = Sealing(scope, day)
    parts = {"report": sealed.compartment("report", [*keys, reporter] if report.readback else keys)}
    _fill_report(parts["report"], report)
    if any(file.original for file in report.files):
        parts[ORIGINALS] = sealed.compartment(ORIGINALS, _who_may_know(report, readers))
    for number, file in enumerate(report.files):
        for kind, slot, info, about in file.parts():
            parts[kind].file(info, about, slot=slot, seq=number)
    replies = sealed.compartment("replies", [*keys, reporter])
    _fill_replies(replies, report, readers, day)
    _fill_internal(sealed.compartment("internal", keys), report)
    if named := _identity(report):
        sealed.compartment("identity", _who_may_know(report, readers)).item("identity", named)
    return sealed


def _fill_replies(part: SealTo, report: Report, readers: Sequence[RouteReader], day: date) -> None:
    part.item("coarse", _coarse(report))
    if second := _second(report, readers):
        part.item(deputy.SLOT, deputy.named(_keeper(report, readers).kid, second.kid))
    if due := _answer_due(report, day):
        part.item(afterwards.SLOT, afterwards.asked(PRIVACY, due))


def _fill_internal(part: SealTo, report: Report) -> None:
    if report.struck_out:
        part.item("excluded", {"kids": sorted(report.struck_out)})
    if report.taken:
        part.item("taken", report.taken)


def _fill_report(part: SealTo, report: Report) -> None:
    """The head is what a list shows of a case; it opens without the rest."""
    book, answers = shelf.current(), _answers(report, "report")
    titled = {key: answers[key] for key in (FORM, *_counted()) if key in answers}
    head = {
        "kind": book.kind(answers),
        "mode": book.intake.mode(answers),
        "language": report.language,
        "coarse": _coarse(report),
        "answers": titled,
    }
    part.item("head", head)
    part.item("answers", {"language": report.language, "readback": report.readback, "answers": answers})


def _answers(report: Report, compartment: str) -> dict[str, Any]:
    """The answers that belong in one compartment, in the order of the questions. The form lies with the words."""
    asked = shelf.current().intake.asks(report.answers)
    keys = [FORM] if compartment == "report" else []
    keys += [question.key for question in asked if question.compartment == compartment]
    return {key: report.answers[key] for key in keys if report.answers.get(key)}


def _counted() -> list[str]:
    return [question.key for question in shelf.current().intake.questions if question.counted]


def _coarse(report: Report) -> dict[str, str]:
    return {**shelf.current().countable(report.answers), "channel": report.channel}


def _identity(report: Report) -> dict[str, Any]:
    """Name and contact, only of who chose to be known: what was typed before a change of mind is dropped (R-000-18)."""
    known = shelf.current().intake.mode(report.answers) != ANONYMOUS
    return _answers(report, "identity") if known else {}


def _who_may_know(report: Report, readers: Sequence[RouteReader]) -> list[Reader]:
    """One person when confidential, with the second whom the reporter named; else everyone who reads (R-000-19, 20)."""
    if shelf.current().intake.mode(report.answers) != CONFIDENTIAL:
        return [one.reader for one in readers]
    second = _second(report, readers)
    return [_keeper(report, readers), *([second] if second else [])]


def _keeper(report: Report, readers: Sequence[RouteReader]) -> Reader:
    return next((one.reader for one in readers if one.kid == report.keeper), readers[0].reader)


def _second(report: Report, readers: Sequence[RouteReader]) -> Reader | None:
    """Only among people of whom Haven knows whether they are there: who reads outside opens where no check is."""
    if shelf.current().intake.mode(report.answers) != CONFIDENTIAL:
        return None
    able = (one for one in readers if one.person and one.kid != _keeper(report, readers).kid)
    return next((one.reader for one in able if one.kid == report.deputy), None)
