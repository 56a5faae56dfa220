"""Coming in with the number of the letter: for the first time, with the own passphrase, or with the recovery code."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haven.complaints import entering
from haven.complaints.entering import TooSoon
from haven.complaints.models import Party
from haven.intake.leaving import end_session, forget
from haven.parties.beside import NOTES
from haven.parties.door import parties
from haven.parties.forms import ComeIn, FirstTime, Renew
from haven.parties.visit import MINUTES, carry_on, keep
from haven.vault.errors import CannotOpen
from haven.vault.forms_state import open_state, seal_state


def tried[Result](form: forms.Form, deed: Callable[[], Result]) -> Result | None:
    """What the deed gives, or None with a sentence on the form. Unknown, wrong and ended are one sentence."""
    try:
        return deed()
    except TooSoon as soon:
        wait = ngettext("Wait %(n)d second and try again.", "Wait %(n)d seconds and try again.", soon.seconds)
        form.add_error(None, wait % {"n": soon.seconds})
    except (CannotOpen, Party.DoesNotExist):
        form.add_error(None, _("These two do not belong together. Check both and try again."))
    return None


@parties
def enter(request: HttpRequest) -> HttpResponse:
    """With the own passphrase. What was typed before the visit ended waits on the next page."""
    form, kept = ComeIn(request.POST or None), request.POST.get("kept", "")
    if form.is_valid():
        said = form.cleaned_data
        if keyring := tried(form, lambda: entering.enter(said["number"], said["secret"])):
            return keep(carry_on(request, kept), keyring)
    return render(request, "parties/enter.html", {"form": form, "kept": kept, "minutes": MINUTES})


@parties
def first(request: HttpRequest) -> HttpResponse:
    """With the code of the letter, which opens nothing afterwards: an own passphrase takes its place."""
    form = FirstTime(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        begun = tried(form, lambda: entering.enter_first_time(said["number"], said["code"], said["passphrase"]))
        if begun:
            return keep(show_recovery(request, begun.recovery), begun.keyring)
    return render(request, "parties/first.html", {"form": form})


@parties
def renew(request: HttpRequest) -> HttpResponse:
    """With the recovery code: a new passphrase, and a new recovery code, because the old paper has been used."""
    form = Renew(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        if begun := tried(form, lambda: entering.renew(said["number"], said["code"], said["passphrase"])):
            return keep(show_recovery(request, begun.recovery), begun.keyring)
    return render(request, "parties/renew.html", {"form": form})


def show_recovery(request: HttpRequest, code: str) -> HttpResponse:
    """Once, and never again. The form beside it carries it sealed, for the small file."""
    notes = seal_state({"lines": [code, address()]}, purpose=NOTES)
    return render(request, "parties/recovery.html", {"code": code, "notes": notes})


def address() -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('parties:enter')}"


@parties
def notes(request: HttpRequest) -> HttpResponse:
    """What is shown once, as a small file with a name that says nothing. By POST: no code ever stands in an address."""
    try:
        lines = open_state(request.POST.get("notes", ""), purpose=NOTES)[0]["lines"]
    except CannotOpen:
        return redirect("parties:enter")
    response = HttpResponse("\n\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("notes")}.txt"'
    return response


@parties
def close(request: HttpRequest) -> HttpResponse:
    """End the visit, here and on the server."""
    if request.method != "POST":
        return redirect("parties:enter")
    end_session(request)
    return forget(render(request, "parties/left.html"), settings.PARTY_COOKIE_NAME)
