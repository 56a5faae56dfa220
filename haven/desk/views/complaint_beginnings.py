"""How a procedure begins: a letter on paper, what the contact point referred, and a request without a complaint."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from haven.cases import referral
from haven.cases.referral import Referred
from haven.complaints import insiders, regulation
from haven.complaints.opened import NotNow, listed
from haven.complaints.parties import Invitation
from haven.complaints.starting import start, start_on_request
from haven.desk.complaint_beginnings import Carried, Requested, on_request
from haven.desk.complaint_register import Beginning, Register, kinds
from haven.desk.complaint_sentences import REFUSED, refused
from haven.desk.forms import said
from haven.desk.gate import UnlockedRequest, referred_with, unlocked_with
from haven.desk.referredpage import what_was_referred
from haven.desk.uploads import sealing, takes_files
from haven.desk.views.complaints import invited, with_files
from haven.desk.views.referred import sent_file
from haven.rulebook.roles import Right
from haven.vault.errors import CannotOpen

both = require_http_methods(["GET", "POST"])
type Refusals = NotNow | insiders.NoOffice | regulation.NoRegulation


@takes_files
@both
@unlocked_with(Right.KEEP_COMPLAINTS)
@sealing
def register(request: UnlockedRequest) -> HttpResponse:
    """A letter on paper becomes a complaint, under the regulation of the day on which it came."""
    form = Register(request.POST or None, kind=_kind(request))
    with_files(request, form)
    if form.is_valid():
        try:
            started = start(form.letter, by=request.user, as_id=form.cleaned_data["as_id"])
            return _welcome(request, form, started.invitation)
        except (NotNow, insiders.NoOffice, regulation.NoRegulation) as why:
            form.add_error(None, _sentence(why))
    return _shown(request, "register", form)


@takes_files
@both
@referred_with(Right.KEEP_COMPLAINTS)
@sealing
def carry_over(request: UnlockedRequest, found: Referred) -> HttpResponse:
    """What somebody told the contact point becomes a complaint: with their consent, and a letter that they signed."""
    if earlier := _made_of(request, found):
        messages.info(request, _("This has become a complaint already."))
        return redirect("desk:complaint", earlier)
    referral.seen(found, request.user)
    form = Carried(request.POST or None, kind=_kind(request), found=found)
    with_files(request, form)
    if form.is_valid() and (answer := _carried(request, form, found)):
        return answer
    return _shown(request, "carry_over", form, **what_was_referred(found))


def _carried(request: UnlockedRequest, form: Carried, found: Referred) -> HttpResponse | None:
    try:
        form.take_along()
        started = start(form.letter, by=request.user, referred=found, as_id=form.cleaned_data["as_id"])
        return _welcome(request, form, started.invitation)
    except (NotNow, insiders.NoOffice, regulation.NoRegulation) as why:
        form.add_error(None, _sentence(why))
    except CannotOpen:
        form.add_error(None, _("One of these files is damaged. Leave it out, and ask for it again."))
    return None


def _made_of(request: UnlockedRequest, found: Referred) -> str | None:
    """The complaint that was made of this referral, for who has a key to it."""
    every = listed(request.keyring, by=request.user)
    return next((one.row.reference for one in every if one.head.get("origin") == found.about.get("id")), None)


@require_safe
@referred_with(Right.KEEP_COMPLAINTS)
def carried_file(request: UnlockedRequest, found: Referred, item: UUID) -> HttpResponseBase:
    """A file that came with a referral, as it was agreed."""
    return sent_file(request, found, item)


@takes_files
@both
@unlocked_with(Right.KEEP_COMPLAINTS)
@sealing
def request_investigation(request: UnlockedRequest) -> HttpResponse:
    """Who decides asks for an investigation, without a complaint."""
    if (kind := on_request()) is None:
        raise Http404
    form = Requested(request.POST or None, kind=kind)
    with_files(request, form)
    if form.is_valid():
        try:
            row = start_on_request(form.letter, by=request.user, as_id=form.cleaned_data["as_id"])
            return redirect("desk:complaint", row.reference)
        except (NotNow, insiders.NoOffice, regulation.NoRegulation) as why:
            form.add_error(None, _sentence(why))
    return _shown(request, "request_investigation", form, others=[])


def _kind(request: UnlockedRequest) -> str:
    """Which kind of regulation. An address holds its number only: also what kinds there are says something."""
    every = list(kinds())
    number = request.GET.get("regulation", "")
    chosen = request.POST.get("kind") or (every[int(number)] if number in map(str, range(len(every))) else "")
    return chosen if chosen in every else next(iter(every), "")


def _welcome(request: UnlockedRequest, form: Register, invitation: Invitation) -> HttpResponse:
    return invited(request, invitation.party.complaint.reference, invitation, form.cleaned_data["name"])


def _sentence(why: Refusals) -> str:
    return refused(why) if isinstance(why, NotNow) else str(REFUSED["no_regulation"])


def _shown(request: UnlockedRequest, template: str, form: Beginning, **more: Any) -> HttpResponse:
    names = {kind: ", ".join(said(one.name) for one in found) for kind, found in kinds().items()}
    others = [(n, name) for n, (kind, name) in enumerate(names.items()) if kind != form.initial["kind"]]
    told = {"form": form, "under": names.get(form.initial["kind"], ""), "others": others} | more
    return render(request, f"desk/complaint/{template}.html", told, status=422 if form.is_bound else 200)
