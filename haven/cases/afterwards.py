"""What is still to come in a case: check-ins that were agreed, and what the reporter asked later, each with its day.

All of it lies in `replies`, in one slot, so that both sides can read where it stands; the words of the reporter lie in
`report`. Without a key only one day is known, `Case.look_by`: not whether it is a check-in or a question, nor how many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from secrets import token_hex
from typing import Final
from uuid import UUID

from haven.cases.models import Case, State
from haven.cases.opened import Payload
from haven.rulebook import shelf
from haven.vault import reading
from haven.vault.keyring import Keyring
from haven.vault.reading import Opened

SLOT: Final = "later"
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """A proposal of check-ins and what became of it. `keys`: what the reporter agreed to."""

    id: str
    proposed: Payload = field(repr=False)
    proposed_on: date
    keys: tuple[str, ...] = ()
    answered_on: date | None = None
    answer: Payload = field(default_factory=dict, repr=False)
    stopped_on: date | None = None
    checked: Mapping[str, Payload] = field(default_factory=dict, repr=False)

    @property
    def waits(self) -> bool:
        return self.answered_on is None and self.stopped_on is None

    @property
    def agreed(self) -> bool:
        return bool(self.keys) and self.stopped_on is None

    def days(self, closed_on: date | None) -> dict[str, date]:
        """When each check-in is, in order: counted from closing. What had passed when it was agreed never comes."""
        if closed_on is None or not self.agreed or self.answered_on is None:
            return {}
        calendar, after = shelf.current().calendar, self.proposed["after"]
        days = {key: calendar.on_or_after(closed_on + timedelta(days=after[key])) for key in self.keys}
        return {key: day for key, day in sorted(days.items(), key=lambda one: one[1]) if day > self.answered_on}

    def to_come(self, closed_on: date | None) -> dict[str, date]:
        return {key: day for key, day in self.days(closed_on).items() if key not in self.checked}


@dataclass(frozen=True)
class Concern:
    """Something the reporter told or asked later, with a term. `looked`: who saw it, and when."""

    id: str
    asked: Payload = field(repr=False)
    day: date
    due: date
    looked_on: date | None = None
    looked: Payload = field(default_factory=dict, repr=False)

    @property
    def kind(self) -> str:
        return str(self.asked["kind"])

    @property
    def open(self) -> bool:
        return self.looked_on is None


@dataclass(frozen=True)
class Later:
    plans: tuple[Plan, ...] = ()
    concerns: tuple[Concern, ...] = ()
    evaluated_on: date | None = None

    @property
    def plan(self) -> Plan | None:
        """The newest. There is one at a time: nothing is proposed while another waits, or has a day to come."""
        return self.plans[-1] if self.plans else None

    def can_propose(self, closed_on: date | None) -> bool:
        plan = self.plan
        if plan is None or not (plan.waits or plan.agreed):
            return True
        return not plan.waits and closed_on is not None and not plan.to_come(closed_on)

    @property
    def open_concerns(self) -> list[Concern]:
        return [one for one in self.concerns if one.open]

    def concern(self, key: str) -> Concern | None:
        """What is still to be looked at, by its id."""
        return next((one for one in self.open_concerns if one.id == key), None)

    def days(self, closed_on: date | None) -> dict[str, date]:
        return self.plan.to_come(closed_on) if self.plan else {}

    def look_by(self, closed_on: date | None) -> date | None:
        """The first day by which somebody has to look."""
        days = [*(one.due for one in self.open_concerns), *self.days(closed_on).values()]
        return min(days, default=None)

    def until(self, closed_on: date) -> date:
        """The day on which the words go: as always, or some time after the last thing that is to come."""
        book = shelf.current()
        last = [day for plan in self.plans for day in plan.days(closed_on).values()]
        last += [one.looked_on or one.due for one in self.concerns]
        care = [day + timedelta(days=book.aftercare.days_after) for day in last]
        return max([closed_on + timedelta(days=book.retention.periods.closed_days), *care])


def asked(kind: str, due: date) -> Payload:
    """The line with which something begins that has a term."""
    return {"id": token_hex(8), "about": "asked", "kind": kind, "due": due.isoformat()}


def read(keyring: Keyring, scope: UUID) -> Later:
    return fold(reading.open_items(keyring, [scope], kinds=("replies",), slots=(SLOT,)).get(scope, []))


def settle(keyring: Keyring, case: Case, *, on: date) -> None:
    """The two days that can be read without a key follow from what is sealed. In the caller's transaction, which holds
    the case. Words are never destroyed on the very day on which something was stopped."""
    later = read(keyring, case.pk)
    columns: dict[str, date | None] = {"look_by": later.look_by(case.closed_on)}
    if case.state == State.CLOSED and case.closed_on is not None:
        columns["forget_on"] = max(later.until(case.closed_on), on + ONE_DAY)
    case.changed(**columns)


def fold(items: Iterable[Opened]) -> Later:
    """What these lines of `replies` make together."""
    whole = [one for one in items if one.kind == "replies" and one.item.slot == SLOT and not one.damaged]
    lines: dict[str, list[Opened]] = {}
    for one in sorted(whole, key=lambda one: one.item.seq):
        lines.setdefault(str(one.payload["id"]), []).append(one)
    named = {key: {one.payload["about"]: one for one in told} for key, told in lines.items()}
    plans = [_plan(key, by, lines[key]) for key, by in named.items() if "proposed" in by]
    concerns = [_concern(key, by) for key, by in named.items() if "asked" in by]
    evaluated = [by["evaluated"].item.made_on for by in named.values() if "evaluated" in by]
    return Later(tuple(plans), tuple(concerns), min(evaluated, default=None))


def _plan(key: str, by: Mapping[str, Opened], told: list[Opened]) -> Plan:
    answer, stopped = by.get("answered"), by.get("stopped")
    return Plan(
        id=key,
        proposed=by["proposed"].payload,
        proposed_on=by["proposed"].item.made_on,
        keys=tuple(answer.payload["keys"]) if answer else (),
        answered_on=answer.item.made_on if answer else None,
        answer=answer.payload if answer else {},
        stopped_on=stopped.item.made_on if stopped else None,
        checked={
            one.payload["key"]: {**one.payload, "day": one.item.made_on}
            for one in told
            if one.payload["about"] == "checked"
        },
    )


def _concern(key: str, by: Mapping[str, Opened]) -> Concern:
    """A longer term takes the place of the first."""
    asked, looked = by["asked"], by.get("looked")
    last = by.get("extended", asked)
    return Concern(
        id=key,
        asked={**asked.payload, "why_longer": last.payload.get("reason", "")},
        day=asked.item.made_on,
        due=date.fromisoformat(last.payload["due"]),
        looked_on=looked.item.made_on if looked else None,
        looked=looked.payload if looked else {},
    )
