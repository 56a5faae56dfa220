"""Calling a hearing together: planned, sent, moved, called off. What goes out is one dispatch; what changes,
everybody who is invited reads at the same moment (R-001-64, R-001-83, R-001-84, R-001-85, R-001-114)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time
from secrets import token_hex
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language

from haven.complaints import actions, course, hearings, regulation, serving
from haven.complaints.course import Told
from haven.complaints.hearings import HEARING, PLANNED, SENT, Hearing
from haven.complaints.models import COURSE, Party, Seat
from haven.complaints.opened import NotNow, OpenComplaint, Paper, again
from haven.notices.actions import tell
from haven.rulebook.hearings import HearingForm
from haven.trail import actions as trail
from haven.vault import sealing


@dataclass(frozen=True, kw_only=True)
class When:
    day: date
    begins: time
    ends: time
    place: str = field(repr=False)


def open_forms(opened: OpenComplaint) -> list[HearingForm]:
    """The forms that are possible now: the first, and those on which the committee has decided."""
    taken = course.of(opened).steps
    return [one for one in regulation.of(opened.row).hearings if one.after is None or one.after in taken]


@transaction.atomic
def plan(  # noqa: PLR0913  how, when, whom, with what
    opened: OpenComplaint,
    form: str,
    when: When,
    *,
    whom: Collection[UUID] = (),
    documents: Collection[UUID] = (),
    on: date | None = None,
) -> Hearing:
    """Set a hearing. `whom`: those who are heard, where the form leaves that open. `documents`: what goes with the
    invitation besides what must. Nobody outside is told yet."""
    day, now = on or localdate(), _by_committee(opened)
    found = next((one for one in open_forms(now) if one.key == form), None)
    if found is None:
        raise NotNow("not_decided")
    _must_fit(when, on=day)
    to = tuple(one.pk.hex for one in _called(now, found, whom))
    along = tuple(one.hex for one in documents) if found.encloses else ()
    enclosures(now, found, documents)
    one = Hearing(key=token_hex(8), form=form, number=0, to=to, along=along, **vars(when))
    now.keep(COURSE, HEARING, one.line(), on=day)
    now.row.changed()
    trail.note("hearing.planned", subject=now.row.reference, by=str(now.by.pk), on=day)
    return one


def _by_committee(opened: OpenComplaint) -> OpenComplaint:
    now = again(opened)
    if now.row.ended_on or regulation.of(now.row).side(now.seat.role) != "committee":
        raise NotNow("ended" if now.row.ended_on else "not_in_this_role")
    return now


def _must_fit(when: When, *, on: date) -> None:
    if when.day < on or when.begins >= when.ends or not when.place.strip():
        raise NotNow("not_that_time")


def _called(now: OpenComplaint, form: HearingForm, whom: Collection[UUID]) -> list[Party]:
    """Everybody with these roles, on every side that there is; or some of them, when the form is for some."""
    rows = list(Party.objects.as_role(*form.hears).filter(complaint=now.row))
    if not form.whole:
        rows = [one for one in rows if one.pk in set(whom)]
        if not rows or len(rows) < len(set(whom)):
            raise NotNow("not_invited")
    elif not set(regulation.of(now.row).needed_sides(now.facts)) & set(form.hears) <= {one.role for one in rows}:
        raise NotNow("a_side_is_missing")
    return rows


@transaction.atomic
def send(opened: OpenComplaint, key: str, *, on: date | None = None) -> UUID:
    """One dispatch: to each their letter, and to both sides the copy of the complaint, what else must go along, and
    what was chosen. With it goes the appointment for a calendar. Gives the id of the dispatch."""
    day, now = on or localdate(), _by_committee(opened)
    one = hearings.hearing(now, key)
    if hearings.state(now, one) != PLANNED:
        raise NotNow("sent_already")
    form, dispatch = hearings.form_of(now, one), uuid4()
    along, letters = enclosures(now, form, [UUID(paper) for paper in one.along]), _letters(now, form, one)
    if along:
        serving.serve(now, [paper.row.pk for paper in along], together=dispatch, on=day)
    _serve_each(now, letters, dispatch, on=day)
    _announce(again(now), replace(one, sent_on=day), on=day)
    if form.invites:
        said = _named(now, form, along)
        told = Told(contents=said, documents=[paper.row.pk for paper, _exception in letters], hearing=key)
        actions.take_step(now, form.invites, told, on=day)
    trail.note("hearing.sent", subject=now.row.reference, by=str(now.by.pk), on=day)
    return dispatch


def enclosures(now: OpenComplaint, form: HearingForm, documents: Collection[UUID] = ()) -> list[Paper]:
    """What must go along, of each part one of its kinds, and what was chosen. A masked copy goes instead of what it
    masks."""
    must = [{*kinds} for kinds in form.encloses.values() if kinds]
    known = {kind for kinds in must for kind in kinds}
    masked = dict(now.row.documents.filter(masks__isnull=False).values_list("masks", "pk"))
    file = [one for one in now.papers if not one.row.quarantined and one.row.pk not in masked]
    chosen = {masked.get(one, one) for one in documents}
    found = [one for one in file if one.kind in known or one.row.pk in chosen]
    if not all(kinds & {one.kind for one in found} for kinds in must) or not chosen <= {one.row.pk for one in found}:
        raise NotNow("no_document")
    return found


def _letters(now: OpenComplaint, form: HearingForm, one: Hearing) -> list[tuple[Paper, str]]:
    """The newest letter of each, with the exception that lets it go to them alone. None may be missing."""
    rules, found = regulation.of(now.row), list[tuple[Paper, str]]()
    for party in hearings.invited(now, one.key):
        unsent = [paper for paper in hearings.letters_of(now, form, party) if not paper.row.served.exists()]
        if not unsent:
            raise NotNow("no_letter")
        found.append((unsent[-1], regulation.own_exception(rules, unsent[-1].kind, party.role)))
    return found


def _named(now: OpenComplaint, form: HearingForm, along: Iterable[Paper]) -> dict[str, str]:
    """What the step records: which papers went along, each under its part; all others under the part without kinds."""
    rules = regulation.of(now.row)
    labels = {one.key: one.label.say(get_language() or "nl") for one in rules.papers}
    known = {kind for kinds in form.encloses.values() for kind in kinds}
    told = {}
    for part, kinds in form.encloses.items():
        papers = [one for one in along if (one.kind in kinds if kinds else one.kind not in known)]
        told[part] = "\n".join(one.title or labels.get(one.kind, one.kind) for one in papers) or "—"
    return told


@transaction.atomic
def move(opened: OpenComplaint, key: str, when: When, *, why: str, on: date | None = None) -> Hearing:
    """Another day, time or place. Everybody who is invited reads it at the same moment, with why."""
    day, now = on or localdate(), _by_committee(opened)
    one = _still_to_come(now, key, why)
    _must_fit(when, on=day)
    moved = replace(one, number=one.number + 1, why=why, **vars(when))
    _announce(now, moved, on=day)
    trail.note("hearing.moved", subject=now.row.reference, by=str(now.by.pk), on=day)
    return moved


@transaction.atomic
def send_again(opened: OpenComplaint, key: str, *, on: date | None = None) -> UUID:
    """A hearing was moved after the invitation went out: to each a letter that says the new time, in one dispatch."""
    day, now = on or localdate(), _by_committee(opened)
    one, dispatch = hearings.hearing(now, key), uuid4()
    if hearings.state(now, one) != SENT:
        raise NotNow("hearing_is_over")
    _serve_each(now, _letters(now, hearings.form_of(now, one), one), dispatch, on=day)
    trail.note("hearing.sent", subject=now.row.reference, by=str(now.by.pk), on=day)
    return dispatch


def _serve_each(now: OpenComplaint, letters: Iterable[tuple[Paper, str]], dispatch: UUID, *, on: date) -> None:
    for paper, exception in letters:
        serving.serve(now, [paper.row.pk], exception=exception, together=dispatch, on=on)


@transaction.atomic
def call_off(opened: OpenComplaint, key: str, *, why: str, on: date | None = None) -> None:
    day, now = on or localdate(), _by_committee(opened)
    one = _still_to_come(now, key, why)
    _announce(now, replace(one, number=one.number + 1, why=why, off=True), on=day)
    trail.note("hearing.called_off", subject=now.row.reference, by=str(now.by.pk), on=day)


def _still_to_come(now: OpenComplaint, key: str, why: str) -> Hearing:
    one = hearings.hearing(now, key)
    if hearings.state(now, one) not in {PLANNED, SENT}:
        raise NotNow("hearing_is_over")
    if not why.strip():
        raise NotNow("reasons_recorded")
    now.must_not_name(why)
    return one


def _announce(now: OpenComplaint, one: Hearing, *, on: date) -> None:
    """To everybody with a seat; and, once it was sent, to everybody who is invited, in the same transaction."""
    now.keep(COURSE, HEARING, one.line(), on=on)
    for party in hearings.invited(now, one.key) if one.sent_on else ():
        line = one.for_party(must_come=hearings.must_come(now, party))
        sealing.keep(now.row.pk, party.kind, HEARING, line, on=on, seq=now.row.stamp)
    now.row.changed()
    rules = regulation.of(now.row)
    sitting = Seat.objects.admitted().filter(complaint=now.row).exclude(user=now.by).select_related("user")
    tell([seat.user for seat in sitting if rules.side(seat.role) in {"committee", "office"}], "waiting")
