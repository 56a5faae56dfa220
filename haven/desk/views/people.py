"""The people of the desk: who has access, who joins, and one's own account."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.cases import off_the_team
from haven.cases.actions import NotNow
from haven.desk import joining
from haven.desk.gate import UnlockedRequest, signed_in, unlocked_with
from haven.desk.keychain import bundle_of, fingerprint
from haven.desk.listing import unsound
from haven.desk.people_forms import Duty, Invitation, RouteForm, UnitForm, units
from haven.desk.reviewpage import AccessReview
from haven.desk.sentences import not_now
from haven.people import actions
from haven.people.access import StaffRequest, permits, staff_with
from haven.people.models import User
from haven.people.readers import outside_of
from haven.rulebook import shelf
from haven.rulebook.roles import Right

AT_THE_DOOR: Mapping[str, Callable[..., None]] = {"suspend": actions.suspend, "readmit": actions.readmit}


def link_for(request: HttpRequest, person: User) -> str:
    """A link that works once, and until the password is chosen. It is shown once and mailed nowhere."""
    where = reverse("set_up", kwargs={"person": person.pk, "token": default_token_generator.make_token(person)})
    return request.build_absolute_uri(where)


def colleague_of(number: int) -> User:
    """Whoever left and was removed is nobody any more."""
    return get_object_or_404(User.objects.known(), pk=number)


@require_safe
@signed_in
def people(request: StaffRequest) -> HttpResponse:
    """Who has access, counted, for everybody who works here (R-002-17)."""
    staff = User.objects.known().prefetch_related("memberships").order_by("-is_active", "name")
    manages = permits(request.user, Right.MANAGE_PEOPLE)
    active = sum(person.is_active for person in staff)
    who = {"teams": joining.teams(), "pools": joining.pools(), "counsellors": joining.counsellors()}
    told = {"staff": staff, "manages": manages, "active": active, "unsound": manages and unsound()}
    return render(request, "desk/people.html", told | who | {"review": AccessReview(request.user)})


@require_safe
@signed_in
def person(request: StaffRequest, person: int) -> HttpResponse:
    return show(request, colleague_of(person))


def show(request: HttpRequest, person: User, *, link: str = "", wrong: str = "") -> HttpResponse:
    """The page of one colleague, with what the viewer may do there."""
    viewer = request.user
    if not isinstance(viewer, User):
        raise Http404
    serving = [found for one in person.memberships.all() if (found := joining.seat(one.route))]
    reads = {team.route.key for team in joining.teams() if person in team.readers}
    reads |= {pool.kind.key for pool in (*joining.pools(), joining.counsellors()) if person in pool.advisers}
    bundle, manages, endorses = bundle_of(person), permits(viewer, Right.MANAGE_PEOPLE), permits(viewer, Right.ENDORSE)
    context = {
        "person": person,
        "bundle": bundle,
        "fingerprint": fingerprint(bundle),
        "reading": [route for route in serving if route.key in reads],
        "waiting": [
            joining.waiting_for(person, one) for one in serving if one.key not in reads and not outside_of(one.key)
        ],
        "carries": [one for one in serving if outside_of(one.key)],
        "form": RouteForm(person=person),
        "unit_form": UnitForm(initial={"unit": person.unit}),
        "unit": dict(units()).get(person.unit, ""),
        "removed_on": person.left_on and person.left_on + timedelta(days=shelf.current().retention.periods.left_days),
        "manages": manages,
        "assigns": permits(viewer, Right.ASSIGN),
        "proposes": manages or endorses,
        "endorses": endorses and person != viewer,
        "link": link,
        "wrong": wrong,
    }
    return render(request, "desk/person.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
@staff_with(Right.MANAGE_PEOPLE)
def invite(request: StaffRequest) -> HttpResponse:
    """A new colleague: an account, and a link to choose a password. No key comes with it."""
    form = Invitation(request.POST or None)
    if not form.is_valid():
        return render(request, "desk/invite.html", {"form": form})
    invited = actions.invite(User(**form.cleaned_data), by=request.user)
    return show(request, invited, link=link_for(request, invited))


@require_POST
@staff_with(Right.MANAGE_PEOPLE)
def start_anew(request: StaffRequest, person: int) -> HttpResponse:
    """Start anew, suspend or readmit: everything about coming in, nothing about opening."""
    colleague = get_object_or_404(User.objects.known().exclude(pk=request.user.pk), pk=person)
    wish = request.POST.get("do", "")
    joining.at_the_door(AT_THE_DOOR.get(wish, actions.start_anew), colleague, by=request.user)
    if wish in AT_THE_DOOR:
        return redirect("desk:person", person)
    return show(request, colleague, link=link_for(request, colleague))


@require_POST
@signed_in
def propose(request: StaffRequest, person: int) -> HttpResponse:
    """Say that somebody should join a team. Whoever may manage or endorse may propose; it opens nothing."""
    if not (permits(request.user, Right.MANAGE_PEOPLE) or permits(request.user, Right.ENDORSE)):
        raise Http404
    colleague = colleague_of(person)
    form = RouteForm(request.POST, person=colleague)
    if form.is_valid():
        route = form.cleaned_data["route"]
        actions.propose(colleague, route=route, by=request.user)
        messages.success(request, joining.what_follows(route))
    return redirect("desk:person", person)


@require_POST
@unlocked_with(Right.ENDORSE)
def endorse(request: UnlockedRequest, person: int) -> HttpResponse:
    """Confirm a key, after comparing it in person or by telephone. An administrator has none to sign with."""
    colleague = colleague_of(person)
    form = RouteForm(request.POST, person=colleague)
    if not form.is_valid():
        raise Http404
    try:
        joining.endorse(colleague, route=form.cleaned_data["route"], by=request.user, keyring=request.keyring)
    except NotNow as refused:
        return show(request, colleague, wrong=not_now(str(refused)))
    messages.success(request, _("You confirmed this key. Every reader of the team is told."))
    return redirect("desk:person", person)


@require_POST
@unlocked_with(Right.ENDORSE)
def leave(request: UnlockedRequest, person: int) -> HttpResponse:
    """A colleague reads no longer: for their own team to say."""
    colleague = colleague_of(person)
    form = RouteForm(request.POST, person=colleague)
    if not form.is_valid():
        raise Http404
    try:
        joining.leave(colleague, route=form.cleaned_data["route"], by=request.user)
    except NotNow as refused:
        return show(request, colleague, wrong=not_now(str(refused)))
    off_the_team.settle(request.keyring, request.user)
    messages.success(
        request, _("New reports are no longer sealed to this person, and the keys to the cases of this team are gone.")
    )
    return redirect("desk:person", person)


@require_http_methods(["GET", "POST"])
@signed_in
def account(request: StaffRequest) -> HttpResponse:
    """One's own account: being on duty, second factor, keys."""
    form = Duty(request.POST or None, initial={"on_duty": request.user.on_duty})
    if request.method == "POST":
        actions.set_duty(request.user, on_duty="on_duty" in request.POST)
        messages.success(request, _("Kept."))
        return redirect("desk:account")
    bundle, reads = bundle_of(request.user), permits(request.user, Right.UNLOCK)
    context = {"form": form, "bundle": bundle, "fingerprint": fingerprint(bundle), "reads": reads}
    return render(request, "desk/account.html", context)
