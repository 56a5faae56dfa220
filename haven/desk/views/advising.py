"""Giving a case to an adviser, and taking it back. The team does this; an adviser has no way to do it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.cases import advisers
from haven.cases.opened import OpenCase
from haven.desk.adviser_forms import Give, TakeBack
from haven.desk.gate import UnlockedRequest, case_with
from haven.desk.views.deeds import do
from haven.rulebook.roles import Right


@require_POST
@case_with(Right.ASSIGN)
def give(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Give(request.POST, opened=opened)
    done = _("The adviser has the case now, and the reporter is told.")
    return do(request, opened, form, lambda d: advisers.give(opened, to=d["to"]), done)


@require_POST
@case_with(Right.ASSIGN)
def recall(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = TakeBack(request.POST, opened=opened)
    done = _("The adviser can no longer open this case.")
    return do(request, opened, form, lambda _d: advisers.take_back(opened), done)
