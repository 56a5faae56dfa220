"""What the page of a case shows of consent, of referral, and of the one exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from haven.cases import risk
from haven.cases.agreed import Consent, Stage
from haven.cases.consent import open_tasks
from haven.cases.opened import OpenCase, Payload
from haven.desk.consent_forms import (
    Ask,
    Choosing,
    HandOver,
    Introduced,
    Refer,
    Review,
    Risk,
    Second,
    Signpost,
    Stop,
    consents,
    ground_of,
    name_of,
    risks,
)
from haven.desk.forms import DeedForm, said
from haven.desk.sentences import RISK_STAGES, STAGES
from haven.people.access import permits
from haven.rulebook import shelf
from haven.rulebook.consent import PLACE, WHOLE
from haven.rulebook.roles import Right
from haven.ui.templatetags.ui import day

FORMS: Mapping[str, tuple[Right, type[DeedForm]]] = {
    "ask": (Right.ASK_CONSENT, Ask),
    "refer": (Right.ASK_CONSENT, Refer),
    "hand_over": (Right.ASK_CONSENT, HandOver),
    "stop": (Right.ASK_CONSENT, Stop),
    "signpost": (Right.ASK_CONSENT, Signpost),
    "introduced": (Right.ASK_CONSENT, Introduced),
    "risk": (Right.DISCLOSE_RISK, Risk),
    "second": (Right.READ_CASE, Second),
    "review": (Right.DISCLOSE_RISK, Review),
}
AFTER_CLOSING = ("stop", "review")
"""What the reporter is owed also when the case has ended."""


@dataclass(frozen=True)
class ConsentLine:
    """One consent as colleagues read it."""

    consent: Consent
    name: str
    purpose: str
    stage: str
    extent: str
    said: str = ""

    @property
    def waits(self) -> bool:
        return self.consent.stage in {Stage.ASKED, Stage.GIVEN}


@dataclass(frozen=True)
class RiskLine:
    risk: risk.Disclosure
    ground: str
    to: str
    stage: str
    late: bool


def extent(one: Consent) -> str:
    """How much goes, in words."""
    scope = one.scope
    parts = [_("the whole report") if scope.what == WHOLE else _("a summary")]
    parts += [_("with name and contact details") if scope.identity else _("without the name")]
    parts += [_("with files") if scope.files else _("without files")]
    return ", ".join(parts)


def purpose_of(one: Consent) -> str:
    purposes = {purpose.key: said(purpose.label) for purpose in shelf.current().routes.consent}
    key = str(one.asked.get("purpose", ""))
    return purposes.get(key, key)


def how_said(one: Consent) -> str:
    """How a consent was given when it was not given in the mailbox."""
    ways = {"phone": _("Given by telephone on %(day)s"), "meeting": _("Given in person on %(day)s")}
    way = ways.get(str(one.answer.get("how")))
    return way % {"day": day(date.fromisoformat(one.answer["said_on"]))} if way else ""


@dataclass
class ConsentPart:
    """`failed`: a form of this part that was sent and has to be shown again."""

    opened: OpenCase
    failed: DeedForm | None = None
    _forms: dict[str, DeedForm] = field(default_factory=dict, repr=False)

    @property
    def lines(self) -> list[ConsentLine]:
        return [
            ConsentLine(one, name_of(one), purpose_of(one), str(STAGES[one.stage]), extent(one), how_said(one))
            for one in consents(self.opened)
        ]

    @property
    def tasks(self) -> list[Payload]:
        names = {one.id: name_of(one) for one in consents(self.opened)}
        return [{**task, "to": names.get(task["id"], "")} for task in open_tasks(self.opened)]

    @property
    def risks(self) -> list[RiskLine]:
        book, today = shelf.current(), localdate()
        return [
            RiskLine(one, ground_of(one), said(book.recipient(PLACE, one.proposed["to"])), str(RISK_STAGES[one.stage]),
                     one.overdue(today))
            for one in risks(self.opened, *risk.Stage)
        ]  # fmt: skip

    @property
    def forms(self) -> dict[str, DeedForm]:
        """The deeds this person may do now. A form without anything to choose from is not there."""
        if not self._forms:
            names = AFTER_CLOSING if self.opened.case.ended else tuple(FORMS)
            allowed = [name for name in names if permits(self.opened.by, FORMS[name][0])]
            forms = {name: FORMS[name][1](opened=self.opened) for name in allowed if self._running(name)}
            kept = {n: form for n, form in forms.items() if not isinstance(form, Choosing) or form.there}
            failed = self.failed.deed if self.failed and self.failed.deed in forms else ""
            self._forms = kept | ({failed: self.failed} if failed and self.failed else {})
        return self._forms

    def _running(self, name: str) -> bool:
        """What was withdrawn has no words left: nothing can be said to the reporter any more."""
        return self.opened.case.state != "withdrawn" or name not in AFTER_CLOSING

    @property
    def today(self) -> date:
        return localdate()
