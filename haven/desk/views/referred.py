"""What another team referred to this one: exactly what the reporter agreed to."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haven.cases import referral
from haven.cases.referral import Referred
from haven.desk.casepage import told
from haven.desk.gate import UnlockedRequest, referred_with
from haven.desk.views.files import as_file
from haven.rulebook import shelf
from haven.rulebook.consent import TEAM
from haven.rulebook.roles import Right
from haven.trail import actions as trail
from haven.vault import files
from haven.vault.errors import CannotOpen


@require_safe
@referred_with(Right.READ_CASE)
def referred(request: UnlockedRequest, found: Referred) -> HttpResponse:
    """Reading it stands in what the reporter can see."""
    referral.seen(found, request.user)
    book, about = shelf.current(), found.about
    purposes = {one.key: one.label for one in book.routes.consent}
    shown: dict[str, Any] = {"found": found, "purpose": purposes.get(about.get("purpose", ""), "")}
    shown |= {"sender": book.recipient(TEAM, str(about.get("from", ""))), "summary": found.one("summary").get("text")}
    shown |= {"answers": told(found.one("answers")), "identity": told(found.one("identity"), "identity")}
    return render(request, "desk/referred.html", shown)


@require_safe
@referred_with(Right.READ_CASE)
def file(request: UnlockedRequest, found: Referred, item: UUID) -> HttpResponse | StreamingHttpResponse:
    """A file that was agreed to, verified whole before its first byte leaves."""
    about = next((one.payload for one in found.files if one.item.pk == item), None)
    if about is None:
        raise Http404
    try:
        pieces = files.open_verified(settings.BLOB_ROOT, files.SealedFileInfo.from_dict(about))
    except CannotOpen:
        shown = {"part": found.part, "name": about.get("name", "")}
        return render(request, "desk/damaged_file.html", shown, status=410)
    trail.note_once("file.opened", subject=found.case.reference, by=str(request.user.pk))
    return as_file(StreamingHttpResponse(pieces), about, looked_at=False)
