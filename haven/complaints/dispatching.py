"""Who has to be sent what before a complaint can be closed (R-001-99, R-001-100)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import course, regulation
from haven.complaints.models import COURSE, Document, Party, Seat, Served
from haven.complaints.opened import NotNow, OpenComplaint, again
from haven.rulebook.procedure import Procedure, Step
from haven.trail import actions as trail


@dataclass(frozen=True)
class Recipient:
    """One line of the list: a role, the party when it is one, and the day on which all was sent; None while it
    waits."""

    role: str
    party: Party | None
    sent_on: date | None


def package(now: OpenComplaint) -> list[Document]:
    """Every paper that belongs to a step that was taken, but what the regulation sends to one side alone:
    recommendation, decision, reports. A masked copy stands for what it masks."""
    named = {one for done in course.done(now) for one in done.documents}
    kinds, apart = _kinds(now), regulation.one_sided(regulation.of(now.row))
    rows = [row for row in now.row.documents.in_the_file().filter(pk__in=named) if kinds.get(row.pk.hex) not in apart]
    masked = {one.masks_id: one for one in now.row.documents.filter(masks__in=rows)}
    return [masked.get(row.pk, row) for row in rows]


def missing(now: OpenComplaint, step: Step) -> list[str]:
    """Kinds of papers without which the package is not whole (R-001-100): the letters of what comes right before this
    step, and of every step with reasons that led to it."""
    rules, taken = regulation.of(now.row), course.of(now).steps
    before = [rules.step(key) for key in (*step.after, *step.after_any) if key in taken]
    reasoned = [one for one in _led_to(rules, before, taken) if "reasons_recorded" in one.needs]
    kinds, held = _kinds(now), package(now)
    there = {kinds.get((row.masks_id or row.pk).hex) for row in held}
    asked = {kind for one in (*before, *reasoned) for kind in one.letters} - regulation.one_sided(rules)
    return sorted(asked - there)


def _led_to(rules: Procedure, steps: Sequence[Step], taken: frozenset[str]) -> list[Step]:
    """The steps that had to come before these, however long ago."""
    found: dict[str, Step] = {}
    todo = list(steps)
    while todo:
        one = todo.pop()
        for key in (*one.after, *one.after_any):
            if key in taken and key not in found:
                found[key] = rules.step(key)
                todo.append(found[key])
    return list(found.values())


def _kinds(now: OpenComplaint) -> dict[str, str]:
    return {one.payload["document"]: one.payload["kind"] for one in now.of(COURSE, "document")}


def recipients(now: OpenComplaint, step: Step) -> list[Recipient]:
    """Drawn from whom the regulation informs of this step, as far as somebody has that role here."""
    rules, papers = regulation.of(now.row), package(now)
    found: list[Recipient] = []
    for role in step.informs:
        parties = list(Party.objects.as_role(role).filter(complaint=now.row))
        if role in rules.sides:
            found += [Recipient(role, one, _served_all(one, papers)) for one in parties]
        elif parties:
            found.append(Recipient(role, parties[0], _told(now, role)))
        elif seat := Seat.objects.admitted().filter(complaint=now.row, role=role).first():
            found.append(Recipient(role, None, seat.admitted_on))
    return found


def waiting(now: OpenComplaint, step: Step) -> list[Recipient]:
    return [one for one in recipients(now, step) if one.sent_on is None]


def _served_all(party: Party, papers: Sequence[Document]) -> date | None:
    rows = dict(Served.objects.filter(party=party, document__in=papers).values_list("document", "on"))
    return max([party.invited_on, *rows.values()]) if len(rows) == len(papers) else None


def _told(now: OpenComplaint, role: str) -> date | None:
    """Who is on no side is written to, and that is recorded."""
    lines = [one.item.made_on for one in now.of(COURSE, "sent") if one.payload["role"] == role]
    return lines[-1] if lines else None


@transaction.atomic
def record_sent(opened: OpenComplaint, role: str, *, how: str, on: date | None = None) -> None:
    """Somebody on no side, such as a counsellor, was sent their part: `how` says in which way."""
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    if rules.side(now.seat.role) != "office" or not rules.side(role) or not how.strip():
        raise NotNow("not_in_this_role")
    now.keep(COURSE, "sent", {"role": role, "how": how}, on=day)
    now.row.changed()
    trail.note("complaint.sent", subject=now.row.reference, by=str(now.by.pk), on=day)
