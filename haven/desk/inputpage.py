"""What the pages of input from people show. Every number is counted from what the viewer can open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from haven.desk.forms import said
from haven.desk.input_forms import Answer, Decide, DeedForm, Propose, Publish, Word
from haven.people.models import User
from haven.rulebook import shelf
from haven.vault.unlocking import Keyring
from haven.voices import published
from haven.voices.models import Decision, Input, PlanLine, Round
from haven.voices.opened import OpenInput, all_open_to

REFUSED: Final = {
    "no_address": _("No address was left, or it was answered already."),
    "no_decision": _("Decide first what is done with it."),
    "no_wording": _("There is no text that waits for a second look."),
    "not_used": _("Only what is used can become an action."),
    "in_an_action": _("It belongs to an action already."),
    "own_wording": _("You wrote this text yourself. A colleague looks at it and publishes it."),
}


def refused(key: str) -> str:
    return str(REFUSED.get(key, _("That cannot be done now.")))


@dataclass(frozen=True)
class Answered:
    """Of what this person can open and a term ran for: how many were answered, or still are in time."""

    in_time: int
    late: int
    waiting: int

    @property
    def share(self) -> int | None:
        ended = self.in_time + self.late
        return round(100 * self.in_time / ended) if ended else None


class Shown:
    """One input, as list and page show it."""

    def __init__(self, opened: OpenInput, today: date) -> None:
        self.opened, self.row, self.today = opened, opened.row, today

    @property
    def kind(self) -> str:
        found = shelf.current().voices.kind(str(self.opened.said.get("kind")))
        return said(found.label) if found else str(_("This does not open"))

    @property
    def source(self) -> str:
        found = shelf.current().voices.source(str(self.opened.said.get("source")))
        return said(found.label) if found else str(_("The site"))

    @property
    def age(self) -> int:
        """In calendar days."""
        return (self.today - self.row.received_on).days if self.row.received_on else 0

    @property
    def waits(self) -> bool:
        return self.row.due_on is not None and self.row.answered_on is None

    @property
    def late(self) -> bool:
        return self.waits and self.row.due_on is not None and self.row.due_on < self.today

    @property
    def is_open(self) -> bool:
        """Somebody waits for an answer, or for a decision."""
        return self.waits or not self.row.decision

    @property
    def decision(self) -> str:
        return str(Decision(self.row.decision).label) if self.row.decision else ""

    @property
    def asked(self) -> Round | None:
        """The question it answers, if any."""
        pk = self.opened.said.get("round")
        return Round.objects.filter(pk=pk).first() if pk else None


class InputPage(Shown):
    """`failed`: the form that came back, with what is wrong with it."""

    def __init__(self, opened: OpenInput, failed: DeedForm | None = None) -> None:
        super().__init__(opened, localdate())
        self.forms: dict[str, forms.Form] = {form.deed: form(opened=opened) for form in self._deeds()}
        if failed is not None:
            self.forms[failed.deed] = failed

    def _deeds(self) -> list[type[DeedForm]]:
        """What can be done now. Who wrote the text is not asked to publish it."""
        wording = self.opened.wording
        able: list[tuple[type[DeedForm], bool]] = [
            (Answer, bool(self.opened.mail)),
            (Decide, True),
            (Propose, self.row.decision == Decision.USED and not self.opened.decided.get("action")),
            (Word, bool(self.row.decision)),
            (Publish, bool(wording) and wording.get("by") != self.opened.by.pk),
        ]
        return [form for form, can in able if can]

    @property
    def action(self) -> str:
        key = str(self.opened.decided.get("action", ""))
        return titles().get(key, key)

    @property
    def days(self) -> int:
        return shelf.current().retention.periods.input_days


def titles() -> dict[str, str]:
    """Of every action, by key. One that is not there any more is called by its key."""
    return PlanLine.objects.all().titles(get_language() or "nl")


def overview(keyring: Keyring, by: User) -> dict[str, Any]:
    today, known = localdate(), titles()
    mine = [Shown(one, today) for one in all_open_to(keyring, by=by)]
    waiting = sorted((one for one in mine if one.is_open), key=lambda one: (one.row.due_on or date.max, -one.age))
    return {
        "waiting": waiting,
        "done": [one for one in reversed(mine) if not one.is_open],
        "answered": answered(one.row for one in mine),
        "rounds": Round.objects.filter(closes_on__gte=today),
        "units": {one.key: one.name for one in shelf.current().institution.units},
        "wordings": [(one, known.get(one.action, one.action)) for one in published.all_of_them()],
        "days": shelf.current().voices.days,
    }


def answered(rows: Iterable[Input]) -> Answered:
    today, in_time, late, waiting = localdate(), 0, 0, 0
    for row in rows:
        if row.due_on is not None:
            missed = row.in_time is False or (row.answered_on is None and row.due_on < today)
            in_time, late = in_time + (row.in_time is True), late + missed
            waiting += row.answered_on is None and not missed
    return Answered(in_time, late, waiting)
