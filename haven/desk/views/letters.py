"""A text to begin with: it is put in the form, below what was typed. Nothing is sent and nothing is kept."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from haven.cases.opened import OpenCase
from haven.desk.casepage import CasePage
from haven.desk.forms import Answer, DeedForm, Note
from haven.desk.gate import UnlockedRequest, case_with
from haven.desk.letters import begun
from haven.desk.views.deeds import draw
from haven.rulebook.letters import Use
from haven.rulebook.roles import Right


@require_POST
@case_with(Right.ANSWER)
def for_answer(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    return _begin(request, opened, "answer", Answer)


@require_POST
@case_with(Right.NOTE)
def for_note(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    return _begin(request, opened, "note", Note)


def _begin(request: UnlockedRequest, opened: OpenCase, use: Use, form: type[DeedForm]) -> HttpResponse:
    """The page of the case, as it is now, with the text in its form."""
    text = begun(opened, use, request.POST.get("letter", ""), request.POST.get("text", ""))
    typed = form({"stamp": str(opened.case.stamp), "text": text}, opened=opened) if text else None
    return draw(request, CasePage(opened, typed))
