"""Afterwards, at the desk. Each view is the form and the deed."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.cases import aftercare, privacy
from haven.cases.opened import OpenCase
from haven.desk.aftercare_forms import Checked, CheckIns, LookAt, NoCheckIns
from haven.desk.gate import UnlockedRequest, case_with
from haven.desk.views.deeds import do
from haven.rulebook.roles import Right


@require_POST
@case_with(Right.ANSWER)
def check_ins(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = CheckIns(request.POST, opened=opened)
    done = _("Proposed. The reporter decides.") if request.POST.get("how") == "mailbox" else _("Recorded.")
    return do(request, opened, form, lambda d: aftercare.propose(opened, form.keys, how=d["how"]), done)


@require_POST
@case_with(Right.ANSWER)
def no_check_ins(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = NoCheckIns(request.POST, opened=opened)
    return do(request, opened, form, lambda d: aftercare.stop(opened, how=d["how"]), _("Recorded."))


@require_POST
@case_with(Right.ANSWER)
def checked(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Checked(request.POST, opened=opened)

    def keep(told: dict[str, Any]) -> None:
        said = {name: told[name] for name in ("way", "remark", "text")}
        aftercare.check(opened, told["which"], reached=told["reached"] == "yes", **said)

    return do(request, opened, form, keep, _("Recorded."))


@require_POST
@case_with(Right.ANSWER)
def look_at(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = LookAt(request.POST, opened=opened)

    def keep(told: dict[str, Any]) -> None:
        if form.asks_who:
            return privacy.ask_who(opened, told["which"], text=form.answer)
        return aftercare.look(opened, told["which"], remark=told["remark"], text=form.answer, checked=form.checked)

    return do(request, opened, form, keep, _("Recorded."))
