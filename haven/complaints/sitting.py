"""A hearing that takes place: who was there, its one report, its recording (R-001-76 to R-001-82)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import actions, agreeing, course, documents, guards, hearings, regulation, serving
from haven.complaints.course import Told
from haven.complaints.documents import Draft
from haven.complaints.hearings import APPROVED, DRAFT, HELD, OFF, RECORDING, REPORT, SENT, WAS_HELD, Hearing
from haven.complaints.models import COURSE, Document, Party
from haven.complaints.opened import NotNow, OpenComplaint, again
from haven.rulebook import course as engine
from haven.trail import actions as trail
from haven.vault.files import SealedFileInfo

type Files = Sequence[tuple[SealedFileInfo, dict[str, Any]]]


def _by_secretary(opened: OpenComplaint) -> OpenComplaint:
    now = again(opened)
    committee = regulation.of(now.row).committee
    if now.row.ended_on or committee is None or now.seat.role != committee.secretary:
        raise NotNow("ended" if now.row.ended_on else "not_in_this_role")
    return now


@transaction.atomic
def hold(opened: OpenComplaint, key: str, present: Collection[UUID], *, on: date | None = None) -> None:
    """It took place: with enough of the committee, and behind closed doors. Each role that was there has been heard."""
    day, now = on or localdate(), _by_secretary(opened)
    one = hearings.hearing(now, key)
    if hearings.state(now, one) != SENT or one.day > day:
        raise NotNow("still_to_come" if one.day > day else "hearing_is_over")
    _closed_doors(now, one, present)
    form, rules = hearings.form_of(now, one), regulation.of(now.row)
    told = Told(present=present, happened=one.day, hearing=key)
    heard = [party for party in hearings.invited(now, key) if party.pk in set(present)]
    steps = list(dict.fromkeys(form.heard[party.role] for party in heard))
    if not heard or not guards.MEANING["hearing_valid"](now, rules.step(steps[0]), told, day):
        raise NotNow("hearing_valid")
    now.keep(COURSE, HELD, {"hearing": key, "present": sorted(who.hex for who in present)}, on=day)
    now.row.changed()
    for step in steps:
        shut = engine.shut_because(rules, course.of(again(now)), rules.step(step), now.seat.role)
        if shut is None or shut.why != "taken":
            actions.take_step(now, step, told, on=day)
    trail.note("hearing.held", subject=now.row.reference, by=str(now.by.pk), on=day)


def _closed_doors(now: OpenComplaint, one: Hearing, present: Collection[UUID]) -> None:
    """Of the parties only who is invited, and who stands by them (R-001-77)."""
    parties = Party.objects.filter(complaint=now.row, pk__in=list(present))
    invited = {who.pk for who in hearings.invited(now, one.key)}
    if any(party.pk not in invited and party.supports_id not in invited for party in parties):
        raise NotNow("not_invited")


@transaction.atomic
def report(opened: OpenComplaint, key: str, draft: Draft, *, on: date | None = None) -> Document:
    """The secretary writes it. Until the chair approves, it is of the committee, and another draft takes its place."""
    day, now = on or localdate(), _by_secretary(opened)
    one = hearings.hearing(now, key)
    if hearings.state(now, one) != WAS_HELD or hearings.report_state(now, key) not in {"", DRAFT}:
        raise NotNow("one_report")
    form = hearings.form_of(now, one)
    witness = _heard_alone(now, one)
    made = Draft(
        kind=form.report,
        title=draft.title,
        text=draft.text,
        language=draft.language,
        files=draft.files,
        about=witness,
        more={"hearing": key},
        within=("committee",),
    )
    paper = documents.file_document(now, made, on=day)
    now.keep(COURSE, REPORT, {"hearing": key, "document": paper.pk.hex}, on=day)
    now.row.changed()
    trail.note("hearing.reported", subject=now.row.reference, by=str(now.by.pk), on=day)
    return paper


def _heard_alone(now: OpenComplaint, one: Hearing) -> Party | None:
    """Whose own hearing it was: somebody on no side, such as a witness."""
    sides = regulation.of(now.row).sides
    others = [party for party in hearings.invited(now, one.key) if party.role not in sides]
    return others[0] if len(others) == 1 else None


@transaction.atomic
def approve_report(opened: OpenComplaint, key: str, *, on: date | None = None) -> None:
    """By the chair; with it everybody who handles the complaint can read it. Where a name is hidden, they read the copy
    without it."""
    day, now = on or localdate(), again(opened)
    document = hearings.report_of(now, key)
    if document is None or hearings.report_state(now, key) != DRAFT:
        raise NotNow("one_report")
    documents.approve(now, document, on=day)
    found = next((one for one in now.papers if one.row.pk == document), None)
    copies = [one.row.pk for one in now.papers if one.row.masks_id == document]
    if found and not now.shows_a_hidden_name(found.row.about, f"{found.title} {found.text}"):
        copies.append(document)
    for paper in copies:
        documents.release(now, paper, on=day)


@transaction.atomic
def send_report(opened: OpenComplaint, key: str, *, on: date | None = None) -> UUID:
    """To both parties at one moment, for information; to a witness the report of the own hearing and no other. Where a
    name is hidden, both parties get the copy without it."""
    day, now = on or localdate(), _by_secretary(opened)
    document = hearings.report_of(now, key)
    if document is None or hearings.report_state(now, key) != APPROVED:
        raise NotNow("chair_approved")
    one = hearings.hearing(now, key)
    form, masked = hearings.form_of(now, one), now.row.documents.filter(masks=document).first()
    goes = masked.pk if masked else document
    dispatch = serving.serve(now, [goes], on=day)
    witness = _heard_alone(now, one)
    exception = regulation.own_exception(regulation.of(now.row), form.report, witness.role) if witness else ""
    if exception:
        serving.serve(now, [document], exception=exception, together=dispatch, on=day)
    actions.take_step(now, form.reports, Told(documents=[goes], hearing=key), on=day)
    trail.note("hearing.report_sent", subject=now.row.reference, by=str(now.by.pk), on=day)
    return dispatch


@transaction.atomic
def ask_permission(opened: OpenComplaint, key: str, text: str, *, on: date | None = None) -> str:
    """Ask everybody who is invited whether a recording may be made (R-001-79)."""
    now = again(opened)
    one = hearings.hearing(now, key)
    step = hearings.form_of(now, one).records
    if step is None or hearings.state(now, one) in {OFF, WAS_HELD}:
        raise NotNow("nothing_to_agree")
    return agreeing.ask(now, step, text, hearing=key, on=on)


@transaction.atomic
def keep_recording(opened: OpenComplaint, key: str, files: Files, *, title: str, on: date | None = None) -> Document:
    """Only when everybody who was invited permitted it. The regulation says which of ours ever hold it."""
    day, now = on or localdate(), _by_secretary(opened)
    one = hearings.hearing(now, key)
    form = hearings.form_of(now, one)
    if form.records is None or form.recording is None or not agreeing.permitted(now, key, form.records):
        raise NotNow("invited_agreed")
    if hearings.state(now, one) != WAS_HELD or not files:
        raise NotNow("hearing_is_over" if files else "no_document")
    draft = Draft(kind=form.recording, title=title, files=tuple(files), more={"hearing": key}, within=("committee",))
    paper = documents.file_document(now, draft, on=day)
    now.keep(COURSE, RECORDING, {"hearing": key, "document": paper.pk.hex}, on=day)
    actions.take_step(now, form.records, Told(happened=one.day, hearing=key), on=day)
    return paper
