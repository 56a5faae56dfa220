"""What the mailbox shows: where things stand, in plain words, and both sides of the dialogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from haven.cases.actions import NotNow
from haven.cases.agreed import Stage
from haven.cases.models import Case, State
from haven.dialogue.actions import OpenMailbox, is_known
from haven.dialogue.consent import consents
from haven.dialogue.ledger import risks
from haven.intake import letters, questionnaire, uploads
from haven.intake.choices import Choice, people
from haven.intake.message import Message
from haven.people.readers import RouteReader
from haven.reporter.aftercare import afterwards
from haven.reporter.forms import EVERYONE, RevealForm
from haven.reporter.visit import IDLE_MINUTES
from haven.rulebook import shelf
from haven.rulebook.calendar import Term
from haven.rulebook.consent import TEAM
from haven.rulebook.form_kinds import FormKind
from haven.vault.reading import Opened

STANDS = {
    State.NEW: gettext_lazy("Your message has arrived. Somebody will read it soon."),
    State.OPEN: gettext_lazy("Your message has been read, and somebody is working on it."),
    State.FILED: gettext_lazy("Your message has been read and is kept. It counts. You can still write to us here."),
    State.CLOSED: gettext_lazy("This case is closed."),
}


NOTICES = frozenset(
    {
        "revealed",
        "adviser",
        "adviser_left",
        "reads_instead",
        "name_gone",
        "name_waits",
        "name_away",
        "given_back",
        "all_given_back",
    }
)


@dataclass(frozen=True)
class Line:
    """One message. `words` of the reporter are only there when reading back was chosen at sending."""

    day: date
    seq: int
    own: bool
    words: str = ""
    by: str = ""
    about: str = ""
    reason: str = ""
    function: str = ""
    files: int = 0

    @property
    def notice(self) -> bool:
        """Told by the house, and signed by nobody."""
        return self.about in NOTICES


def draw(request: HttpRequest, box: OpenMailbox, message: Message | None = None) -> HttpResponse:
    """The mailbox. A message that could not be sent stands in the form again, with its files."""
    own, message = box.own_words(), message or Message()
    told = about(box) | {
        "lines": lines(box),
        "rows": [row for row in questionnaire.review(own.get("answers", {})) if row.said] if own else [],
        "known": is_known(box.case),
        "room": uploads.has_room(),
        "limits": shelf.current().intake.files,
        "most": uploads.most_bytes(),
        "minutes": IDLE_MINUTES,
        "consents": [one.stage for one in consents(box)],
        "risks": risks(box),
        "letter": _letter(box),
        "after": afterwards(box),
    }
    return render(request, "reporter/open.html", told | {"message": message, "kept": message.sealed()})


def about(box: OpenMailbox) -> dict[str, Any]:
    case = box.case
    stands, kind = STANDS[State(case.state)], box.kind()
    kind_name = shelf.current().kind_name(kind).say(get_language() or "nl").lower() if kind else ""
    return {"case": case, "stands": stands, "term": contact_term(case), "book": shelf.current(), "kind": kind_name}


def _letter(box: OpenMailbox) -> FormKind | None:
    """The letter of complaint, for who agreed that the complaints officers may know. It begins with nobody but them."""
    office = shelf.current().routes.complaints
    agreed = [one.to for one in consents(box) if one.stage in {Stage.GIVEN, Stage.DONE} and one.asked["way"] == TEAM]
    return letters.form() if office and office.team in agreed else None


def contact_term(case: Case) -> Term | None:
    """By when somebody tries to reach the reporter, and how that was counted; None once that has happened."""
    if case.contact_due is None or case.contacted_on is not None or case.ended:
        return None
    book = shelf.current()
    return book.calendar.add_working_days(case.received_on, book.routes[case.route].first_contact_working_days)


def lines(box: OpenMailbox) -> list[Line]:
    """Both sides in one order. Of the reporter's side always the day; the words only where the code opens them."""
    messages = box.messages()
    readable = {one.item.seq for one in messages if one.payload.get("from") == "reporter"}
    told = [_line(one) for one in messages]
    told += [_mark(one) for one in box.marks() if one.item.seq not in readable]
    return sorted(told, key=lambda one: one.seq)


def _line(one: Opened) -> Line:
    said = one.payload
    return Line(
        day=one.item.made_on,
        seq=one.item.seq,
        own=said.get("from") == "reporter",
        words=said.get("text", ""),
        by=said.get("by", ""),
        about=said.get("about", ""),
        reason=said.get("reason", ""),
        function=said.get(f"function_{get_language()}", ""),
        files=len(said.get("files", ())),
    )


def _mark(one: Opened) -> Line:
    mark = one.payload
    return Line(one.item.made_on, one.item.seq, own=True, about=mark.get("about", ""), files=mark.get("files", 0))


def may_know(handlers: Sequence[RouteReader], form: RevealForm) -> list[Choice]:
    """Everyone who handles the case together, or one of them."""
    ticked = str(form["to"].value() or "")
    everyone = Choice(EVERYONE, _("Everyone who handles my message"), checked=ticked == EVERYONE)
    return [*people(handlers, {ticked}), everyone]


def why_not(refused: NotNow) -> str:
    """Why a deed is not possible now, as a sentence for the page."""
    reasons = {
        "already_known": _("You have told us who you are already."),
        "not_a_reader": _("This person no longer handles your case. Please choose somebody else."),
    }
    ended = _("This case has ended: nothing can be added any more. You can still copy what you typed.")
    return reasons.get(str(refused), ended)
