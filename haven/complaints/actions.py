"""Taking steps. The regulation says which are open to whom and after what; here is what it does to the record.

Each deed: open again under the lock, ask the engine and the guards, write, tell, leave a trail line; one transaction.
"""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import behalf, course, guards, insiders, regulation
from haven.complaints.course import Done, Told
from haven.complaints.models import Document, Seat
from haven.complaints.opened import NotNow, OpenComplaint, OpenParty, again, party_again
from haven.complaints.retention import forget_on
from haven.notices.actions import tell
from haven.rulebook import course as engine
from haven.rulebook.procedure import Step
from haven.trail import actions as trail


def open_to(opened: OpenComplaint | OpenParty) -> tuple[Step, ...]:
    """The steps this person can take now, as far as order and facts go: for the buttons of a page."""
    return engine.open_steps(regulation.of(opened.row), course.of(opened), role_of(opened))


def role_of(opened: OpenComplaint | OpenParty) -> str:
    return opened.party.role if isinstance(opened, OpenParty) else opened.seat.role


def acting_as(now: OpenComplaint | OpenParty, said: Told) -> str:
    """The own role; or for an officer that of a party who said it on paper, or of somebody on no side (R-001-108).
    Never that of the committee or of who decides. Raises NotNow."""
    if not said.as_role or said.as_role == role_of(now):
        return role_of(now)
    rules = regulation.of(now.row)
    if rules.side(role_of(now)) != "office" or rules.side(said.as_role) not in behalf.SPOKEN_FOR:
        raise NotNow("not_in_this_role")
    return said.as_role


@transaction.atomic
def take_step(opened: OpenComplaint | OpenParty, key: str, told: Told | None = None, *, on: date | None = None) -> Done:
    """Take one step. Raises NotNow: `shut` with why in `says`, `contents_missing` with their keys, or the guard's
    name."""
    day, said = on or localdate(), told or Told()
    now = party_again(opened) if isinstance(opened, OpenParty) else again(opened)
    step = _may(now, key, said, on=day)
    done = Done(
        key,
        said.happened or day,
        acting_as(now, said),
        tuple(sorted(said.contents)),
        dict(said.contents),
        tuple(sorted(one.hex for one in said.documents)),
        said.more,
        said.until,
        tuple(sorted(one.hex for one in said.present)),
    )
    course.write(now, done, on=day)
    _settle(now, step, on=day)
    _tell(now, step)
    trail.note("complaint.step", subject=now.row.reference, by=_actor(now), on=day)
    return done


def _may(now: OpenComplaint | OpenParty, key: str, said: Told, *, on: date) -> Step:
    """The step, when the engine, its contents, its days and every guard allow it."""
    rules, happened = regulation.of(now.row), said.happened or on
    step = next((one for one in rules.steps if one.key == key), None)
    if step is None or key == rules.first:
        raise NotNow("no_such_step")
    shut = engine.shut_because(rules, course.of(now), step, acting_as(now, said))
    if shut or now.row.ended_on:
        raise NotNow("shut", shut or engine.Shut("ended"))
    if isinstance(now, OpenParty) and now.party.accepted_on is None:
        raise NotNow("confidentiality_first")
    if not set(said.contents) <= step.parts() or engine.missing(step, said.contents):
        raise NotNow("contents_missing", engine.missing(step, said.contents))
    if happened > on or happened < now.row.received_on:
        raise NotNow("not_on_that_day")
    _documents_are_there(now, said)
    guards.must_hold(now, step, said, on=on)
    return step


def _documents_are_there(now: OpenComplaint | OpenParty, said: Told) -> None:
    held = {one.row.pk for one in now.papers}
    if not set(said.documents) <= held:
        raise NotNow("no_document")
    if Document.objects.filter(pk__in=list(said.documents), quarantined=True).exists():
        raise NotNow("third_party_must_agree")


def _settle(now: OpenComplaint | OpenParty, step: Step, *, on: date) -> None:
    """The row: the next day on which something is due, or the end. A party's step leaves the day to the next of
    ours."""
    if step.ends:
        now.row.changed(ended_on=on, forget_on=forget_on(on), look_by=None)
    if isinstance(now, OpenComplaint):
        now.row.changed(look_by=course.next_day(again(now), on=on))
    elif not step.ends:
        now.row.changed()


def _tell(now: OpenComplaint | OpenParty, step: Step) -> None:
    """Who has a seat that is informed, or whose turn it may be, gets the mail that says nothing; never who did it."""
    acting = {*step.informs, insiders.office_role(regulation.of(now.row))}
    seats = Seat.objects.admitted().filter(complaint=now.row, role__in=acting).select_related("user")
    people = [one.user for one in seats if not (isinstance(now, OpenComplaint) and one.user == now.by)]
    tell(people, "waiting")


def _actor(now: OpenComplaint | OpenParty) -> str:
    return f"party {now.party.number}" if isinstance(now, OpenParty) else str(now.by.pk)
