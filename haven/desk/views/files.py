"""Files of a report: downloads, never pages. What is looked at are pictures that Haven made of their pages."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haven.cases.opened import OpenCase
from haven.desk.casefiles import CaseFile, files_of
from haven.desk.gate import UnlockedRequest, asked_again, case_with
from haven.rulebook.roles import Right
from haven.trail import actions as trail
from haven.ui.sending import as_file
from haven.vault import files
from haven.vault.errors import CannotOpen


@require_safe
@case_with(Right.READ_CASE)
def file(request: UnlockedRequest, opened: OpenCase, item: UUID) -> HttpResponseBase:
    """One file, verified whole before its first byte leaves. What was not made safe asks first."""
    found = _find(opened, item)
    if not found.safety.safe and "sure" not in request.GET:
        return render(request, "desk/unsure_file.html", {"case": opened.case, "file": found})
    try:
        pieces = files.open_verified(settings.BLOB_ROOT, files.SealedFileInfo.from_dict(found.about))
    except CannotOpen:
        return _damaged(request, opened, found)
    trail.note_once("file.opened", subject=opened.case.reference, by=str(request.user.pk))
    return as_file(pieces, found.size, found.name)


@require_safe
@case_with(Right.READ_CASE)
def look(request: UnlockedRequest, opened: OpenCase, item: UUID) -> HttpResponse:
    """The pages of a cleaned file, as pictures. Looking is opening, and stands in the timeline."""
    found = _find(opened, item)
    if not found.looks:
        raise Http404
    trail.note_once("file.opened", subject=opened.case.reference, by=str(request.user.pk))
    return render(request, "desk/look.html", {"case": opened.case, "file": found})


@require_safe
@case_with(Right.READ_CASE)
def sheet(request: UnlockedRequest, opened: OpenCase, item: UUID, number: int) -> HttpResponseBase:
    """One of these pictures."""
    found = _find(opened, item)
    if number not in found.looks:
        raise Http404
    try:
        pieces, size = found.look(number)
    except CannotOpen:
        return _damaged(request, opened, found)
    trail.note_once("file.opened", subject=opened.case.reference, by=str(request.user.pk))
    return as_file(pieces, size, f"{number}.jpg", shown="image/jpeg")


@require_safe
@case_with(Right.READ_CASE)
@asked_again
def original(request: UnlockedRequest, opened: OpenCase, item: UUID) -> HttpResponseBase:
    """The file as it came, if the reporter asked to keep it and this person has the key. Asks first, leaves a line."""
    found = _find(opened, item)
    if not found.original:
        raise Http404
    if "sure" not in request.GET:
        return render(request, "desk/original.html", {"case": opened.case, "file": found})
    try:
        pieces = files.open_verified(settings.BLOB_ROOT, files.SealedFileInfo.from_dict(found.original))
    except CannotOpen:
        return _damaged(request, opened, found)
    trail.note_once("original.opened", subject=opened.case.reference, by=str(request.user.pk))
    return as_file(pieces, int(found.original["size"]), str(found.original.get("name", "")))


def _find(opened: OpenCase, item: UUID) -> CaseFile:
    found = next((one for one in files_of(opened) if one.id == item), None)
    if found is None:
        raise Http404
    return found


def _damaged(request: UnlockedRequest, opened: OpenCase, found: CaseFile) -> HttpResponse:
    return render(request, "desk/damaged_file.html", {"case": opened.case, "name": found.name}, status=410)
