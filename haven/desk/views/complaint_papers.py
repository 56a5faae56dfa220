"""Papers of one complaint: read, taken out as a file, drawn as a letter, and all of them together."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from haven.complaints import documents, handing, readable, regulation
from haven.complaints.models import Document
from haven.complaints.opened import NotNow, OpenComplaint, Paper
from haven.complaints.papers import letters, pdf
from haven.complaints.papers.enclosed import Cover, file_of
from haven.complaints.papers.letters import Fixed, Incomplete
from haven.desk.complaint_letter import LetterForm
from haven.desk.complaint_page import ComplaintPage
from haven.desk.complaint_sentences import REFUSED, refused
from haven.desk.complaint_whole import Gathered
from haven.desk.gate import UnlockedRequest, complaint_with, unlocked_with
from haven.desk.views.complaints import in_turn
from haven.rulebook import shelf
from haven.rulebook.roles import Right
from haven.trail import actions as trail
from haven.ui.sending import as_file
from haven.vault import files
from haven.vault.errors import CannotOpen

both = require_http_methods(["GET", "POST"])


@require_safe
@complaint_with(Right.READ_COMPLAINT)
def complaint_paper(request: UnlockedRequest, opened: OpenComplaint, paper: UUID) -> HttpResponse:
    """One paper. That it was read is written down, once a day."""
    found = _inspected(opened, paper)
    page = ComplaintPage(opened)
    line = next(one for one in page.papers if one.row.pk == paper)
    told = {
        "page": page,
        "line": line,
        "files": readable.attached(found),
        "facts": readable.facts_of(page.rules, found),
    }
    told["played"] = bool(regulation.within(page.rules, found.kind))
    return render(request, "desk/complaint/paper.html", told)


@require_safe
@complaint_with(Right.READ_COMPLAINT)
def complaint_file(_request: UnlockedRequest, opened: OpenComplaint, paper: UUID, item: UUID) -> HttpResponseBase:
    """One file of a paper, verified whole before its first byte leaves."""
    held = _inspected(opened, paper)
    found = next((one for one in readable.attached(held) if one.id == item), None)
    if found is None or regulation.within(regulation.of(opened.row), held.kind):
        raise Http404  # a recording is played (views/hearings.py), and not taken along
    try:
        return as_file(files.open_verified(settings.BLOB_ROOT, found.info), found.size, found.name)
    except CannotOpen:
        raise Http404 from None


@require_safe
@unlocked_with(Right.READ_COMPLAINT)
def handed_paper(request: UnlockedRequest, paper: UUID) -> HttpResponse:
    """One paper that was handed to somebody who knows nothing else of the complaint."""
    every = handing.handed_to(request.keyring, by=request.user)
    found = next(((one, each) for one in every for each in one.papers if each.row.pk == paper), None)
    if found is None:
        raise Http404
    trail.note_once("complaint.read", subject=found[0].complaint.reference, by=str(request.user.pk))
    told = {"reference": found[0].complaint.reference, "paper": found[1]}
    return render(request, "desk/complaint/handed.html", told)


@both
@complaint_with(Right.READ_COMPLAINT)
def complaint_letter(request: UnlockedRequest, opened: OpenComplaint, key: str) -> HttpResponseBase:
    """Fill in, look at, take along as a draft, issue: what is looked at is what is issued."""
    if key not in {one.key for one in shelf.current().papers.papers}:
        raise Http404
    form, step = LetterForm(request.POST or None, opened=opened, key=key), request.POST.get("do", "look")
    try:
        if form.is_valid() and step == "pdf":
            return _as_pdf(pdf.pdf_of(form.document))
        if form.is_valid() and step == "issue":
            return _issued(request, opened, form)
    except (NotNow, Incomplete, Fixed) as why:
        form.add_error(None, refused(why) if isinstance(why, NotNow) else str(REFUSED["contents_missing"]))
    return _looked_at(request, opened, form)


def _issued(request: UnlockedRequest, opened: OpenComplaint, form: LetterForm) -> HttpResponse:
    in_turn(opened, form)
    messages.success(request, str(form.done))
    return redirect("desk:complaint", opened.row.reference)


def _looked_at(request: UnlockedRequest, opened: OpenComplaint, form: LetterForm) -> HttpResponse:
    """With its blocks, once everything is known that it says."""
    told: dict[str, Any] = {"page": ComplaintPage(opened), "form": form, "blocks": [], "key": form.kind.key}
    told["name"] = readable.kind_of(form.rules, form.kind.key)
    if form.is_bound and form.is_valid():
        try:
            told["blocks"], told["heading"] = form.blocks, form.document.title
        except (Incomplete, Fixed):
            form.add_error(None, str(REFUSED["contents_missing"]))
    form.take_stamp()
    return render(request, "desk/complaint/letter.html", told, status=422 if form.errors and form.is_bound else 200)


@require_safe
@complaint_with(Right.READ_COMPLAINT)
def complaint_whole(_request: UnlockedRequest, opened: OpenComplaint) -> HttpResponseBase:
    """Everything this person holds as one file with a list and page numbers, for a committee that reads on paper."""
    rules = regulation.of(opened.row)
    found = [one for one in opened.papers if not one.row.quarantined and not regulation.within(rules, one.kind)]
    if not found:
        raise Http404
    for one in found:
        documents.inspect(opened, one.row.pk)
    language = get_language() or "nl"
    house = letters.house_of(shelf.current(), opened.entity, language)
    cover = Cover(house=house, language=language, day=localdate(), reference=opened.row.reference)
    return _as_pdf(file_of(cover, Gathered(ComplaintPage(opened).rules, language).enclosed(found)))


def _as_pdf(content: bytes) -> HttpResponseBase:
    return as_file(iter([content]), len(content), "document.pdf")


def _inspected(opened: OpenComplaint, paper: UUID) -> Paper:
    try:
        return documents.inspect(opened, paper)
    except Document.DoesNotExist:
        raise Http404 from None
