"""A request about personal data, at the desk. It is answered as everything that came later: see aftercare."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.cases import privacy, reviews
from haven.cases.opened import OpenCase
from haven.desk.gate import UnlockedRequest, case_with, unlocked_with
from haven.desk.privacy_forms import Decide, Extend
from haven.desk.views.deeds import do
from haven.rulebook.roles import Right


@require_POST
@case_with(Right.ANSWER)
def extend(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Extend(request.POST, opened=opened)
    done = _("The term is longer. Who asked reads why.")
    return do(request, opened, form, lambda d: privacy.extend(opened, d["which"], reason=d["reason"]), done)


@require_POST
@unlocked_with(Right.ANSWER)
def looked_again(request: UnlockedRequest) -> HttpResponse:
    """In the own list of who decided; the case may be gone."""
    reviews.looked(request.keyring, request.POST.get("which", ""), by=request.user)
    return redirect("desk:inbox")


@require_POST
@case_with(Right.ANSWER)
def decide(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Decide(request.POST, opened=opened)
    done = _("The decision is kept.")
    return do(request, opened, form, lambda d: privacy.decide(opened, d["which"], form.decided), done)
