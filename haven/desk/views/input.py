"""Input from people at the desk: what waits, answering it, deciding on it, and telling what was done with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.desk.input_forms import Answer, Decide, DeedForm, Enter, OpenRound, Propose, Publish, Word
from haven.desk.inputpage import InputPage, overview, refused
from haven.people.access import View
from haven.rulebook.roles import Right
from haven.voices import actions, planned
from haven.voices.actions import Refused
from haven.voices.collecting import NobodyReads
from haven.voices.models import Input, Round, Wording
from haven.voices.opened import OpenInput, open_input

both = require_http_methods(["GET", "POST"])


def one_input(view: Callable[..., HttpResponse]) -> View:
    """One input, opened. None such and no key to it are one answer, also while somebody destroys it."""

    @unlocked_with(Right.INPUT)
    @wraps(view)
    def opened(request: UnlockedRequest, part: UUID) -> HttpResponse:
        try:
            return view(request, open_input(part, keyring=request.keyring, by=request.user))
        except Input.DoesNotExist:
            raise Http404 from None

    return opened


@require_safe
@unlocked_with(Right.INPUT)
def inputs(request: UnlockedRequest) -> HttpResponse:
    return render(request, "desk/input/inputs.html", overview(request.keyring, request.user))


@require_safe
@one_input
def input_(request: UnlockedRequest, opened: OpenInput) -> HttpResponse:
    actions.worked(request.user)
    return render(request, "desk/input/input.html", {"page": InputPage(opened)})


@both
@unlocked_with(Right.INPUT)
def enter(request: UnlockedRequest) -> HttpResponse:
    """What came out of a conference, a focus group or a body (R-003-23, R-004-59)."""
    form = Enter(request.POST or None)
    if form.is_valid():
        try:
            row = actions.enter(form.said, by=request.user)
        except NobodyReads:
            form.add_error(None, refused(""))
        else:
            messages.success(request, _("Kept. Now decide what is done with it."))
            return redirect("desk:one_input", row.pk)
    return render(request, "desk/input/enter.html", {"form": form}, status=422 if form.is_bound else 200)


@both
@unlocked_with(Right.INPUT)
def open_round(request: UnlockedRequest) -> HttpResponse:
    form = OpenRound(request.POST or None)
    if form.is_valid():
        actions.open_round(form.save(commit=False), by=request.user)
        messages.success(request, _("The question stands on the site from its first day on."))
        return redirect("desk:inputs")
    return render(request, "desk/input/round.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@unlocked_with(Right.INPUT)
def end_round(request: UnlockedRequest, part: UUID) -> HttpResponse:
    if found := Round.objects.filter(pk=part).first():
        actions.end_round(found, by=request.user)
        messages.success(request, _("The question has gone from the site."))
        return redirect("desk:inputs")
    raise Http404


@require_POST
@unlocked_with(Right.INPUT)
def take_wording_down(request: UnlockedRequest, part: UUID) -> HttpResponse:
    if found := Wording.objects.filter(pk=part).first():
        actions.take_down(found, by=request.user)
        messages.success(request, _("This text has gone from the site."))
        return redirect("desk:inputs")
    raise Http404


def do(request: UnlockedRequest, form: DeedForm, deed: Callable[[Any], object], done: str) -> HttpResponse:
    """Do it and go back to the input; or show it with the form as it was filled in, and what is wrong."""
    try:
        if form.is_valid():
            deed(form)
            messages.success(request, done)
            return redirect("desk:one_input", form.opened.row.pk)
    except Refused as why:
        form.add_error(None, refused(str(why)))
    except OSError:
        form.add_error(None, _("The mail server did not take it. Nothing was sent, and nothing was kept. Try again."))
    return render(request, "desk/input/input.html", {"page": InputPage(form.opened, form)}, status=422)


@require_POST
@one_input
def answer(request: UnlockedRequest, opened: OpenInput) -> HttpResponse:
    form = Answer(request.POST, opened=opened)
    done = _("The answer is sent, and the address is destroyed.")
    return do(request, form, lambda f: actions.answer(opened, f.cleaned_data["text"]), done)


@require_POST
@one_input
def decide(request: UnlockedRequest, opened: OpenInput) -> HttpResponse:
    form = Decide(request.POST, opened=opened)
    return do(request, form, lambda f: actions.decide(opened, **f.told), _("The decision is kept."))


@require_POST
@one_input
def propose(request: UnlockedRequest, opened: OpenInput) -> HttpResponse:
    form = Propose(request.POST, opened=opened)
    done = _("It lies before who makes the plan: the title, and nothing else.")
    return do(request, form, lambda f: planned.propose(opened, **f.cleaned_data), done)


@require_POST
@one_input
def word(request: UnlockedRequest, opened: OpenInput) -> HttpResponse:
    form = Word(request.POST, opened=opened)
    done = _("Kept. A colleague looks at it before it stands on the site.")
    return do(request, form, lambda f: actions.word(opened, **f.cleaned_data), done)


@require_POST
@one_input
def publish(request: UnlockedRequest, opened: OpenInput) -> HttpResponse:
    form = Publish(request.POST, opened=opened)
    return do(request, form, lambda _f: actions.publish(opened), _("It stands on the site now."))
