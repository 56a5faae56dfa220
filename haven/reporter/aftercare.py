"""What the mailbox shows of afterwards: being asked again, telling that something goes wrong, how it went."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex
from typing import Any, Self

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from haven.cases.actions import NotNow
from haven.cases.afterwards import Later
from haven.dialogue.actions import OpenMailbox
from haven.dialogue.aftercare import Told, can_write_back, later
from haven.intake.forms import Words, too_long_message
from haven.intake.message import LONGEST
from haven.rulebook import shelf
from haven.rulebook.words import Text

FIELDS = ("what", "since", "wish")


@dataclass(frozen=True)
class Moment:
    """One check-in: when, in words and, once the case is closed, by its day. `come`: that day is here."""

    key: str
    label: Text | str
    day: date | None = None
    come: bool = False


@dataclass(frozen=True)
class Afterwards:
    """What stands in the mailbox. `asked`: what we propose; `moments`: what was agreed and is still to come."""

    later: Later
    asked: Sequence[Moment] = ()
    moments: Sequence[Moment] = ()
    can_write: bool = False
    can_evaluate: bool = False

    @property
    def today(self) -> bool:
        return any(one.come for one in self.moments)

    @property
    def agreed(self) -> bool:
        return bool(self.later.plan and self.later.plan.agreed)

    @property
    def can_stop(self) -> bool:
        return self.agreed


def afterwards(box: OpenMailbox) -> Afterwards:
    now, case, care = later(box), box.case, shelf.current().aftercare
    plan, labels = now.plan, {one.key: one.label for one in care.check_ins}
    asked = list(plan.proposed["after"]) if plan and plan.waits else []
    agreed: dict[str, date | None] = {**now.days(case.closed_on)}
    if plan and plan.agreed and case.closed_on is None:
        agreed = dict.fromkeys(plan.keys)
    return Afterwards(
        later=now,
        asked=[Moment(key, labels.get(key, key)) for key in asked],
        moments=[Moment(key, labels.get(key, key), day, _has_come(day)) for key, day in agreed.items()],
        can_write=case.ended and can_write_back(now),
        can_evaluate=case.ended and now.evaluated_on is None and bool(care.evaluation),
    )


def _has_come(day: date | None) -> bool:
    return day is not None and day <= localdate()


@dataclass(frozen=True)
class Telling:
    """The form in which somebody tells that they are being disadvantaged. Its boxes are all called `words`, in a fixed
    order: so nothing is lost when the mailbox closed meanwhile."""

    words: tuple[str, ...] = field(default=("", "", ""), repr=False)
    once: str = field(default_factory=lambda: token_hex(8))
    problems: tuple[str, ...] = ()

    @classmethod
    def posted(cls, request: HttpRequest) -> Self:
        given = [Words(required=False).to_python(one) for one in request.POST.getlist("words")]
        words = tuple([*given, "", "", ""][: len(FIELDS)])
        problems = [] if words[0].strip() else [_("Write what happened. A few words are enough.")]
        problems += [too_long_message(len(one) - LONGEST, LONGEST) for one in words if len(one) > LONGEST]
        return cls(words, request.POST.get("once", "")[:16] or token_hex(8), tuple(problems))

    @property
    def told(self) -> Told:
        return Told(**dict(zip(FIELDS, self.words, strict=True)), once=self.once)

    @property
    def boxes(self) -> list[dict[str, Any]]:
        asks = {
            "what": (_("What happened?"), _("In your own words, as much as you like.")),
            "since": (_("Since when?"), _("A day, a month, or “since the talk with my supervisor”.")),
            "wish": (_("What would you like?"), _("From us, or from somebody else. You can also leave it open.")),
        }
        named = zip(FIELDS, self.words, strict=True)
        return [{"key": key, "asks": asks[key][0], "hint": asks[key][1], "words": words} for key, words in named]


def draw_concern(request: HttpRequest, box: OpenMailbox, form: Telling) -> HttpResponse:
    told = {"form": form, "problems": form.problems, "care": shelf.current().aftercare, "case": box.case}
    return render(request, "reporter/concern.html", told | {"after": afterwards(box)})


def draw(request: HttpRequest, box: OpenMailbox, problems: Sequence[str] = (), words: str = "") -> HttpResponse:
    told = {"after": afterwards(box), "case": box.case, "problems": list(problems), "words": words}
    return render(request, "reporter/afterwards.html", told | {"once": token_hex(8)})


def draw_evaluation(request: HttpRequest, box: OpenMailbox, problems: Sequence[str] = ()) -> HttpResponse:
    care = shelf.current().aftercare
    asks = [{"asked": one, "given": request.POST.get(one.key, "")} for one in care.evaluation]
    told = {"after": afterwards(box), "asks": asks, "steps": care.steps, "problems": list(problems)}
    return render(request, "reporter/evaluation.html", told)


def answers(request: HttpRequest) -> dict[str, str]:
    """What was ticked or written; a question that was left open is not there."""
    care = shelf.current().aftercare
    steps = {one.key for one in care.steps}
    given = {one.key: Words(required=False).to_python(request.POST.get(one.key)) for one in care.evaluation}
    kept = {one.key: given[one.key] for one in care.evaluation if one.own_words or given[one.key] in steps}
    return {key: words for key, words in kept.items() if words.strip()}


def why_not(refused: NotNow) -> str:
    reasons = {
        "answered_already": _("You have answered this already."),
        "nothing_to_stop": _("This was stopped already."),
    }
    return reasons.get(str(refused), _("This case has ended: nothing can be added any more."))
