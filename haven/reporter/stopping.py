"""Stop for now, come back with the code, or throw everything away. The pages of it carry the code only, sealed: nothing
that was answered lies in the browser."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from haven.intake import pausing
from haven.intake.pausing import Waiting
from haven.intake.state import Draft
from haven.reporter import pages
from haven.reporter.taking import Taken
from haven.vault.codes import show

BACK = frozenset({"resume", "throw"})
"""The buttons of somebody who stopped: they ask for nothing but the code."""


def stop(request: HttpRequest, taken: Taken) -> HttpResponse:
    """Whatever is on the page waits too, also what would have to be mended before going on."""
    try:
        until = pausing.pause(taken.draft)
    except pausing.SentAlready:
        sent = _("You have sent this already. With your code you open your mailbox, and can write more there.")
        return pages.draw(request, taken.draft, notices=[sent])
    return render(request, "reporter/stopped.html", _told(taken.draft.code, until) | {"problems": taken.problems})


def welcome(request: HttpRequest, code: str, waiting: Waiting) -> HttpResponse:
    """Who typed the code of answers that wait."""
    return render(request, "reporter/waiting.html", _told(code, waiting.until))


def come_back(request: HttpRequest, code: str, button: str) -> HttpResponse:
    """Go on where one stopped, or leave nothing. What is not there any more is asked for by its code once again."""
    if button == "throw":
        pausing.throw_away(code)
        return render(request, "reporter/thrown.html")
    waiting = pausing.find(code)
    if waiting is None:
        return redirect("reporter:mailbox")
    notices = [_("You are back where you stopped. Nothing has been sent yet."), *pages.about(waiting.reopened)]
    return pages.draw(request, waiting.reopened.draft, notices=notices)


def _told(code: str, until: date) -> pages.Context:
    return {"until": until, "shown_code": show(code)} | pages.sealed(Draft(code=code))
