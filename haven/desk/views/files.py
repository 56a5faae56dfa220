"""Files of a report: downloads, never pages. A picture may be looked at, shut off from everything around it."""

import unicodedata
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from haven.cases.opened import OpenCase
from haven.desk.casepage import PICTURES
from haven.desk.gate import UnlockedRequest, case_with
from haven.rulebook.roles import Right
from haven.trail import actions as trail
from haven.vault import files
from haven.vault.errors import CannotOpen

SHUT_OFF: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
LONGEST_NAME = 120


@require_safe
@case_with(Right.READ_CASE)
def file(request: UnlockedRequest, opened: OpenCase, item: UUID) -> HttpResponse | StreamingHttpResponse:
    """One file, verified whole before its first byte leaves. Opening it stands in the timeline."""
    about = next((one.payload for one in opened.files if one.item.pk == item), None)
    if about is None:
        raise Http404
    try:
        pieces = files.open_verified(settings.BLOB_ROOT, files.SealedFileInfo.from_dict(about))
    except CannotOpen:
        return render(
            request, "desk/damaged_file.html", {"case": opened.case, "name": about.get("name", "")}, status=410
        )
    trail.note_once("file.opened", subject=opened.case.reference, by=str(request.user.pk))
    return as_file(StreamingHttpResponse(pieces), about, looked_at="look" in request.GET)


def as_file(response: StreamingHttpResponse, about: Mapping[str, Any], *, looked_at: bool) -> StreamingHttpResponse:
    """The headers that make it a file. Only pictures made of points are ever shown in the browser."""
    kind = str(about.get("type", ""))
    shown = looked_at and kind in PICTURES
    response["Content-Type"] = kind if shown else "application/octet-stream"
    response["Content-Disposition"] = content_disposition_header(not shown, safe_name(str(about.get("name", "")))) or ""
    response["Content-Length"] = str(about["size"])
    response["Content-Security-Policy"] = SHUT_OFF
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def safe_name(name: str) -> str:
    """A name without folders, control characters and characters that turn the reading direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    return kept.strip(" .")[-LONGEST_NAME:] or "file"
