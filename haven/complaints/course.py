"""What happened in a complaint, as sealed lines; read anew for every question that the regulation's engine is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from haven.complaints import regulation
from haven.complaints.models import COURSE, Party
from haven.complaints.opened import OpenComplaint, OpenParty, Payload
from haven.vault import sealing

STEP = "step"


@dataclass(frozen=True)
class Done:
    """One step that was taken: on which day it happened, by which role, with which contents."""

    step: str
    on: date
    by: str
    parts: tuple[str, ...] = ()
    told: Payload = field(default_factory=dict, repr=False)


def done(opened: OpenComplaint | OpenParty) -> list[Done]:
    """In the order of their days. A party reads the steps that they were told of; everybody with a seat reads all."""
    kind = opened.party.kind if isinstance(opened, OpenParty) else COURSE
    lines = [one.payload for one in opened.of(kind, STEP)]
    return sorted((_done(line) for line in lines), key=lambda one: one.on)


def _done(line: Payload) -> Done:
    parts, told = tuple(line.get("parts", ())), line.get("told", {})
    return Done(line["step"], date.fromisoformat(line["on"]), line["by"], parts, told)


def last(opened: OpenComplaint | OpenParty, step: str) -> Done | None:
    found = [one for one in done(opened) if one.step == step]
    return found[-1] if found else None


def write(  # noqa: PLR0913  what was done, by whom, with what, and on which days
    opened: OpenComplaint | OpenParty, step: str, by: str, told: Mapping[str, str], *, happened: date, on: date
) -> None:
    """Seal the line: whole to who has a seat, and without its contents to the parties that the regulation informs."""
    row = opened.row
    parts = sorted(told)
    line = {"step": step, "by": by, "on": happened.isoformat()}
    sealing.keep(row.pk, COURSE, STEP, {**line, "parts": parts, "told": dict(told)}, on=on, seq=row.stamp)
    for party in Party.objects.present().filter(complaint=row):
        if regulation.of(row).tells(step, party.role):
            sealing.keep(row.pk, party.kind, STEP, {**line, "parts": []}, on=on, seq=row.stamp)
