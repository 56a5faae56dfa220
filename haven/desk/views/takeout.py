"""Words that leave Haven: a page to print, the case as a PDF, a redacted copy. Each stands in the timeline and with the
reporter; for a file one says why, and shows with the passphrase who one is."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from haven.cases import export as deeds
from haven.cases.actions import NotNow
from haven.cases.opened import OpenCase
from haven.desk import demo
from haven.desk.gate import UnlockedRequest, case_with
from haven.desk.keychain import bundle_of, try_secret
from haven.desk.paper import Paper, paper_of
from haven.desk.pdf import pdf_of
from haven.desk.sentences import not_now
from haven.desk.takeout import Copy, TakeOut, WholeCase, parts_of
from haven.rulebook.roles import Right
from haven.ui.sending import as_file

NEUTRAL = "document.pdf"
both = require_http_methods(["GET", "POST"])


@require_safe
@case_with(Right.READ_CASE)
def to_print(request: UnlockedRequest, opened: OpenCase) -> HttpResponse:
    """The case on paper. Opening this page is told to the reporter."""
    deeds.printed(opened)
    return render(request, "desk/print.html", {"case": opened.case, "paper": paper_of(opened, internal=True)})


@both
@case_with(Right.EXPORT)
def export(request: UnlockedRequest, opened: OpenCase) -> HttpResponseBase:
    """The case as a PDF. A name that this person would have to open is not in it."""
    form = WholeCase(request.POST or None)
    if form.is_valid():
        paper = paper_of(opened, internal=form.cleaned_data["internal"])
        if sent := _take_out(request, opened, form, paper, redacted=False):
            return sent
    return render(request, "desk/export.html", _around(opened) | {"form": form})


@both
@case_with(Right.EXPORT)
def redacted(request: UnlockedRequest, opened: OpenCase) -> HttpResponseBase:
    """Choose parts, black out words, look at the copy; what is looked at is what leaves."""
    copy, step = Copy.asked(opened, request.POST), request.POST.get("do", "")
    form = TakeOut(request.POST if step == "pdf" else None)
    if not copy.parts:
        return render(request, "desk/redacted_choose.html", _around(opened) | {"parts": parts_of(opened)})
    if step not in {"look", "pdf"}:
        return render(request, "desk/redacted_edit.html", _around(opened) | {"copy": copy})
    if form.is_valid() and (sent := _take_out(request, opened, form, copy.paper, redacted=True)):
        return sent
    return render(request, "desk/redacted_look.html", _around(opened) | {"copy": copy, "form": form})


def _around(opened: OpenCase) -> dict[str, object]:
    return {"case": opened.case, "demo_passphrase": demo.invented().passphrase}


def _take_out(
    request: UnlockedRequest, opened: OpenCase, form: TakeOut, paper: Paper, *, redacted: bool
) -> HttpResponseBase | None:
    """The file, when the passphrase is right and the rules allow it; else the form says what is wrong."""
    bundle = bundle_of(request.user)
    if bundle is None:
        raise Http404
    if try_secret(form, "secret", request.user, bundle) is None:
        return None
    content = pdf_of(paper)
    try:
        deeds.take_out(opened, reason=form.cleaned_data["reason"], redacted=redacted)
    except NotNow as refused:
        form.add_error(None, not_now(str(refused)))
        return None
    return as_file(iter([content]), len(content), NEUTRAL)
