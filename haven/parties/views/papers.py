"""Documents: reading, downloading, adding one. Each reading is written down, and the page says so (R-001-87)."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.complaints import documents
from haven.complaints.opened import NotNow, OpenParty
from haven.intake import uploads
from haven.parties import filing, stepping
from haven.parties.abilities import Abilities
from haven.parties.filing import Filing
from haven.parties.lying import Lying, lying, pdf_of
from haven.parties.visit import accepted
from haven.rulebook import shelf
from haven.ui.sending import as_file
from haven.vault import files
from haven.vault.errors import CannotOpen


def _read(opened: OpenParty, paper: UUID) -> Lying:
    """The document, with a line that it was read. One of somebody else and one that is not there are one answer."""
    found = next((one for one in lying(opened) if one.id == paper), None)
    if found is None:
        raise Http404
    documents.inspect(opened, paper)
    return found


@accepted
def paper(request: HttpRequest, opened: OpenParty, paper: UUID) -> HttpResponse:
    return render(request, "parties/paper.html", {"one": _read(opened, paper)})


@accepted
def pdf(_request: HttpRequest, opened: OpenParty, paper: UUID) -> HttpResponseBase:
    """The words, as a tagged PDF."""
    content = pdf_of(_read(opened, paper))
    return as_file(iter([content]), len(content), f"{_('document')}.pdf")


@accepted
def file(request: HttpRequest, opened: OpenParty, paper: UUID, item: UUID) -> HttpResponseBase:
    """One file of a document, verified whole before its first byte leaves."""
    found = next((one for one in _read(opened, paper).files if one.id == item), None)
    if found is None:
        raise Http404
    try:
        pieces = files.open_verified(settings.BLOB_ROOT, found.info)
    except CannotOpen:
        return render(request, "parties/damaged.html", {"name": found.name, "paper": paper}, status=410)
    return as_file(pieces, found.size, found.name)


@accepted
def add(request: HttpRequest, opened: OpenParty) -> HttpResponse:
    """Add a statement, a document, or the written permission of somebody else. Sent twice it is one document."""
    if not Abilities(opened).can_add:
        raise Http404
    if request.method != "POST":
        return _form(request, Filing())
    given = Filing.posted(request)
    if given.problems:
        return _form(request, given)
    try:
        filing.hand_in(opened, given, get_language() or "nl")
    except NotNow as refused:
        return _form(request, given, [stepping.why_not(refused)])
    return redirect("parties:open")


def _form(request: HttpRequest, given: Filing, problems: list[str] | None = None) -> HttpResponse:
    told = {"given": given, "message": given.message, "kept": given.message.sealed(), "room": uploads.has_room()}
    told["problems"] = problems or list(given.problems)
    told |= {"limits": shelf.current().intake.files, "most": uploads.most_bytes()}
    return render(request, "parties/add.html", told)
