"""What happened in a complaint, as sealed lines; read anew for every question that the regulation's engine is asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from haven.complaints import regulation
from haven.complaints.models import COURSE, Party
from haven.complaints.opened import OpenComplaint, OpenParty, Payload
from haven.rulebook import shelf, terms
from haven.rulebook.course import Course, Taken
from haven.rulebook.terms import Running
from haven.vault import sealing

STEP = "step"
CARE_DAYS = "care_days"


@dataclass(frozen=True)
class Done:
    """One step that was taken: on which day it happened, by which role, with what. `documents`: ids of its papers."""

    step: str
    on: date
    by: str
    parts: tuple[str, ...] = ()
    told: Payload = field(default_factory=dict, repr=False)
    documents: tuple[str, ...] = ()
    more: int = 0
    until: date | None = None
    present: tuple[str, ...] = ()

    def line(self) -> dict[str, Any]:
        """As it is sealed."""
        days = {"on": self.on.isoformat(), "until": self.until.isoformat() if self.until else ""}
        said = {"parts": self.parts, "told": self.told, "documents": self.documents, "present": self.present}
        return {"step": self.step, "by": self.by, "more": self.more, **days, **said}

    def bare(self) -> "Done":
        """What a party is told: that it was taken, when, by which role, and how much longer a term became."""
        return Done(self.step, self.on, self.by, more=self.more, until=self.until)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a step records: contents by key (a choice has no text), its documents, who was
    present (seats and parties, by id), and how much longer a term becomes."""

    contents: Mapping[str, str] = field(default_factory=dict, repr=False)
    documents: Collection[UUID] = ()
    present: Collection[UUID] = ()
    happened: date | None = None
    more: int = 0
    until: date | None = None
    hearing: str = ""  # the key of the hearing of which a step is part
    as_role: str = ""  # for whom an officer records it: who said it on paper, or has no key to the course


def done(opened: OpenComplaint | OpenParty) -> list[Done]:
    """In the order of their days. A party reads the steps that they were told of; everybody with a seat reads all."""
    kind = opened.party.kind if isinstance(opened, OpenParty) else COURSE
    lines = [_done(one.payload) for one in opened.of(kind, STEP)]
    return sorted(lines, key=lambda one: one.on)


def _done(line: Payload) -> Done:
    until = date.fromisoformat(line["until"]) if line.get("until") else None
    parts, told, papers = tuple(line["parts"]), line["told"], tuple(line["documents"])
    on, there = date.fromisoformat(line["on"]), tuple(line["present"])
    return Done(line["step"], on, line["by"], parts, told, papers, line["more"], until, there)


def of(opened: OpenComplaint | OpenParty) -> Course:
    """As the engine of the rulebook reads it. That of a party knows no facts, and no contents."""
    taken = [Taken(one.step, one.on, one.by, frozenset(one.parts), one.more, one.until) for one in done(opened)]
    facts = opened.facts if isinstance(opened, OpenComplaint) else frozenset[str]()
    return Course(tuple(taken), facts)


def last(opened: OpenComplaint | OpenParty, step: str) -> Done | None:
    found = [one for one in done(opened) if one.step == step]
    return found[-1] if found else None


def due(opened: OpenComplaint | OpenParty, *, on: date) -> tuple[Running, ...]:
    """Every term as it stands, with why its last day is that day."""
    return terms.due(regulation.of(opened.row), of(opened), shelf.current().calendar, on=on)


def next_day(opened: OpenComplaint, *, on: date) -> date | None:
    """The first day on which a term that runs comes to its end, or on which somebody is asked how they are: what the
    clock has to know without a key."""
    days = [one.last.day for one in due(opened, on=on) if one.last and one.state in {"running", "late", "paused"}]
    days += map(date.fromisoformat, opened.one(COURSE, CARE_DAYS).get("days", ()))
    return min(days, default=None)


def write(opened: OpenComplaint | OpenParty, step: Done, *, on: date) -> None:
    """Seal the line: whole to who has a seat, and bare to the parties that the regulation informs."""
    row, rules = opened.row, regulation.of(opened.row)
    sealing.keep(row.pk, COURSE, STEP, step.line(), on=on, seq=row.stamp)
    for party in Party.objects.present().filter(complaint=row):
        if regulation.tells(rules, step.step, party.role):
            sealing.keep(row.pk, party.kind, STEP, step.bare().line(), on=on, seq=row.stamp)


def catch_up(opened: OpenComplaint, party: Party, *, on: date) -> None:
    """Who joins later reads what they would have been told; else one side would know from when a term runs, and the
    other not. In the caller's transaction."""
    rules = regulation.of(opened.row)
    told = [one for one in done(opened) if regulation.tells(rules, one.step, party.role)]
    for number, step in enumerate(told):
        sealing.keep(opened.row.pk, party.kind, STEP, step.bare().line(), on=on, seq=number)
