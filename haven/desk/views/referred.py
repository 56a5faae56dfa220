"""What another team referred to this one: exactly what the reporter agreed to."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haven.cases import referral
from haven.cases.referral import Referred
from haven.desk.gate import UnlockedRequest, referred_with
from haven.desk.referredpage import files_of, what_was_referred
from haven.rulebook.roles import Right
from haven.trail import actions as trail
from haven.ui.sending import as_file
from haven.vault import files
from haven.vault.errors import CannotOpen


@require_safe
@referred_with(Right.READ_CASE)
def referred(request: UnlockedRequest, found: Referred) -> HttpResponse:
    """Reading it stands in what the reporter can see."""
    referral.seen(found, request.user)
    return render(request, "desk/referred.html", what_was_referred(found))


@require_safe
@referred_with(Right.READ_CASE)
def file(request: UnlockedRequest, found: Referred, item: UUID) -> HttpResponseBase:
    return sent_file(request, found, item)


def sent_file(request: UnlockedRequest, found: Referred, item: UUID) -> HttpResponseBase:
    """A file that was agreed to, verified whole before its first byte leaves. What was not made safe asks first."""
    one = next((file for file in files_of(found) if file.id == item), None)
    if one is None:
        raise Http404
    if not one.safety.safe and "sure" not in request.GET:
        return render(request, "desk/unsure_file.html", {"part": found.part, "file": one})
    try:
        pieces = files.open_verified(settings.BLOB_ROOT, files.SealedFileInfo.from_dict(one.about))
    except CannotOpen:
        return render(request, "desk/damaged_file.html", {"part": found.part, "name": one.name}, status=410)
    trail.note_once("file.opened", subject=found.case.reference, by=str(request.user.pk))
    return as_file(pieces, one.size, one.name)
