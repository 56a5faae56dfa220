"""Formal complaints: the list, a letter that came on paper, the page of one complaint and the deeds on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from haven.cases.referral import Referred, referred_to
from haven.complaints import handing, regulation, seats
from haven.complaints.models import Complaint
from haven.complaints.opened import NotNow, OpenComplaint
from haven.complaints.parties import Invitation
from haven.desk.complaint_beginnings import on_request
from haven.desk.complaint_forms import ComplaintForm, StepForm
from haven.desk.complaint_list import Line, lines_of
from haven.desk.complaint_page import EVERY, ComplaintPage
from haven.desk.complaint_people_forms import Declaration, declared
from haven.desk.complaint_register import Beginning
from haven.desk.complaint_sentences import refused
from haven.desk.forms import said
from haven.desk.gate import UnlockedRequest, complaint_with, find_complaint, unlocked_with
from haven.desk.uploads import drop, receive, sealing, takes_files
from haven.desk.yearly_page import lines_of as years_of
from haven.people.access import permits
from haven.rulebook.roles import Right
from haven.trail import actions as trail

STEP = "step-"


@require_safe
@unlocked_with(Right.READ_COMPLAINT)
def complaints(request: UnlockedRequest) -> HttpResponse:
    """The complaints of which this person holds a key, late ones on top; and the seats they are asked for."""
    lines = lines_of(request.keyring, request.user, localdate())
    running = [one for one in lines if one.row.ended_on is None]
    told = {"running": running, "ended": [one for one in lines if one.row.ended_on], "asked": _asked(request)}
    told["handed"] = handing.handed_to(request.keyring, by=request.user)
    told["late"] = sum(1 for one in running if one.term and one.term.late)
    if permits(request.user, Right.KEEP_COMPLAINTS):
        told |= {"keeps": True, "referred": _to_carry(request, lines), "requests": on_request() is not None}
        told["yearly_late"] = any(one.overdue for one in years_of(request.keyring, request.user, localdate()))
    return render(request, "desk/complaint/list.html", told)


def _to_carry(request: UnlockedRequest, lines: list[Line]) -> list[Referred]:
    """What the contact point referred, and of which no complaint was made yet."""
    made = {one.opened.head.get("origin") for one in lines}
    return [one for one in referred_to(request.keyring) if one.about.get("id") not in made]


def _asked(request: UnlockedRequest, failed: Declaration | None = None, key: str = "") -> list[dict[str, Any]]:
    """Each seat with what this person has to know to answer. None when there is no key to the question."""
    found = []
    for seat in seats.asked_of(request.user):
        question = seats.question(seat, request.keyring)
        if question and seat.declared_on is None:
            role = said(regulation.of(seat.complaint).role(seat.role).name)
            form = failed if failed and str(seat.pk) == key else Declaration(auto_id=f"{seat.pk}-%s")
            found.append({"seat": seat, "role": role, "names": question["names"], "form": form})
    return found


@require_POST
@unlocked_with(Right.READ_COMPLAINT)
def declare(request: UnlockedRequest, seat: UUID) -> HttpResponse:
    """Say to be independent and to keep silence; or that one cannot."""
    form = Declaration(request.POST, auto_id=f"{seat}-%s")
    row = next((one["seat"] for one in _asked(request) if one["seat"].pk == seat), None)
    if row is None:
        raise Http404
    if form.is_valid():
        yes = form.says_yes
        seats.declare(row, request.keyring, request.user, independent=yes, accepts=yes)
        messages.success(request, declared(yes))
        return redirect("desk:complaints")
    told = {"running": [], "asked": _asked(request, form, str(seat))}
    return render(request, "desk/complaint/list.html", told, status=422)


def invited(request: UnlockedRequest, reference: str, invitation: Invitation, name: str) -> HttpResponse:
    """The number and the code, once: to be printed or copied into the letter."""
    told = {"reference": reference, "number": invitation.number, "code": invitation.code, "name": name}
    return render(request, "desk/complaint/invited.html", told)


@require_safe
@complaint_with(Right.READ_COMPLAINT)
def complaint(request: UnlockedRequest, opened: OpenComplaint) -> HttpResponse:
    """One complaint, as far as this person's seat and keys go. Reading it leaves a line in its trail."""
    trail.note_once("complaint.read", subject=opened.row.reference, by=str(request.user.pk))
    return render(request, "desk/complaint/complaint.html", {"page": ComplaintPage(opened)})


@takes_files
@require_POST
@complaint_with(Right.READ_COMPLAINT)
@sealing
def complaint_deed(request: UnlockedRequest, opened: OpenComplaint, deed: str) -> HttpResponse:
    """Do it and go back to the complaint; or show it with the form as it was filled in, and what is wrong."""
    form = _form(request, opened, deed)
    with_files(request, form)
    try:
        if form.is_valid():
            return _done(request, opened, form, in_turn(opened, form))
    except NotNow as why:
        form.add_error(None, refused(why, form.rules))
    form.take_stamp()
    return render(request, "desk/complaint/complaint.html", {"page": ComplaintPage(opened, form)}, status=422)


def _form(request: UnlockedRequest, opened: OpenComplaint, deed: str) -> ComplaintForm:
    """A deed that is not offered to this side of ours is not there."""
    rules = regulation.of(opened.row)
    if deed.startswith(STEP):
        step = next((one for one in rules.steps if f"{STEP}{one.key}" == deed), None)
        if step is None or step.key == rules.first:
            raise Http404
        return StepForm(request.POST, opened=opened, step=step)
    kind = EVERY.get(deed)
    if kind is None or rules.side(opened.seat.role) not in kind.sides:
        raise Http404
    return kind(request.POST, opened=opened)


def with_files(request: UnlockedRequest, form: Beginning | ComplaintForm) -> None:
    """What came with the form. When the form has to come back, its files are destroyed, and have to be added again."""
    if not request.FILES:
        return
    came = receive(request)
    form.received = came.files
    if form.is_valid() and came.problems:
        form.add_error(None, " ".join(came.problems))
    if not form.is_valid():
        drop(came)


@transaction.atomic
def in_turn(opened: OpenComplaint, form: ComplaintForm) -> Any:
    """Refuse what was decided on an old page: of two who press at once one wins, and a double press is one deed."""
    now = Complaint.objects.select_for_update().filter(pk=opened.row.pk).first()
    if now is None or now.stamp != form.cleaned_data["stamp"]:
        raise NotNow("changed")
    return form.carry_out()


def _done(request: UnlockedRequest, opened: OpenComplaint, form: ComplaintForm, made: Any) -> HttpResponse:
    if isinstance(made, Invitation):
        now = find_complaint(request, opened.row.reference)
        name = str(now.people.get(made.party.pk, {}).get("name", ""))
        return invited(request, opened.row.reference, made, name)
    messages.success(request, str(form.done))
    return redirect("desk:complaint", opened.row.reference)
