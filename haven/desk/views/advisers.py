"""The advisers of a team, and the pages on which profile, training and log are kept."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.desk.adviser_forms import Filter, LogForm, ProfileForm, Shown, TrainingForm, shown
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.people import advisers as people
from haven.people import advising
from haven.people.access import StaffRequest, staff_with
from haven.people.advisers import Adviser, decides_about
from haven.people.models import Development, Training, User
from haven.rulebook import shelf
from haven.rulebook.roles import Right

both = require_http_methods(["GET", "POST"])


@require_safe
@unlocked_with(Right.LEAD_ADVISERS)
def advisers(request: UnlockedRequest) -> HttpResponse:
    """Who can be asked: for the team, with what each can do, and how many cases they have that the viewer can open."""
    today, form = localdate(), Filter(request.GET)
    own = {kind.team for kind in shelf.current().routes.adviser_kinds if decides_about(request.user, kind)}
    groups = [group for team in sorted(own) for group in shown(team, request.keyring, on=today)]
    listed = [(kind, [one for one in found if form.fits(one)]) for kind, found in groups]
    everybody = [one for _kind, found in groups for one in found]
    context = {"groups": listed, "form": form, "short": [one for one in everybody if one.short], "own": own}
    return render(request, "desk/advisers.html", context)


@both
@staff_with(Right.LEAD_ADVISERS)
def adviser(request: StaffRequest, person: int) -> HttpResponse:
    """One adviser, for the team: somebody who fell ill cannot write that they are away."""
    found = people.adviser(get_object_or_404(User, pk=person))
    return _profile(request, found) if found else redirect("desk:person", person)


@both
@staff_with(Right.ADVISE)
def my_profile(request: StaffRequest) -> HttpResponse:
    """One's own profile. Training stands there too, for the team to record."""
    found = people.adviser(request.user)
    return _profile(request, found) if found else render(request, "desk/no_adviser.html")


@require_POST
@staff_with(Right.LEAD_ADVISERS)
def training(request: StaffRequest, person: int) -> HttpResponse:
    """A training that was passed, or one that was written down by mistake."""
    found = people.adviser(get_object_or_404(User, pk=person))
    if found is None:
        return redirect("desk:person", person)
    form = TrainingForm(request.POST, adviser=found)

    def record() -> None:
        told = form.cleaned_data
        advising.record_training(found, key=told["key"], passed_on=told["day"], by=request.user)

    return _strike(request, found, Training) or _keep(request, found, form, record)


@require_POST
@staff_with(Right.LEAD_ADVISERS)
def log(request: StaffRequest, person: int) -> HttpResponse:
    found = people.adviser(get_object_or_404(User, pk=person))
    return _log(request, found) if found else redirect("desk:person", person)


@require_POST
@staff_with(Right.ADVISE)
def my_log(request: StaffRequest) -> HttpResponse:
    found = people.adviser(request.user)
    return _log(request, found) if found else redirect("desk:my_profile")


def _profile(request: StaffRequest, found: Adviser) -> HttpResponse:
    if request.method != "POST":
        return show(request, found)
    form = ProfileForm(request.POST, adviser=found)
    return _keep(request, found, form, lambda: advising.keep_profile(found, form.cleaned_data, by=request.user))


def _log(request: StaffRequest, found: Adviser) -> HttpResponse:
    form = LogForm(request.POST)

    def record() -> None:
        advising.record_development(found, by=request.user, **form.cleaned_data)

    return _strike(request, found, Development) or _keep(request, found, form, record)


def _strike(request: StaffRequest, found: Adviser, model: type[Training | Development]) -> HttpResponse | None:
    """Take a line back, if that is what was pressed."""
    if "strike" not in request.POST:
        return None
    number = request.POST["strike"]
    entry = model.objects.filter(user=found.person, pk=number if number.isdigit() else 0).first()
    if entry is None:
        return _back(request, found)
    return _done(request, found, lambda: advising.strike(found, entry, by=request.user))


def _keep(request: StaffRequest, found: Adviser, form: Any, deed: Callable[[], object]) -> HttpResponse:
    return _done(request, found, deed) if form.is_valid() else show(request, found, failed=form)


def _done(request: StaffRequest, found: Adviser, deed: Callable[[], object]) -> HttpResponse:
    try:
        deed()
    except advising.NotYours:
        return show(request, found, wrong=_("Only who reads for the team of this adviser can do that."))
    messages.success(request, _("Kept."))
    return _back(request, found)


def _back(request: StaffRequest, found: Adviser) -> HttpResponse:
    own = found.person == request.user
    return redirect("desk:my_profile") if own else redirect("desk:adviser", found.person.pk)


def show(request: StaffRequest, found: Adviser, *, failed: Any = None, wrong: str = "") -> HttpResponse:
    """The page of one adviser, with what the viewer may write there."""
    decides = decides_about(request.user, found.kind)
    forms = {"profile": ProfileForm(adviser=found), "training": TrainingForm(adviser=found), "log": LogForm()}
    forms |= {failed.name: failed} if failed else {}
    own = found.person == request.user
    context = {"one": Shown(found, localdate(), 0), "forms": forms, "decides": decides, "own": own, "wrong": wrong}
    return render(request, "desk/adviser.html", context, status=422 if failed or wrong else 200)
