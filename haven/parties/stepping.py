"""Between the pages and the deeds: what a form of a step says, and why something is not possible now."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from haven.complaints import regulation
from haven.complaints.agreeing import Question
from haven.complaints.course import Told
from haven.complaints.opened import NotNow
from haven.intake.forms import Words
from haven.parties.abilities import Abilities
from haven.rulebook.procedure import Step


@dataclass(frozen=True)
class Waiting:
    """What both sides are asked, for which step of the regulation, and what this party said last."""

    question: Question
    step: Step

    @property
    def until(self) -> date | None:
        return date.fromisoformat(self.question.until) if self.question.until else None

    @property
    def said(self) -> tuple[bool, date] | None:
        return self.question.answers[-1][1:] if self.question.answers else None


def asked(can: Abilities) -> list[Waiting]:
    rules = regulation.of(can.opened.row)
    return [Waiting(one, rules.step(one.step)) for one in can.questions]


def told(step: Step, request: HttpRequest) -> Told:
    """The parts that were written or ticked; one that was left empty is not there."""
    given: dict[str, str] = {}
    for one in step.contents:
        if one.choices:
            chosen = {choice.key for choice in one.choices} & set(request.POST.getlist(one.key))
            given |= dict.fromkeys(chosen, "")
        elif words := str(Words(required=False).to_python(request.POST.get(one.key))).strip():
            given[one.key] = words
    return Told(contents=given)


def why_not(refused: NotNow) -> str:
    """As a sentence. A reason that is not for a party to see is the last of these."""
    reasons = {
        "contents_missing": _("Something is still missing. Fill in every part that is not optional."),
        "nothing_to_agree": _("This is not asked any more."),
        "ended": _("The complaint has ended: nothing can be added any more."),
        "not_yours_to_give": _("Choose from what stands here."),
    }
    return reasons.get(str(refused), _("This is not possible now. Perhaps something changed meanwhile; look again."))
