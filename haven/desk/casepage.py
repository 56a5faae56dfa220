"""Everything the page of one case shows, gathered from the opened case. Opens nothing by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.cases.models import Case, State
from haven.cases.opened import OpenCase
from haven.desk.adviser_forms import Give, TakeBack
from haven.desk.aftercarepage import FORMS as AFTERWARDS
from haven.desk.aftercarepage import Aftercare
from haven.desk.arrival import Arrival
from haven.desk.casefiles import CaseFile, files_of
from haven.desk.consentpage import ConsentPart
from haven.desk.forms import Answer, Assignment, Attempt, Closing, DeedForm, Note, Reveal, Screening
from haven.desk.keptout import KeptOut, kept_out, units_of
from haven.desk.sentences import ADVISER_TOLD, DID, SCREENED, WAYS
from haven.desk.terms import Due, age_of, due_of, rule_of
from haven.desk.titles import title_of
from haven.desk.triage_forms import TRIAGE
from haven.desk.triagepage import Triage
from haven.people.access import permits
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.directory import Provision
from haven.rulebook.questions import ANONYMOUS, Kind, Question
from haven.rulebook.roles import Right
from haven.rulebook.words import Text
from haven.trail.models import Entry

FORMS: Mapping[str, tuple[Right, type[DeedForm]]] = {
    "screen": (Right.SCREEN, Screening),
    "answer": (Right.ANSWER, Answer),
    "note": (Right.NOTE, Note),
    "attempt": (Right.RECORD_ATTEMPT, Attempt),
    "assign": (Right.ASSIGN, Assignment),
    "give": (Right.ASSIGN, Give),
    "recall": (Right.ASSIGN, TakeBack),
    "reveal": (Right.REVEAL, Reveal),
    "close": (Right.CLOSE, Closing),
    **TRIAGE,
}


@dataclass(frozen=True)
class Told:
    """One question and what was answered, in the language of who reads it now; words stay as they were written."""

    asks: str
    chosen: list[str] = field(repr=False)
    words: str = field(repr=False)
    long: bool = False


def told(answers: Mapping[str, Any], compartment: str = "report") -> list[Told]:
    """The answers in the order of the questions. What was skipped is not there."""
    intake = shelf.current().intake
    ordered = dict.fromkeys((*intake.asks(answers), *intake.every))
    questions = [q for q in ordered if q.compartment == compartment and answers.get(q.key)]
    return [_told(q, answers) for q in questions if q.kind is not Kind.FILES]


def _told(question: Question, answers: Mapping[str, Any]) -> Told:
    language, answer = get_language() or "nl", answers[question.key]
    labels = [option.label.say(language) for option in question.chosen(answers)]
    words = answer if isinstance(answer, str) and not question.options else ""
    words = answer.get("words", "") if isinstance(answer, dict) else words
    return Told(question.asks.say(language), labels, words, long=question.kind is Kind.STORY)


@dataclass(frozen=True)
class Message:
    """One message of the dialogue. `mine`: written by us, not by the reporter."""

    who: str
    day: date
    words: str = field(repr=False)
    mine: bool
    fresh: bool = False
    files: list[CaseFile] = field(default_factory=list, repr=False)


def message(payload: Mapping[str, Any], day: date, files: list[CaseFile]) -> Message:
    """What was written, or what was done and told in the dialogue; and the files that came with it."""
    mine = payload.get("from") != "reporter"
    words = str(payload.get("text", ""))
    if payload.get("about") == "revealed":
        words = _("Opened the name of the reporter. The reason given: %(reason)s") % {
            "reason": payload.get("reason", "")
        }
    elif payload.get("about") in ADVISER_TOLD:
        words = str(ADVISER_TOLD[payload["about"]])
    elif payload.get("about") == "identity_given":
        words = _("The reporter said who they are.")
    elif payload.get("about") == "later":
        words = _("The reporter told or asked something on top of this. See “Afterwards”.")
    elif payload.get("about") == "consent":
        words = _("The reporter decided on what was asked. See “Consent and referral”.")
    order = [*payload.get("files", ())]
    files = sorted(files, key=lambda file: order.index(file.name) if file.name in order else len(order))
    return Message(str(payload.get("by", _("Notice"))) if mine else _("The reporter"), day, words, mine, files=files)


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    day: date
    did: str
    who: str


def timeline(case: Case) -> list[Line]:
    """Who did what, from the trail (R-000-21)."""
    entries = list(Entry.objects.filter(subject=case.reference))
    ids = {entry.actor for entry in entries if entry.actor.isdigit()}
    names = {str(person.pk): person.name for person in User.objects.known().filter(pk__in=ids)}
    return [Line(one.day, str(DID.get(one.did, one.did)), _who(one.actor, names)) for one in entries]


def _who(actor: str, names: Mapping[str, str]) -> str:
    if actor == "reporter":
        return _("the reporter")
    return names.get(actor, _("the clock") if not actor else _("somebody who left"))


@dataclass
class CasePage:
    """What the template draws. `failed`: a form that was sent and has to be shown again as it was filled in."""

    opened: OpenCase
    failed: DeedForm | None = None
    revealed: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def case(self) -> Case:
        return self.opened.case

    @property
    def title(self) -> str:
        return title_of(self.case, self.opened.head)

    @property
    def arrival(self) -> Arrival:
        return Arrival(self.opened)

    @property
    def mode(self) -> str:
        """How much of themselves the reporter shows, in words."""
        if not self.opened.head:
            return ""
        question = next(q for q in shelf.current().intake.questions if q.kind is Kind.MODE)
        option = question.option(self.opened.head.get("mode", ANONYMOUS))
        return option.name().say(get_language() or "nl") if option else ""

    @property
    def triage(self) -> Triage:
        return Triage(self.opened)

    @property
    def can_be_spam(self) -> bool:
        return not self.case.ended and permits(self.opened.by, Right.CLOSE)

    @property
    def lost(self) -> bool:
        """Whether a form was sent that has no place on this page any more: its words are shown to be copied."""
        failed = "" if self.failed is None else self.failed.deed
        return bool(failed) and failed not in AFTERWARDS and (failed == "reopen") != self.case.ended

    @cached_property
    def due(self) -> Due | None:
        return due_of(self.case, localdate())

    @cached_property
    def rule(self) -> str:
        return rule_of(self.case)

    @property
    def age(self) -> str:
        return age_of(self.case, localdate())

    @property
    def report(self) -> list[Told]:
        return told(self.opened.answers.get("answers", {}))

    @property
    def screenings(self) -> list[dict[str, Any]]:
        found = self.opened.of("internal", "screening")
        return [
            {
                **one.payload,
                "day": one.item.made_on,
                "label": SCREENED.get(one.payload["result"], one.payload["result"]),
            }
            for one in found
        ]

    @property
    def attempts(self) -> list[dict[str, Any]]:
        ways = dict(WAYS)
        found = self.opened.of("internal", "attempt")
        return [
            {**one.payload, "day": one.item.made_on, "label": ways.get(one.payload["way"], one.payload["way"])}
            for one in found
        ]

    @property
    def notes(self) -> list[dict[str, Any]]:
        return [{**one.payload, "day": one.item.made_on} for one in self.opened.of("internal", "note")]

    @property
    def messages(self) -> list[Message]:
        found = [message(one.payload, one.item.made_on, self._sent_with(one.item.seq)) for one in self.opened.messages]
        fresh = len(found) - 1 if self.case.reply_waiting else -1
        return [replace(one, fresh=number == fresh and not one.mine) for number, one in enumerate(found)]

    @property
    def files(self) -> list[CaseFile]:
        """The files of the report. One that is damaged does not tell any more what it came with, and stands here."""
        return self._sent_with(None)

    @property
    def sent_later(self) -> bool:
        """Whether files came with messages."""
        return len(self.files) < len(self._files)

    @cached_property
    def _files(self) -> list[CaseFile]:
        return files_of(self.opened)

    def _sent_with(self, number: int | None) -> list[CaseFile]:
        """The files of one message. The number is sealed with the name of a file; those of the report have none."""
        return [one for one in self._files if one.about.get("message") == number]

    @property
    def timeline(self) -> list[Line]:
        return timeline(self.case)

    @property
    def identity(self) -> list[Told]:
        """The name and the way to reach the reporter, when it is meant for everybody or was just opened."""
        shown = self.revealed or (self.opened.one("identity", "identity") if self.opened.shows_name else {})
        return told(shown, "identity") if shown else []

    @property
    def holds_name(self) -> bool:
        return self.opened.knows_reporter and not self.identity

    @cached_property
    def support(self) -> tuple[Provision, ...]:
        """The provisions that fit what was told, for who thinks along about what is possible (R-002-15)."""
        answers = self.opened.answers.get("answers", {})
        return shelf.current().fitting(answers) if answers else ()

    @cached_property
    def units(self) -> list[Text]:
        return units_of(self.opened)

    @cached_property
    def kept_out(self) -> list[KeptOut]:
        return kept_out(self.opened)

    @property
    def outcome(self) -> str:
        key = self.opened.one("internal", "closing").get("outcome")
        found = next((one.label for one in shelf.current().routes.outcomes if one.key == key), None)
        return found.say(get_language() or "nl") if found else ""

    @cached_property
    def consent(self) -> ConsentPart:
        return ConsentPart(self.opened, self.failed)

    @cached_property
    def aftercare(self) -> Aftercare:
        return Aftercare(self.opened, self.failed)

    @cached_property
    def forms(self) -> dict[str, DeedForm]:
        """The deeds this person may do now."""
        allowed = {name: form for name, (right, form) in FORMS.items() if permits(self.opened.by, right)}
        forms = {name: form(opened=self.opened) for name, form in allowed.items() if self._fits(name)}
        return forms | ({self.failed.deed: self.failed} if self.failed else {})

    def _fits(self, name: str) -> bool:
        if self.case.ended:
            return name == "reopen" and self.triage.can_be_reopened
        fits = {
            "close": self.case.state != State.NEW,
            "reopen": False,
            "reveal": self.holds_name,
            "give": bool(shelf.current().routes.kinds_of(self.case.route)),
            "recall": self.case.handler is not None and bool(self.case.handler.advises),
        }
        return fits.get(name, True)
