"""Sorting out what came in: the form and the deed of each, as in deeds.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.cases import links, reminders
from haven.cases import triage as actions
from haven.cases.opened import OpenCase
from haven.desk import triage_forms as forms
from haven.desk.beside import listed_in
from haven.desk.gate import UnlockedRequest, case_with
from haven.desk.views.deeds import do
from haven.rulebook.roles import Right


@require_POST
@case_with(Right.RECORD_ATTEMPT)
def act(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = forms.Action(request.POST, opened=opened)

    def record(told: dict[str, Any]) -> None:
        actions.act(opened, told["action"], text=told["text"], on=told["on"])

    return do(request, opened, form, record, _("The action is recorded."))


@require_POST
@case_with(Right.SCREEN)
def kind(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = forms.KindOfCase(request.POST, opened=opened)
    done = _("The kind is changed. The reporter can see it in the mailbox.")
    return do(request, opened, form, lambda d: actions.change_kind(opened, d["kind"], reason=d["reason"]), done)


@require_POST
@case_with(Right.SCREEN)
def assess(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = forms.Assessment(request.POST, opened=opened)
    done = _("The main type is recorded. You can still change it until the case is closed.")
    return do(request, opened, form, lambda d: actions.assess(opened, d["category"], remark=d["remark"]), done)


@require_POST
@case_with(Right.NOTE)
def link(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = forms.Link(request.POST, opened=opened)
    done = _("The two cases are linked.")
    return do(request, opened, form, lambda d: links.link(opened, d["other"], about=d["about"]), done)


@require_POST
@case_with(Right.NOTE)
def unlink(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = forms.Unlink(request.POST, opened=opened)
    return do(request, opened, form, lambda d: links.unlink(opened, d["other"]), _("The link is taken away."))


@require_POST
@case_with(Right.NOTE)
def tag(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = forms.Tags(request.POST, opened=opened)
    return do(request, opened, form, lambda d: actions.tag(opened, d["tags"]), _("The tags are kept."))


@require_POST
@case_with(Right.NOTE)
def remind(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = forms.Reminder(request.POST, opened=opened)
    done = _("On that day this case stands at the top of your inbox, and you get a mail that something is waiting.")
    return do(request, opened, form, lambda d: reminders.remind(opened, day=d["on"], text=d["text"]), done)


@require_POST
@case_with(Right.NOTE)
def looked(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """About the own reminder only, and so on an old page too."""
    reminders.looked(opened)
    messages.success(request, _("Your reminder is taken away."))
    return redirect(reverse("desk:case", args=[opened.case.reference], query=listed_in(request)))


@require_POST
@case_with(Right.CLOSE)
def reopen(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = forms.Reopening(request.POST, opened=opened)
    done = _("The case goes on. Its line in the figures is taken back.")
    return do(request, opened, form, lambda d: actions.reopen(opened, reason=d["reason"]), done)
