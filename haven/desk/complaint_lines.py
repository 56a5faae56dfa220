"""What stands on the lines of the page of a complaint: steps that were taken, papers, parties, seats."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from haven.complaints.course import Done
from haven.complaints.models import Document, Party, Seat
from haven.complaints.opened import Paper
from haven.desk.forms import said
from haven.rulebook.procedure import Content


@dataclass(frozen=True)
class Taken:
    """One step that was taken, in words."""

    name: str
    article: str
    on: date
    by: str
    parts: list[tuple[str, str]] = field(repr=False)
    papers: list[tuple[UUID, str]] = field(repr=False)


@dataclass(frozen=True)
class ShutStep:
    """A step of one's own that cannot be taken yet, and why."""

    name: str
    article: str
    why: str


@dataclass(frozen=True)
class PaperLine:
    paper: Paper
    name: str
    kind: str
    by: str
    served: list[tuple[str, date]]
    approved: bool

    @property
    def row(self) -> Document:
        return self.paper.row


@dataclass(frozen=True)
class PartyLine:
    row: Party
    name: str
    role: str
    more: dict[str, Any] = field(repr=False)
    reached: list[str] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class SeatLine:
    row: Seat
    role: str


def part_of(content: Content, done: Done) -> tuple[str, str] | None:
    """One part that a step recorded: its words, or what was chosen."""
    if content.choices:
        chosen = [said(one.label) for one in content.choices if one.key in done.parts]
        return (said(content.name), ", ".join(chosen)) if chosen else None
    return (said(content.name), str(done.told[content.key])) if content.key in done.told else None
