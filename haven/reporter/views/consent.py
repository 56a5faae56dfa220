"""The reporter decides on consent, and sees who opened what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from haven.cases.actions import NotNow
from haven.dialogue import consent as deeds
from haven.dialogue.actions import OpenMailbox
from haven.reporter import agreeing
from haven.reporter.visit import visiting

ANSWERS = ("agree", "refuse")


@visiting
def consent(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """Every request and what was said to it. The same form sent twice is answered once."""
    if request.method != "POST":
        return agreeing.draw(request, box)
    key, button = request.POST.get("which", ""), request.POST.get("do", "")
    try:
        if button in ANSWERS:
            deeds.decide(box, key, agreeing.decision(request))
        elif button == "stop":
            deeds.stop(box, key)
    except NotNow as refused:
        return agreeing.draw(request, box, [agreeing.why_not(refused)])
    return redirect("reporter:consent")


@visiting
def seen(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """Which function opened, passed on or took out something, on which day."""
    return agreeing.draw_ledger(request, box)
