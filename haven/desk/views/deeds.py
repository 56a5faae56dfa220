"""The deeds on a case. Each view is the form and the deed; `do` is what they share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.cases import actions
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.cases.triage import assess
from haven.desk.beside import listed_in, neighbours
from haven.desk.casepage import CasePage
from haven.desk.forms import Answer, Assignment, Attempt, Closing, DeedForm, Note, Reveal, Screening
from haven.desk.gate import UnlockedRequest, case_with, find
from haven.desk.sentences import not_now
from haven.dialogue.actions import answer as answer_reporter
from haven.rulebook.roles import Right

type Deed = Callable[[dict[str, Any]], Any]


def do(request: UnlockedRequest, opened: OpenCase, form: DeedForm, deed: Deed, done: str) -> HttpResponse:
    """Do it and go back to the case; or show the case with the form as it was filled in, and what is wrong."""
    try:
        if form.is_valid():
            in_turn(opened, form, deed)
            messages.success(request, done)
            return redirect(reverse("desk:case", args=[opened.case.reference], query=listed_in(request)))
    except NotNow as refused:
        form.add_error(None, not_now(str(refused)))
    return show_again(request, opened, form)


@transaction.atomic
def in_turn(opened: OpenCase, form: DeedForm, deed: Deed) -> Any:
    """Refuse what was decided on an old page: of two who press at once one wins, and a double press is one deed."""
    both = Case.objects.select_for_update().filter(pk__in=[opened.case.pk, *form.others]).order_by("pk")
    now = next((case for case in both if case.pk == opened.case.pk), None)  # in one order, or two linkers wait for ever
    if now is None or now.stamp != form.cleaned_data["stamp"]:
        raise NotNow("changed")
    return deed(form.cleaned_data)


def show_again(request: UnlockedRequest, opened: OpenCase, form: DeedForm) -> HttpResponse:
    """The page as it is now, with what was typed and what is wrong."""
    form.take_stamp()
    return draw(request, CasePage(opened, form), status=422)


def draw(request: UnlockedRequest, page: CasePage, *, status: int = 200) -> HttpResponse:
    """The page as an answer to a form: still in the list that its reader came from."""
    beside = neighbours(request, page.opened, localdate())
    return render(request, "desk/case.html", {"page": page, "beside": beside}, status=status)


@require_POST
@case_with(Right.SCREEN)
def screen(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Screening(request.POST, opened=opened)
    done = _("The result of screening is recorded.")

    def record(told: dict[str, Any]) -> None:
        actions.screen(opened, told["result"], remark=told["remark"])
        if told["category"]:
            assess(opened, told["category"])

    return do(request, opened, form, record, done)


@require_POST
@case_with(Right.ANSWER)
def answer(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Answer(request.POST, opened=opened)
    return do(
        request,
        opened,
        form,
        lambda d: answer_reporter(opened, d["text"]),
        _("Your answer is in the mailbox."),
    )


@require_POST
@case_with(Right.NOTE)
def note(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Note(request.POST, opened=opened)
    return do(request, opened, form, lambda d: actions.note(opened, d["text"]), _("The note is kept."))


@require_POST
@case_with(Right.RECORD_ATTEMPT)
def attempt(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Attempt(request.POST, opened=opened)

    def record(told: dict[str, Any]) -> None:
        reached = told["reached"] == "yes"
        actions.record_attempt(opened, way=told["way"], reached=reached, remark=told["remark"], on=told["on"])

    return do(request, opened, form, record, _("The contact attempt is recorded."))


@require_POST
@case_with(Right.ASSIGN)
def assign(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Assignment(request.POST, opened=opened)
    return do(request, opened, form, lambda d: actions.assign(opened, to=d["to"]), _("The case is assigned."))


@require_POST
@case_with(Right.CLOSE)
def close(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    form = Closing(request.POST, opened=opened)

    def end(told: dict[str, Any]) -> None:
        told.pop("stamp")
        actions.close(opened, **told)

    return do(request, opened, form, end, _("The case is closed and counted."))


@require_POST
@case_with(Right.REVEAL)
def reveal(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """The name is shown on this page only: to see it again, one opens it again, and the reporter sees that too."""
    form, page = Reveal(request.POST, opened=opened), CasePage(opened)
    if not page.holds_name:
        raise Http404
    try:
        if form.is_valid():
            known = in_turn(opened, form, lambda d: actions.reveal(opened, reason=d["reason"]))
            now = find(request, opened.case.reference)
            return draw(request, CasePage(now, revealed=known))
    except NotNow as refused:
        form.add_error(None, not_now(str(refused)))
    return show_again(request, opened, form)
