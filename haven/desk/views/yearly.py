"""The yearly report of the complaints officers: the years, the draft of one, and what is done when it is finished."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.complaints import insiders, tallying, yearly
from haven.complaints.models import YearlyReport
from haven.complaints.opened import NotNow
from haven.complaints.papers import pdf
from haven.complaints.yearly import LANGUAGES, OpenReport
from haven.desk.complaint_sentences import REFUSED, refused
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.yearly_forms import DEEDS, ReportForm, Texts
from haven.desk.yearly_page import ReportPage, lines_of
from haven.rulebook.procedure import Procedure
from haven.rulebook.roles import Right
from haven.ui.sending import as_file
from haven.vault import files
from haven.vault.errors import CannotOpen
from haven.vault.files import SealedFileInfo

both = require_http_methods(["GET", "POST"])


@require_safe
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_reports(request: UnlockedRequest) -> HttpResponse:
    """Every year that is over, and how far its report is."""
    return render(request, "desk/yearly/list.html", {"lines": lines_of(request.keyring, request.user, localdate())})


@require_POST
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_begin(request: UnlockedRequest, procedure: str, year: int) -> HttpResponse:
    """Count what ended, and open the draft."""
    try:
        yearly.begin(_rules(procedure, year), year, keyring=request.keyring, by=request.user)
    except (NotNow, insiders.NoOffice) as why:
        messages.warning(request, refused(why) if isinstance(why, NotNow) else str(REFUSED["no_regulation"]))
        return redirect("desk:yearly_reports")
    except YearlyReport.DoesNotExist:
        messages.success(request, now("What you can open is counted. A colleague has the draft."))
        return redirect("desk:yearly_reports")
    return redirect("desk:yearly_report", procedure, year)


@both
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_report(request: UnlockedRequest, procedure: str, year: int) -> Any:
    """Write, keep, look at it; or what was finished, and whom it was sent to."""
    report = _found(request, procedure, year)
    if request.method != "POST":
        return _shown(request, report)
    form, step = Texts(request.POST, report=report), request.POST.get("do", "")
    if not form.is_valid():
        return _shown(request, report, form)
    if step.removeprefix("pdf-") in LANGUAGES:
        content = pdf.pdf_of(ReportPage(report, form.texts).drawn(step.removeprefix("pdf-")))
        return as_file(iter([content]), len(content), f"yearly-{year}.pdf")
    return _carried_out(request, report, form)


@require_POST
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_deed(request: UnlockedRequest, procedure: str, year: int, deed: str) -> HttpResponse:
    """Finish it, or write down that it was presented or sent."""
    report, kind = _found(request, procedure, year), DEEDS.get(deed)
    if kind is None:
        raise Http404
    form = kind(request.POST, report=report)
    return _carried_out(request, report, form) if form.is_valid() else _shown(request, report, form)


@require_safe
@unlocked_with(Right.KEEP_COMPLAINTS)
def yearly_file(request: UnlockedRequest, procedure: str, year: int, item: UUID) -> Any:
    """One file of a finished report, verified whole before its first byte leaves."""
    found = next((one for one in _found(request, procedure, year).files if one.item.pk == item), None)
    if found is None:
        raise Http404
    try:
        info = SealedFileInfo.from_dict(found.payload)
        return as_file(files.open_verified(settings.BLOB_ROOT, info), info.size, str(found.payload["name"]))
    except CannotOpen:
        raise Http404 from None


def _rules(procedure: str, year: int) -> Procedure:
    found = tallying.rules_of(procedure, year)
    if found is None or not 2000 <= year <= localdate().year:
        raise Http404
    return found


def _found(request: UnlockedRequest, procedure: str, year: int) -> OpenReport:
    try:
        return yearly.find(_rules(procedure, year), year, keyring=request.keyring, by=request.user)
    except YearlyReport.DoesNotExist:
        raise Http404 from None


def _carried_out(request: UnlockedRequest, report: OpenReport, form: ReportForm) -> HttpResponse:
    try:
        form.carry_out()
    except (NotNow, insiders.NoOffice) as why:
        form.add_error(None, refused(why) if isinstance(why, NotNow) else str(REFUSED["no_regulation"]))
        return _shown(request, report, form)
    messages.success(request, str(form.done))
    return redirect("desk:yearly_report", report.row.procedure, report.row.year)


def _shown(request: UnlockedRequest, report: OpenReport, failed: ReportForm | None = None) -> HttpResponse:
    typed = failed.texts if isinstance(failed, Texts) and hasattr(failed, "cleaned_data") else None
    told: dict[str, Any] = {"page": ReportPage(report, typed), "report": report, "row": report.row}
    forms: dict[str, ReportForm] = {one.deed: one(report=report) for one in (Texts, *DEEDS.values())}
    if failed is not None:
        forms[failed.deed] = failed
    told["files"] = [(one.item.pk, one.payload["name"], report.hashes.get(one.payload["name"])) for one in report.files]
    status = 422 if failed is not None else 200
    name = "finished" if report.row.finished_on else "draft"
    return render(request, f"desk/yearly/{name}.html", told | {"forms": forms}, status=status)
