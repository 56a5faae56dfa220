"""An action as it is read: from the version of the plan that is in force, with how far it is by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from haven.pages import plan
from haven.pages.models.action import TARGETS, Action, Finding, Priority, Progress, State
from haven.pages.models.naming import Component, Unit
from haven.pages.models.pairs import in_language
from haven.pages.models.version import Version
from haven.voices import published
from haven.voices.models import Wording

FIELDS = {"unit": Unit, "component": Component}


@dataclass(frozen=True)
class Planned:
    key: str
    told: dict[str, str]  # what the version says of it, in the language of the page
    targets: Sequence[str]
    findings: Sequence[Finding]
    row: Action | None
    steps: Sequence[Progress]
    state: str
    used: Sequence[Wording]  # what people told us, and is in it

    @property
    def label(self) -> Any:
        return State(self.state).label

    @property
    def latest(self) -> Progress | None:
        return next(iter(self.steps), None)

    @property
    def percent(self) -> int | None:
        """None where it would say nothing: what has not begun, and what was dropped."""
        telling = self.state in {State.RUNNING, State.DONE}
        return self.latest.percent if self.latest and telling else None

    @property
    def ideas(self) -> list[Any]:
        """What came out of meetings, and is in it. None yet of an action that is only looked at."""
        return [*self.row.ideas.all()] if self.row and self.row.pk else []

    @property
    def next_look(self) -> date | None:
        return self.row.next_look() if self.row and self.state == State.MAINTAINED else None


class Reading:
    """The names of everything a version holds on to by key, in the language of the page."""

    def __init__(self) -> None:
        self.named = {field: {key: one.name for key, one in kind.by_key().items()} for field, kind in FIELDS.items()}
        self.findings = {one.key: one for one in Finding.objects.select_related("source")}
        self.used = published.used_by_action()

    def of(self, field: str, stood: plan.Stood) -> str:
        value: Any = stood.get(field) or ""
        if field in plan.WORDS:
            return in_language(value) if value else ""
        if field == "priority":
            return str(Priority(value).label) if value else ""
        if field == "targets":
            return ", ".join(str(TARGETS[key]) for key in value)
        if field == "findings":
            return " · ".join(self.findings[key].text for key in value if key in self.findings)
        return self.named[field].get(value, str(value))

    def planned(self, key: str, stood: plan.Stood, row: Action | None) -> Planned:
        told = {field: self.of(field, stood) for field in (*plan.WORDS, *plan.KEYS, "targets")}
        state = row.state if row else State.DROPPED
        findings = [self.findings[one] for one in stood["findings"] if one in self.findings]
        used, steps = self.used.get(key, []), row.steps() if row else []
        return Planned(key, told, stood["targets"], findings, row, steps, state, used)


def in_force() -> list[Planned]:
    """Every action of the newest version, in its order."""
    newest, reading = Version.newest(), Reading()
    rows = {one.key: one for one in Action.objects.prefetch_related("history", "ideas")}
    return [reading.planned(key, stood, rows.get(key)) for key, stood in (newest.actions if newest else {}).items()]
