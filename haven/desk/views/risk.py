"""The one exception to consent: proposed by one, agreed to by another, looked at again."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.cases import risk
from haven.cases.opened import OpenCase
from haven.desk.consent_forms import Review, Risk, Second
from haven.desk.gate import UnlockedRequest, case_with
from haven.desk.views.deeds import do
from haven.rulebook.roles import Right


@require_POST
@case_with(Right.DISCLOSE_RISK)
def propose(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Risk(request.POST, opened=opened)

    def keep(told: dict[str, Any]) -> None:
        words = {"ground": told["ground"], "to": told["to"], "risk": told["text"]}
        proposal = risk.Proposal(**words, why_silent=form.why_silent, review_on=form.again_on)
        risk.propose(opened, proposal)

    return do(request, opened, form, keep, _("Proposed. It counts when a colleague who reads this case agrees."))


@require_POST
@case_with(Right.READ_CASE)
def second(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """In a session of their own: who proposed it cannot agree with themselves."""
    form = Second(request.POST, opened=opened)

    def decide(told: dict[str, Any]) -> None:
        risk.second(opened, told["which"], agree=told["agree"] == "yes", remark=told["remark"])

    return do(request, opened, form, decide, _("Your decision is recorded."))


@require_POST
@case_with(Right.DISCLOSE_RISK)
def review(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Review(request.POST, opened=opened)

    def keep(told: dict[str, Any]) -> None:
        risk.review(opened, told["which"], why_silent=form.why_silent, review_on=form.again_on)

    return do(request, opened, form, keep, _("Recorded."))
