"""The mailbox: where a reporter comes back with the code."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haven.cases.actions import NotNow
from haven.dialogue import actions as dialogue
from haven.dialogue.actions import OpenMailbox
from haven.intake import pausing
from haven.intake.leaving import forget
from haven.intake.message import Message
from haven.reporter import inside, stopping, visit
from haven.reporter.door import reporters
from haven.reporter.forms import CodeForm, RevealForm
from haven.reporter.visit import lost_code, visiting


@reporters
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code. An unknown code and a forgotten one are the same answer, at the same cost."""
    message = Message.posted(request) if "kept" in request.POST else None
    form = CodeForm(request.POST if request.method == "POST" else None)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    box, waiting = visit.found(typed), pausing.find(typed)  # both, always: every code costs the same
    if box is None and waiting:
        return stopping.welcome(request, typed, waiting)
    if box is None:
        unknown = form.is_bound and form.is_valid()
        told = {"form": form, "unknown": unknown, "message": message, "forms": lost_code()}
        return render(request, "reporter/mailbox.html", told)
    response = inside.draw(request, box, message) if message else redirect("reporter:open")
    return visit.keep(response, typed)


@visiting
def opened(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """Where things stand, and the dialogue."""
    return inside.draw(request, box)


@visiting
def write(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """A message, with files. The same form sent twice writes one message."""
    if request.method != "POST":
        return redirect("reporter:open")
    message = Message.posted(request)
    if message.problems:
        return inside.draw(request, box, message)
    try:
        dialogue.write(box, message.words, files=message.files, once=message.once)
    except NotNow as refused:
        return inside.draw(request, box, replace(message, problems=(inside.why_not(refused),)))
    return redirect("reporter:open")


@visiting
def reveal(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """Say who you are, to one person or to everyone who handles this."""
    handlers = dialogue.who_handles(box.case)
    form = RevealForm(request.POST or None, handlers=handlers)
    if request.method != "POST" or not form.is_valid():
        return render(request, "reporter/reveal.html", {"form": form, "choices": inside.may_know(handlers, form)})
    try:
        dialogue.reveal_self(box, form.identity, to=form.cleaned_data["to"])
    except NotNow as refused:
        return inside.draw(request, box, Message(problems=(inside.why_not(refused),)))
    return redirect("reporter:open")


@visiting
def withdraw(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """Take everything back. Asks once, says what it does, and cannot be undone."""
    if request.method != "POST":
        return render(request, "reporter/withdraw.html")
    try:
        goes = dialogue.withdraw(box)
    except NotNow as refused:
        return inside.draw(request, box, Message(problems=(inside.why_not(refused),)))
    return forget(render(request, "reporter/withdrawn.html", {"goes": goes}))


@reporters
def close(request: HttpRequest) -> HttpResponse:
    """Close the mailbox in this browser."""
    if request.method != "POST":
        return redirect("reporter:mailbox")
    return forget(render(request, "reporter/left.html"))
