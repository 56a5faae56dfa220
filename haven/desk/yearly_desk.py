"""Where a yearly report is written: the same pages for every kind, at addresses whose names begin alike."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haven.complaints import insiders, written
from haven.complaints.models import YearlyReport
from haven.complaints.opened import NotNow
from haven.complaints.papers import pdf
from haven.complaints.written import LANGUAGES, Kind, OpenReport
from haven.desk.complaint_sentences import REFUSED, refused
from haven.desk.gate import UnlockedRequest
from haven.desk.yearly_forms import DEEDS, ReportForm, Texts
from haven.desk.yearly_page import ReportPage
from haven.ui.sending import as_file
from haven.vault import files
from haven.vault.errors import CannotOpen
from haven.vault.files import SealedFileInfo


@dataclass(frozen=True)
class Place:
    """One year of one kind. `names`: how the names of its addresses begin. `back`: the page that lists its years."""

    kind: Kind
    year: int
    names: str
    args: tuple[str | int, ...]
    back: str

    @property
    def page(self) -> str:
        return reverse(f"desk:{self.names}_report", args=self.args)

    @property
    def deeds(self) -> dict[str, str]:
        return {deed: reverse(f"desk:{self.names}_deed", args=[*self.args, deed]) for deed in DEEDS}

    @property
    def list(self) -> str:
        return reverse(f"desk:{self.back}")

    def file(self, item: UUID) -> str:
        return reverse(f"desk:{self.names}_file", args=[*self.args, item])

    def found(self, request: UnlockedRequest) -> OpenReport:
        """Not begun, and no key to it, are one answer."""
        try:
            return written.find(self.kind, self.year, keyring=request.keyring, by=request.user)
        except YearlyReport.DoesNotExist:
            raise Http404 from None


def begun(request: UnlockedRequest, place: Place) -> str:
    """Open the draft. Why that was not possible, in a sentence; empty when it was."""
    try:
        written.begin(place.kind, place.year, keyring=request.keyring, by=request.user)
    except (NotNow, insiders.NoOffice) as why:
        return _why(why)
    return ""


def page(request: UnlockedRequest, place: Place) -> Any:
    """Write, keep, look at it; or what was finished, and whom it was sent to."""
    report = place.found(request)
    if request.method != "POST":
        return _shown(request, place, report)
    form, step = Texts(request.POST, report=report), request.POST.get("do", "")
    if not form.is_valid():
        return _shown(request, place, report, form)
    if step.removeprefix("pdf-") in LANGUAGES:
        content = pdf.pdf_of(ReportPage(report, form.texts).drawn(step.removeprefix("pdf-")))
        return as_file(iter([content]), len(content), f"yearly-{place.year}.pdf")
    return _carried_out(request, place, report, form)


def deed(request: UnlockedRequest, place: Place, name: str) -> HttpResponse:
    """Finish it, or write down that it was presented or sent."""
    report, kind = place.found(request), DEEDS.get(name)
    if kind is None:
        raise Http404
    form = kind(request.POST, report=report)
    return _carried_out(request, place, report, form) if form.is_valid() else _shown(request, place, report, form)


def file(request: UnlockedRequest, place: Place, item: UUID) -> Any:
    """One file of a finished report, verified whole before its first byte leaves."""
    found = next((one for one in place.found(request).files if one.item.pk == item), None)
    if found is None:
        raise Http404
    try:
        info = SealedFileInfo.from_dict(found.payload)
        return as_file(files.open_verified(settings.BLOB_ROOT, info), info.size, str(found.payload["name"]))
    except CannotOpen:
        raise Http404 from None


def _carried_out(request: UnlockedRequest, place: Place, report: OpenReport, form: ReportForm) -> HttpResponse:
    try:
        form.carry_out()
    except (NotNow, insiders.NoOffice) as why:
        form.add_error(None, _why(why))
        return _shown(request, place, report, form)
    messages.success(request, str(form.done))
    return redirect(place.page)


def _why(why: NotNow | insiders.NoOffice) -> str:
    return refused(why) if isinstance(why, NotNow) else str(REFUSED["no_regulation"])


def _shown(
    request: UnlockedRequest, place: Place, report: OpenReport, failed: ReportForm | None = None
) -> HttpResponse:
    typed = failed.texts if isinstance(failed, Texts) and hasattr(failed, "cleaned_data") else None
    told: dict[str, Any] = {"page": ReportPage(report, typed), "report": report, "row": report.row, "at": place}
    forms: dict[str, ReportForm] = {one.deed: one(report=report) for one in (Texts, *DEEDS.values())}
    if failed is not None:
        forms[failed.deed] = failed
    names = [(one.item.pk, one.payload["name"]) for one in report.files]
    told["files"] = [(place.file(item), name, report.hashes.get(name)) for item, name in names]
    status = 422 if failed is not None else 200
    name = "finished" if report.row.finished_on else "draft"
    return render(request, f"desk/yearly/{name}.html", told | {"forms": forms}, status=status)
