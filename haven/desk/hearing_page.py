"""The hearings of a complaint as its page shows them, and the masked copies of its papers."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as now

from haven.complaints import agreeing, course, hearings, regulation
from haven.complaints.hearings import DRAFT, OFF, PLANNED, SENT, WAS_HELD, Hearing
from haven.complaints.models import Party
from haven.complaints.opened import OpenComplaint
from haven.desk.complaint_forms import name_of
from haven.desk.forms import said


@dataclass(frozen=True)
class HearingLine:
    one: Hearing
    form: str
    article: str
    state: str
    chip: str
    people: list[tuple[str, str, bool]]  # name, role, whether they have to come
    letters: list[tuple[UUID, str]]
    missed: list[tuple[str, bool]]
    asked: list[tuple[str, str]] = field(repr=False)  # whether they permit a recording
    report: UUID | None
    report_chip: str
    recording: UUID | None
    late: bool  # after the last day of the term for hearing the parties

    @property
    def is_open(self) -> bool:
        return self.state in {PLANNED, SENT}


def lines_of(opened: OpenComplaint) -> list[HearingLine]:
    """By day. Only who sits on the committee or keeps the file sees them whole; who decides sees days and states."""
    return [_line(opened, one) for one in hearings.hearings(opened)]


def _line(opened: OpenComplaint, one: Hearing) -> HearingLine:
    form, state = hearings.form_of(opened, one), hearings.state(opened, one)
    parties = hearings.invited(opened, one.key)
    held = {paper.row.pk for paper in opened.papers}
    letters = [
        (paper.row.pk, name_of(opened, party))
        for party in parties
        for paper in hearings.letters_of(opened, form, party)[-1:]
    ]
    recorded = hearings.about(opened, hearings.RECORDING, one.key)
    recording = UUID(recorded["document"]) if recorded else None
    report = hearings.report_of(opened, one.key)
    return HearingLine(
        one,
        said(form.name),
        form.article,
        state,
        _chip(state),
        [_person(opened, party) for party in parties],
        letters,
        [(name_of(opened, party), duty) for party, duty in hearings.absent(opened, one)],
        _asked(opened, one),
        report if report in held else None,
        _report_chip(hearings.report_state(opened, one.key)),
        recording if recording in held else None,
        state in {PLANNED, SENT} and _is_late(opened, one),
    )


def _person(opened: OpenComplaint, party: Party) -> tuple[str, str, bool]:
    role = said(regulation.of(opened.row).role(party.role).name)
    return name_of(opened, party), role, hearings.must_come(opened, party)


def _asked(opened: OpenComplaint, one: Hearing) -> list[tuple[str, str]]:
    """What each said to the newest question about a recording of this hearing."""
    asked = [each for each in agreeing.questions(opened) if each.hearing == one.key]
    if not asked:
        return []
    answers = {party: yes for party, yes, _on in asked[-1].answers}
    words = {True: now("permits it"), False: now("does not permit it"), None: now("has not answered")}
    return [(name_of(opened, party), words[answers.get(party.pk.hex)]) for party in hearings.invited(opened, one.key)]


def _is_late(opened: OpenComplaint, one: Hearing) -> bool:
    """Whether it is after the last day of a term that is kept by hearing people."""
    steps = set(hearings.form_of(opened, one).heard.values())
    running = [each for each in course.due(opened, on=localdate()) if each.last and not each.over]
    return any(steps & set(each.term.met_by) and each.last and one.day > each.last.day for each in running)


def _chip(state: str) -> str:
    return {
        PLANNED: now("Set; nobody is told yet"),
        SENT: now("Invited"),
        OFF: now("Called off"),
        WAS_HELD: now("Held"),
    }[state]


def _report_chip(state: str) -> str:
    return {
        "": now("No report yet"),
        DRAFT: now("Report: a draft, for the chair to approve"),
        hearings.APPROVED: now("Report: approved, not sent yet"),
        hearings.REPORT_SENT: now("Report: sent to both parties"),
    }[state]
