"""The desk of a confidential counsellor: own notifications, apart from every case of a team, and for no other eyes."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.counsel import actions, figures, peers
from haven.counsel.actions import Refused
from haven.counsel.models import Notification
from haven.counsel.opened import OpenNotification, open_notification
from haven.counsel.peers import Talk, open_talk
from haven.desk.counsel_forms import Again, Agree, Ask, Close, DeedForm, Name, Note, Say, Search, TakeDown
from haven.desk.counselpage import NotificationPage, overview, refused
from haven.desk.gate import UnlockedRequest, unlocked_with
from haven.people.access import View
from haven.rulebook.roles import Right

both = require_http_methods(["GET", "POST"])

type Opens = Callable[..., HttpResponse]


def own_notification(view: Opens) -> View:
    """One of one's own, opened. None such and no key to it are one answer, also while somebody destroys it."""

    @unlocked_with(Right.COUNSEL)
    @wraps(view)
    def opened(request: UnlockedRequest, notification: UUID) -> HttpResponse:
        try:
            return view(request, open_notification(notification, keyring=request.keyring, by=request.user))
        except Notification.DoesNotExist:
            raise Http404 from None

    return opened


def own_talk(view: Opens) -> View:
    """The same for an extract: of who asked for advice, and of who was asked."""

    @unlocked_with(Right.COUNSEL)
    @wraps(view)
    def opened(request: UnlockedRequest, part: UUID) -> HttpResponse:
        try:
            return view(request, open_talk(part, keyring=request.keyring, by=request.user))
        except Notification.DoesNotExist:
            raise Http404 from None

    return opened


@both
@unlocked_with(Right.COUNSEL)
def notifications(request: UnlockedRequest) -> HttpResponse:
    """All of one's own. What is searched for is posted: no word stands in an address."""
    form = Search(request.POST or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    context = {"form": form} | overview(request.keyring, request.user, words=words)
    return render(request, "desk/counsel/notifications.html", context)


@both
@unlocked_with(Right.COUNSEL)
def take_notification(request: UnlockedRequest) -> HttpResponse:
    form = TakeDown(request.POST or None)
    if form.is_valid():
        row = actions.take_down(request.keyring, by=request.user, told=form.told, notifier=form.notifier)
        messages.success(request, _("Kept. Only you can open it."))
        return redirect("desk:notification", row.pk)
    return render(request, "desk/counsel/take.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@unlocked_with(Right.COUNSEL)
def take_figures(request: UnlockedRequest) -> HttpResponse:
    """The annual figures of every year that is due. Twice is once: what was counted is not counted again."""
    try:
        counted = figures.take(request.keyring, by=request.user)
    except Refused:
        return redirect("desk:notifications")
    done = ngettext("%(n)d notification is counted.", "%(n)d notifications are counted.", counted) % {"n": counted}
    messages.success(request, done)
    return redirect("desk:notifications")


@require_POST
@unlocked_with(Right.COUNSEL)
def stop_counselling(request: UnlockedRequest) -> HttpResponse:
    """A counsellor who leaves counts everything first. Nobody takes it over."""
    if request.POST.get("leaving"):
        figures.stop(request.keyring, by=request.user)
        messages.success(
            request, _("Everything is counted and ended. The words are destroyed on the days shown below.")
        )
    return redirect("desk:notifications")


@require_safe
@own_notification
def notification(request: UnlockedRequest, opened: OpenNotification) -> HttpResponse:
    actions.worked(request.user)
    return render(request, "desk/counsel/notification.html", {"page": NotificationPage(opened)})


def do(request: UnlockedRequest, form: DeedForm, deed: Callable[[Any], object], done: str) -> HttpResponse:
    """Do it and go back to the notification; or show it with the form as it was filled in, and what is wrong."""
    opened = form.opened
    try:
        if form.is_valid():
            deed(form)
            messages.success(request, done)
            return redirect("desk:notification", opened.row.pk)
    except Refused as why:
        form.add_error(None, refused(str(why)))
    return render(request, "desk/counsel/notification.html", {"page": NotificationPage(opened, form)}, status=422)


@require_POST
@own_notification
def note(request: UnlockedRequest, opened: OpenNotification) -> HttpResponse:
    form = Note(request.POST, opened=opened)
    return do(request, form, lambda f: actions.note(opened, f.told), _("The note is kept."))


@require_POST
@own_notification
def name(request: UnlockedRequest, opened: OpenNotification) -> HttpResponse:
    form = Name(request.POST, opened=opened)
    return do(request, form, lambda f: actions.name(opened, f.cleaned_data), _("Kept. What stood here before is gone."))


@require_POST
@own_notification
def ask_fellow(request: UnlockedRequest, opened: OpenNotification) -> HttpResponse:
    form = Ask(request.POST, opened=opened)
    done = _("Your fellow counsellor can read this extract now, and nothing else.")
    return do(request, form, lambda f: peers.ask(opened, to=f.cleaned_data["to"], text=f.cleaned_data["text"]), done)


@require_POST
@own_notification
def agree(request: UnlockedRequest, opened: OpenNotification) -> HttpResponse:
    form = Agree(request.POST, opened=opened)
    done = _("Their word is recorded. Nothing went anywhere yet.")
    return do(request, form, lambda f: actions.agree(opened, f.told), done)


@require_POST
@own_notification
def end(request: UnlockedRequest, opened: OpenNotification) -> HttpResponse:
    form = Close(request.POST, opened=opened)
    return do(request, form, lambda f: actions.close(opened, **f.cleaned_data), _("This notification has ended."))


@require_POST
@own_notification
def again(request: UnlockedRequest, opened: OpenNotification) -> HttpResponse:
    form = Again(request.POST, opened=opened)
    return do(request, form, lambda _f: actions.reopen(opened), _("It is open again."))


@both
@own_talk
def talk(request: UnlockedRequest, talk: Talk) -> HttpResponse:
    """One extract and what was said about it, for the two who can open it."""
    form = Say(request.POST or None)
    if form.is_valid():
        peers.say(talk, form.cleaned_data["text"])
        messages.success(request, _("Sealed to the two of you."))
        return redirect("desk:talk", talk.part.pk)
    context = {"form": form, "talk": talk}
    return render(request, "desk/counsel/talk.html", context, status=422 if form.is_bound else 200)


@require_POST
@own_talk
def end_talk(request: UnlockedRequest, talk: Talk) -> HttpResponse:
    peers.end(talk)
    messages.success(request, _("Ended. The extract and the advice are destroyed, for both of you."))
    return redirect("desk:notification", talk.part.scope) if talk.asked_by_me else redirect("desk:notifications")
