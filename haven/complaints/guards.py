"""What each guard of a regulation means. Their names are a closed list (rulebook/procedure.py); a step that names one
is refused as long as it does not hold. This is the part of a regulation that is code."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from haven.complaints import agreeing, course, dispatching, hearings, regulation
from haven.complaints.course import Told
from haven.complaints.models import COURSE, Party, Seat, Served
from haven.complaints.opened import NotNow, OpenComplaint, OpenParty
from haven.rulebook.procedure import Committee, Step
from haven.rulebook.terms import Running

FAR: Final = timedelta(days=366)
"""A day further ahead than a year is a slip of the pen, and a term counted from it would not be looked at again."""

type Guard = Callable[[OpenComplaint, Step, Told, date], bool]


def must_hold(now: OpenComplaint | OpenParty, step: Step, said: Told, *, on: date) -> None:
    """Raises NotNow with the name of the first guard that does not hold. A party takes no step that has guards: what
    they would have to look at, a party has no key to. Whatever the step asks, nobody writes a hidden name in it."""
    if step.needs and not isinstance(now, OpenComplaint):
        raise NotNow(step.needs[0])
    if isinstance(now, OpenComplaint):
        now.must_not_name(*said.contents.values())
        _longer_is_allowed(now, step, said, on=on)
        for name in step.needs:
            if not MEANING[name](now, step, said, on):
                raise NotNow(name)


def _longer_is_allowed(now: OpenComplaint, step: Step, said: Told, *, on: date) -> None:
    """So many units at most and so often as the regulation says; or a day that was agreed, later than the present
    one."""
    if said.until and said.until > on + FAR:
        raise NotNow("too_far")
    rule = step.extends
    if rule is None:
        _sets_its_day(step, said, on=on)
        return
    taken = [one for one in course.done(now) if one.step == step.key]
    free = rule.up_to is None and said.until is not None and not said.more and said.until > _last(now, rule.term, on)
    counted = rule.up_to is not None and said.until is None and 1 <= said.more <= rule.up_to
    if len(taken) >= rule.times or not (free or counted):
        raise NotNow("no_extension")


def _sets_its_day(step: Step, said: Told, *, on: date) -> None:
    """A step that sets a day sets one that is still to come; another step sets none, and gives no more time."""
    if said.more or (said.until is not None) != step.sets_day:
        raise NotNow("day_missing" if step.sets_day and said.until is None else "no_extension")
    if said.until and said.until <= max(said.happened or on, on):
        raise NotNow("day_has_passed")


def _running(now: OpenComplaint, term: str, on: date) -> Running | None:
    return next((one for one in course.due(now, on=on) if one.term.key == term), None)


def _last(now: OpenComplaint, term: str, on: date) -> date:
    found = _running(now, term, on)
    return found.last.day if found and found.last else date.max


def _agreed_by_sides(now: OpenComplaint, step: Step, said: Told, _on: date) -> bool:
    """And to this very day, where a day was asked about."""
    found = agreeing.agreed(now, step.key)
    return found is not None and found.until == (said.until.isoformat() if said.until else "")


def _invited_agreed(now: OpenComplaint, step: Step, said: Told, _on: date) -> bool:
    return agreeing.permitted(now, said.hearing, step.key)


def _chair_approved(now: OpenComplaint, _step: Step, said: Told, _on: date) -> bool:
    """A copy with words blacked out says nothing that was not approved."""
    approved = {one.payload["document"] for one in now.of(COURSE, "approved")}
    rows = [one.row for one in now.papers if one.row.pk in set(said.documents)]
    return bool(rows) and {(one.masks_id or one.pk).hex for one in rows} <= approved


def committee(row_id: UUID) -> list[Seat]:
    return list(Seat.objects.admitted().filter(complaint=row_id))


def _committee_complete(now: OpenComplaint, _step: Step, _said: Told, _on: date) -> bool:
    """One who presides, the members, a secretary who is none of them; and all of them declared (R-001-41, 43, 45)."""
    rules = regulation.of(now.row)
    held = [one for one in committee(now.row.pk) if rules.side(one.role) == "committee"]
    declared = all(one.declared_on for one in held if rules.role(one.role).declares)
    return declared and _are_enough([one.role for one in held], rules.committee)


def _are_enough(roles: Collection[str], asked: Committee | None) -> bool:
    if asked is None:
        return False
    chairs = [one for one in roles if one in asked.chairs]
    others = [one for one in roles if one not in asked.chairs and one != asked.secretary]
    return bool(chairs) and asked.secretary in roles and len(others) >= asked.members


def _hearing_valid(now: OpenComplaint, _step: Step, said: Told, _on: date) -> bool:
    """The secretary and enough of the committee, one who presides among them (R-001-76); and nobody who is not of the
    complaint, for a hearing is closed (R-001-77)."""
    rules, there = regulation.of(now.row), set(said.present)
    seats = {one.pk: one.role for one in committee(now.row.pk) if rules.side(one.role) == "committee"}
    parties = set(Party.objects.present().filter(complaint=now.row).values_list("pk", flat=True))
    roles = [role for pk, role in seats.items() if pk in there]
    heard = bool(there & parties)
    return _are_there(roles, rules.committee) and heard and there <= {*seats, *parties}


def _are_there(roles: Collection[str], asked: Committee | None) -> bool:
    if asked is None or asked.secretary not in roles:
        return False
    sitting = [one for one in roles if one != asked.secretary]
    return len(sitting) >= asked.present and not set(asked.chairs).isdisjoint(sitting)


def _discussed_before(now: OpenComplaint, step: Step, said: Told, on: date) -> bool:
    """What has to come before lies on an earlier day: a talk on the day of the decision is no discussion in advance."""
    days = [found.on for key in step.after if (found := course.last(now, key))]
    return len(days) == len(step.after) and all(day < (said.happened or on) for day in days)


def _dispatch_complete(now: OpenComplaint, step: Step, _said: Told, _on: date) -> bool:
    return not dispatching.waiting(now, step) and not dispatching.missing(now, step)


def _kinds(now: OpenComplaint) -> dict[str, str]:
    """Of every paper of the file, also of those that this person cannot open."""
    return {one.payload["document"]: one.payload["kind"] for one in now.of(COURSE, "document")}


def _letters_served(now: OpenComplaint, step: Step, _said: Told, _on: date) -> bool:
    """Nobody whom it informs is left without, and no side that has to be there is missing (R-001-28, R-001-53)."""
    letters = [UUID(one) for one, kind in _kinds(now).items() if kind in step.letters]
    to = {one.pk: one.role for one in agreeing.everybody(now) if one.role in step.informs}
    needed = set(regulation.of(now.row).needed_sides(now.facts)) & set(step.informs)
    served = set(Served.objects.filter(document__in=letters, party__in=to).values_list("party", flat=True))
    return needed <= set(to.values()) and served == set(to)


def _letters_with_it(now: OpenComplaint, step: Step, said: Told, _on: date) -> bool:
    """What has to be in writing is written before the step says so: without it the outcome could not be sent."""
    named, kinds = {one.hex for one in said.documents}, _kinds(now)
    return {*step.letters} <= {kinds[one] for one in named & kinds.keys()}


def _invitation_served(now: OpenComplaint, step: Step, said: Told, _on: date) -> bool:
    """Each of those who are there to be heard has their letter, and of every part that goes along a paper: the
    defendant the complaint (R-001-64)."""
    rules, kinds = regulation.of(now.row), _kinds(now)
    served = Served.objects.filter(document__complaint=now.row).values_list("party", "document")
    given = {(party, kinds.get(paper.hex)) for party, paper in served}
    for one in Party.objects.present().filter(complaint=now.row, pk__in=list(said.present)):
        forms = [form for form in rules.hearings if form.heard.get(one.role) == step.key]
        asked = [{form.letters[one.role] for form in forms}]
        asked += [{*some} for form in forms for some in form.encloses.values()]
        if not all(any((one.pk, kind) in given for kind in some) for some in asked if some):
            return False
    return True


def _reports_sent(now: OpenComplaint, _step: Step, _said: Told, _on: date) -> bool:
    """Of each hearing that was held (R-001-81, R-001-100); of one that is only a step, that some report went."""
    rules, taken = regulation.of(now.row), [one.step for one in course.done(now)]
    held = [one.key for one in hearings.hearings(now) if hearings.state(now, one) == hearings.WAS_HELD]
    heard = any("hearing_valid" in rules.step(one).needs for one in taken)
    sent = not heard or any(one.reports in taken for one in rules.hearings)
    return sent and all(hearings.report_state(now, one) == hearings.REPORT_SENT for one in held)


def _reasons_recorded(_now: OpenComplaint, step: Step, said: Told, _on: date) -> bool:
    """Every part that is words has some."""
    asked = [one.key for one in step.contents if not one.choices and one.key in said.contents]
    return bool(asked) and all(said.contents[key].strip() for key in asked)


def _served_both_sides(now: OpenComplaint, _step: Step, said: Told, _on: date) -> bool:
    """The papers of this step went to everybody on both sides, in one dispatch."""
    parties = {one.pk for one in agreeing.everybody(now)}
    for document in said.documents:
        rows = Served.objects.filter(document=document, exception="", party__in=parties)
        if set(rows.values_list("party", flat=True)) != parties:
            return False
    return bool(said.documents) and bool(parties)


def _within_term(now: OpenComplaint, step: Step, _said: Told, on: date) -> bool:
    found = _running(now, step.extends.term, on) if step.extends else None
    return found is not None and found.last is not None and not found.over and on <= found.last.day


MEANING: Final[dict[str, Guard]] = {
    "agreed_by_sides": _agreed_by_sides,
    "chair_approved": _chair_approved,
    "committee_complete": _committee_complete,
    "discussed_before": _discussed_before,
    "dispatch_complete": _dispatch_complete,
    "hearing_valid": _hearing_valid,
    "invitation_served": _invitation_served,
    "invited_agreed": _invited_agreed,
    "letters_served": _letters_served,
    "letters_with_it": _letters_with_it,
    "reasons_recorded": _reasons_recorded,
    "reports_sent": _reports_sent,
    "served_both_sides": _served_both_sides,
    "within_term": _within_term,
}
