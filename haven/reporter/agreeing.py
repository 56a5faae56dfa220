"""What the pages of consent show in the mailbox, in the language of the reporter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from haven.cases.actions import NotNow
from haven.cases.agreed import Consent, Scope, Stage
from haven.dialogue import ledger
from haven.dialogue.actions import OpenMailbox
from haven.dialogue.consent import Decision, consents, team_shown
from haven.intake.choices import Choice, people
from haven.rulebook import shelf
from haven.rulebook.consent import PLACE, SUMMARY, WHOLE
from haven.rulebook.words import Text
from haven.ui.templatetags.ui import day

STAGES: Final = {
    Stage.ASKED: gettext_lazy("We wait for your decision"),
    Stage.REFUSED: gettext_lazy("You did not agree. Nothing went there."),
    Stage.GIVEN: gettext_lazy("You agreed. It has not gone there yet."),
    Stage.WITHDRAWN: gettext_lazy("You took it back. Nothing went there."),
    Stage.DONE: gettext_lazy("You agreed, and it was handed over."),
    Stage.ENDED: gettext_lazy("It was handed over, and you ended it. What was read was read; nothing more goes there."),
    Stage.RETURNED: gettext_lazy("It was handed over and given back: nobody there can read it any more."),
    Stage.TOLD: gettext_lazy("We told you where you can go. Nothing about you went there."),
}
DID: Final = {
    "case.opened": gettext_lazy("opened what you sent"),
    "file.opened": gettext_lazy("opened a file"),
    "identity.revealed": gettext_lazy("opened your name"),
    "case.assigned": gettext_lazy("gave it to a colleague of the same team"),
    "case.stepped_back": gettext_lazy("was too close to this and stepped back: this person can no longer read it"),
    "case.referred.team": gettext_lazy("passed on what you agreed to, to another team"),
    "case.referred.place": gettext_lazy("took out what you agreed to, for somebody elsewhere"),
    "referral.opened": gettext_lazy("opened what was passed on with your consent"),
    "referral.given_back": gettext_lazy("gave back what was passed on with your consent, and can no longer read it"),
    "case.closed": gettext_lazy("closed the case"),
    "case.printed": gettext_lazy("opened a page to print it"),
    "case.exported": gettext_lazy("took out a copy of the whole case"),
    "case.redacted": gettext_lazy("took out a copy of parts of it, with names blacked out"),
}


@dataclass(frozen=True)
class Request:
    """One request or what came of it. `whole`, `summary`: between which the reporter can choose."""

    consent: Consent
    to: Text
    purpose: Text | str
    stage: str
    way: str
    confidential: Text | str = ""
    team: Sequence[Choice] = field(default=())

    @property
    def id(self) -> str:
        return self.consent.id

    @property
    def open(self) -> bool:
        return self.consent.stage is Stage.ASKED

    @property
    def whole(self) -> bool:
        return self.consent.scope.what == WHOLE

    @property
    def can_choose(self) -> bool:
        return self.whole and bool(self.consent.summary.strip())

    @property
    def by(self) -> str:
        """The name and the function of who asked."""
        asked = self.consent.asked
        return f"{asked.get('by', '')}, {asked.get(_tongue(), '')}"

    @property
    def files(self) -> int:
        return len(self.consent.files)


def _tongue() -> str:
    return "nl" if (get_language() or "nl").startswith("nl") else "en"


def requests(box: OpenMailbox) -> list[Request]:
    """What waits for a decision first, then the newest."""
    found = [_request(one) for one in consents(box)]
    return sorted(found, key=lambda one: not one.open)


def _request(one: Consent) -> Request:
    book = shelf.current()
    purposes = {purpose.key: purpose.label for purpose in book.routes.consent}
    provision = book.provisions[one.to] if one.to in book.provisions and one.asked["way"] == PLACE else None
    team = people(team_shown(one), ()) if one.stage is Stage.ASKED else ()
    return Request(
        consent=one,
        to=book.recipient(one.asked["way"], one.to),
        purpose=purposes.get(str(one.asked.get("purpose", "")), ""),
        stage=str(STAGES[one.stage]),
        way=_how(one),
        confidential=provision.confidentiality_says if provision else "",
        team=team,
    )


def _how(one: Consent) -> str:
    """How it was said, when not here."""
    ways = {"phone": _("You agreed by telephone, on %(day)s. %(name)s wrote it down."),
            "meeting": _("You agreed in person, on %(day)s. %(name)s wrote it down.")}  # fmt: skip
    said = ways.get(str(one.answer.get("how")), "")
    return (
        said % {"day": day(date.fromisoformat(one.answer["said_on"])), "name": one.answer.get("by", "")} if said else ""
    )


def decision(request: HttpRequest) -> Decision:
    """What the form says. What is missing gives less, never more."""
    told = request.POST
    what = WHOLE if told.get("what") == WHOLE else SUMMARY
    return Decision(
        agree=told.get("do") == "agree",
        scope=Scope(what, identity=told.get("identity") == "yes", files=told.get("files") == "yes"),
        struck=frozenset(told.getlist("strike")),
        handover=told.get("handover") == "yes",
    )


def why_not(refused: NotNow) -> str:
    reasons = {
        "answered_already": _("You have decided on this already. Below you see what you said; you can take it back."),
        "not_asked": _("This was not asked. Choose from what stands here."),
        "too_few_readers": _("Too few people of that team are left. Strike out fewer of them, or say no."),
        "nothing_to_stop": _("This was taken back already."),
    }
    return reasons.get(str(refused), _("This case has ended: nothing can be added any more."))


def draw(request: HttpRequest, box: OpenMailbox, problems: Sequence[str] = ()) -> HttpResponse:
    told = {"case": box.case, "requests": requests(box), "problems": list(problems)}
    return render(request, "reporter/consent.html", told)


def draw_ledger(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    lines = [{"day": one.day, "function": one.function, "did": DID[one.did]} for one in _lines(box)]
    told: list[dict[str, Any]] = [_risk(one) for one in ledger.risks(box)]
    return render(request, "reporter/seen.html", {"lines": lines, "risks": told})


def _lines(box: OpenMailbox) -> list[ledger.Seen]:
    return ledger.ledger(box, _tongue())


def _risk(one: ledger.Told) -> dict[str, Any]:
    book, said = shelf.current(), one.payload
    grounds = {ground.key: ground.label for ground in book.routes.risk_grounds}
    ground = grounds.get(said["ground"], said["ground"])
    to = book.recipient(PLACE, said["to"])
    return {**said, "day": one.day, "ground": ground, "to": to, "function": said.get(_tongue(), "")}
