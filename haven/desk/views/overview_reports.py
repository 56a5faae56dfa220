"""Yearly reports of contact point and confidential counsellors: figures that are public, and words beside them."""

from typing import Any

from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from haven.complaints.papers import pdf
from haven.complaints.papers.enclosed import docx_of
from haven.desk import overview_report as reports
from haven.desk.overview_files import LANGUAGES
from haven.people.access import StaffRequest, staff_with
from haven.rulebook.roles import Right
from haven.ui.sending import as_file

both = require_http_methods(["GET", "POST"])


@both
@staff_with(Right.PUBLISH_OVERVIEWS)
def contact_point_report(request: StaffRequest, year: int) -> Any:
    return _written(request, "contact_point", year)


@both
@staff_with(Right.COUNSEL)
def counsellors_report(request: StaffRequest, year: int) -> Any:
    """Counsellors write beside the same figures as everybody reads; what one of them was told is in none of them."""
    return _written(request, "counsellors", year)


def _written(request: StaffRequest, key: str, year: int) -> Any:
    """Write, look, and take it along as a file. Nothing of it is kept."""
    report, period = reports.report_of(key), reports.year_of(year)
    language = str(request.POST.get("language") or request.GET.get("language") or (get_language() or "nl")[:2])
    language = language if language in LANGUAGES else "nl"
    form = reports.ReportForm(request.POST or None, report=report, language=language)
    texts = form.texts if form.is_valid() else {}
    drawn = reports.document(report, period, texts, language, localdate())
    made = {"pdf": pdf.pdf_of, "docx": docx_of}.get(request.POST.get("do", ""))
    if made and form.is_valid():
        content = made(drawn)
        return as_file(iter([content]), len(content), f"{key}-{year}-{language}.{request.POST['do']}")
    told = {"report": report, "form": form, "drawn": drawn, "year": year, "language": language}
    told |= {"hints": reports.hints(report, texts, language), "looked": form.is_bound}
    return render(request, "desk/overview/report.html", told, status=422 if form.errors else 200)
