"""Hearings: an appointment for a calendar, and a recording that is played here and nowhere else."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from haven.complaints import documents, hearings, regulation
from haven.complaints.models import Document
from haven.complaints.opened import NotNow, OpenComplaint, Paper
from haven.desk.complaint_page import ComplaintPage
from haven.desk.gate import UnlockedRequest, complaint_with
from haven.rulebook.roles import Right
from haven.ui.sending import as_file
from haven.vault import files
from haven.vault.errors import CannotOpen
from haven.vault.files import SealedFileInfo

PLAYED: Final = {
    "audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm", "audio/wav", "audio/x-wav", "audio/flac", "audio/aac",
    "video/mp4", "video/webm", "video/ogg",
}  # fmt: skip
"""What a browser can play. Anything else is not sent as what it says to be."""


@require_safe
@complaint_with(Right.READ_COMPLAINT)
def hearing_calendar(request: UnlockedRequest, opened: OpenComplaint, hearing: str) -> HttpResponseBase:
    """The hearing as it stands, for a calendar that others may see: when and where, and not what about."""
    if regulation.of(opened.row).side(opened.seat.role) not in {"committee", "office"}:
        raise Http404
    try:
        one = hearings.hearing(opened, hearing)
    except NotNow:
        raise Http404 from None
    content = one.calendar(get_language() or "nl", to=(request.user.email,))
    answer = as_file(iter([content]), len(content), "appointment.ics")
    answer["Content-Type"] = "text/calendar; charset=utf-8"
    return answer


def _recording(opened: OpenComplaint, paper: UUID) -> Paper:
    """One that this person holds. That it was opened is written down, once a day."""
    try:
        found = documents.inspect(opened, paper)
    except Document.DoesNotExist:
        raise Http404 from None
    if not regulation.within(regulation.of(opened.row), found.kind):
        raise Http404
    return found


@require_safe
@complaint_with(Right.READ_COMPLAINT)
def recording(request: UnlockedRequest, opened: OpenComplaint, paper: UUID) -> HttpResponse:
    found, page = _recording(opened, paper), ComplaintPage(opened)
    line = next(one for one in page.papers if one.row.pk == paper)
    pieces = [
        (one.item.pk, kind.startswith("video")) for one in found.files if (kind := one.payload.get("type")) in PLAYED
    ]
    return render(request, "desk/complaint/recording.html", {"page": page, "line": line, "pieces": pieces})


@require_safe
@complaint_with(Right.READ_COMPLAINT)
def sound(_request: UnlockedRequest, opened: OpenComplaint, paper: UUID, item: UUID) -> HttpResponseBase:
    """Its sound, verified whole before the first byte leaves."""
    found = next((one for one in _recording(opened, paper).files if one.item.pk == item and not one.damaged), None)
    kind = found.payload.get("type") if found else None
    if found is None or kind not in PLAYED:
        raise Http404
    try:
        info = SealedFileInfo.from_dict(found.payload)
        pieces: Iterator[bytes] = files.open_verified(settings.BLOB_ROOT, info)
    except CannotOpen:
        raise Http404 from None
    return as_file(pieces, info.size, "recording", shown=kind)
