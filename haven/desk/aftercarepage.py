"""What the desk shows of afterwards: on the page of a case, and above the inbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate

from haven.cases import afterwards
from haven.cases.afterwards import SLOT, Concern, Later
from haven.cases.enquiry import Enquiry, asked_in
from haven.cases.models import Case
from haven.cases.opened import OpenCase, Payload
from haven.cases.privacy import DECISION
from haven.desk.aftercare_forms import (
    Checked,
    CheckIns,
    LaterForm,
    LookAt,
    NoCheckIns,
    fits,
    later_of,
    moments,
    name_of,
)
from haven.desk.enquiry_forms import Enquire
from haven.desk.forms import DeedForm, said
from haven.desk.privacy_forms import Decide, Extend
from haven.desk.sentences import CONCERNS
from haven.desk.terms import until_day
from haven.people.access import permits
from haven.rulebook import shelf
from haven.rulebook.roles import Right
from haven.vault import reading
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring

FORMS: Mapping[str, type[LaterForm]] = {
    form.deed: form for form in (LookAt, Enquire, Extend, Decide, Checked, CheckIns, NoCheckIns)
}


@dataclass(frozen=True)
class Moment:
    """A check-in, and what came of it."""

    label: str
    day: date | None = None
    late: bool = False
    checked: Payload = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Told:
    """Something the reporter told or asked later, with its words and what was done."""

    concern: Concern
    name: str
    left: str
    late: bool
    words: Payload = field(repr=False)
    done: Payload = field(repr=False)


@dataclass
class Aftercare:
    """`failed`: a form of this part that was sent and has to be shown again."""

    opened: OpenCase
    failed: DeedForm | None = None

    @property
    def later(self) -> Later:
        return later_of(self.opened)

    @property
    def concerns(self) -> list[Told]:
        """What is still to be looked at first."""
        words = {one.payload.get("id"): one.payload for one in self.opened.of("report", "message")}
        done = {one.payload.get("id"): one.payload for one in self.opened.of("internal", SLOT) if _is_remark(one)}
        today = localdate()
        ways = {one.key: said(one.label) for one in shelf.current().privacy.checks}
        found = [
            Told(one, name_of(one), until_day(one.due, today), one.open and one.due < today,
                 words.get(one.id, {}), _with_check(done.get(one.id, {}), ways))
            for one in self.later.concerns
        ]  # fmt: skip
        return sorted(found, key=lambda one: (not one.concern.open, one.concern.due))

    @property
    def moments(self) -> list[Moment]:
        """What was agreed: with its day once the case is closed, and what came of it."""
        plan, labels, closed_on = self.later.plan, moments(), self.opened.case.closed_on
        if plan is None or not plan.agreed:
            return []
        remarks = {one.payload.get("key"): one.payload for one in self.opened.of("internal", SLOT)}
        days, today = plan.days(closed_on), localdate()
        return [
            Moment(labels.get(key, key), days.get(key), key not in plan.checked and days.get(key, today) < today,
                   {**remarks.get(key, {}), **plan.checked[key]} if key in plan.checked else {})
            for key in (days if closed_on else plan.keys)
        ]  # fmt: skip

    @property
    def decisions(self) -> list[Payload]:
        """For each person who is named in a request about personal data."""
        labels = {one.key: said(one.label) for one in shelf.current().privacy.decisions}
        kept = [one for one in self.opened.of("internal", SLOT) if not _is_remark(one)]
        return [
            {**one.payload, "day": one.item.made_on, "label": labels.get(one.payload["decision"], ""),
             "review": date.fromisoformat(one.payload["review_on"]) if one.payload["review_on"] else None}
            for one in kept
        ]  # fmt: skip

    @property
    def enquiries(self) -> list[Enquiry]:
        """What people of other teams were asked from this request, and answered."""
        return asked_in(self.opened)

    @property
    def evaluation(self) -> list[tuple[str, str]]:
        """What was asked and answered, in the order of the questions."""
        given: Payload = next((one.payload["answers"] for one in self.opened.of("report", SLOT)), {})
        care = shelf.current().aftercare
        steps = {one.key: said(one.label) for one in care.steps}
        asked = [one for one in care.evaluation if one.key in given]
        return [(said(one.asks), given[one.key] if one.own_words else steps.get(given[one.key], "")) for one in asked]

    @cached_property
    def forms(self) -> dict[str, DeedForm]:
        if not permits(self.opened.by, Right.ANSWER):
            return {}
        made = {name: form(opened=self.opened) for name, form in FORMS.items()}
        found: dict[str, DeedForm] = {name: form for name, form in made.items() if fits(form)}
        return found | ({self.failed.deed: self.failed} if self.failed and self.failed.deed in found else {})

    @property
    def until(self) -> date:
        """When the words would go if the case were closed today."""
        return self.later.until(localdate())


def _with_check(done: Payload, ways: Mapping[str, str]) -> Payload:
    """How and on which day it was checked who asks, in words."""
    if not (checked := done.get("checked")):
        return done
    return {**done, "how": ways.get(checked["how"], ""), "checked_on": date.fromisoformat(checked["day"])}


def _is_remark(one: Opened) -> bool:
    return one.payload.get("about") != DECISION


@dataclass(frozen=True)
class ToLookAt:
    """A line above the inbox: what waits in which case, and how far its day is."""

    reference: str
    name: str
    day: date
    left: str
    late: bool


def to_look_at(keyring: Keyring, on: date) -> list[ToLookAt]:
    """What reporters told or asked later, and the check-ins whose day has come; the first day first. Only the cases
    that have such a day are opened."""
    cases = list(Case.objects.to_look_at().each_granted_to(keyring))
    items = reading.open_items(keyring, [one.pk for one in cases], kinds=("replies",), slots=(SLOT,)) if cases else {}
    lines = [line for case in cases for line in _lines(case, afterwards.fold(items.get(case.pk, [])), on)]
    return sorted(lines, key=lambda one: (one.day, one.reference))


def _lines(case: Case, later: Later, on: date) -> list[ToLookAt]:
    found: list[tuple[Any, date]] = [(CONCERNS[one.kind], one.due) for one in later.open_concerns]
    found += [(CONCERNS["check_in"], day) for day in later.days(case.closed_on).values() if day <= on]
    return [ToLookAt(case.reference, str(name), day, until_day(day, on), day < on) for name, day in found]
