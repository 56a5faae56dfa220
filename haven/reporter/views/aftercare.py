"""After a case: being asked again, telling that something goes wrong because of it, and how it went."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from haven.cases.actions import NotNow
from haven.dialogue import aftercare as deeds
from haven.dialogue.actions import OpenMailbox
from haven.intake.forms import Words, too_long_message
from haven.intake.message import LONGEST
from haven.reporter import aftercare
from haven.reporter.aftercare import Telling
from haven.reporter.visit import visiting


@visiting
def afterwards(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """Whether we ask again how it goes; the reporter agrees, stops, and writes back."""
    if request.method != "POST":
        return aftercare.draw(request, box)
    button, words = request.POST.get("do", ""), Words(required=False).to_python(request.POST.get("words"))
    if problem := _unfinished(request, button, words):
        return aftercare.draw(request, box, [problem], words)
    try:
        _press(request, box, button, words)
    except NotNow as refused:
        return aftercare.draw(request, box, [aftercare.why_not(refused)], words)
    return redirect("reporter:open" if button == "write" else "reporter:afterwards")


def _press(request: HttpRequest, box: OpenMailbox, button: str, words: str) -> None:
    if button == "write":
        deeds.write_back(box, words, once=request.POST.get("once", "")[:16])
    elif button == "stop":
        deeds.stop(box)
    elif button in {"agree", "refuse"}:
        keys = tuple(request.POST.getlist("when")) if button == "agree" else ()
        deeds.answer(box, request.POST.get("which", ""), keys)


def _unfinished(request: HttpRequest, button: str, words: str) -> str:
    """No moment is ticked beforehand: agreeing keeps words longer, so it is said, not assumed."""
    if button == "agree" and not request.POST.getlist("when"):
        return _("Tick when we may ask, or choose that it is not needed.")
    if button != "write":
        return ""
    if not words.strip():
        return _("Write something first.")
    return too_long_message(len(words) - LONGEST, LONGEST) if len(words) > LONGEST else ""


@visiting
def concern(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """“I am being disadvantaged because of this.” The same form sent twice tells it once."""
    form = Telling.posted(request) if request.method == "POST" else Telling()
    if request.method != "POST" or form.problems:
        return aftercare.draw_concern(request, box, form)
    try:
        deeds.concern(box, form.told)
    except NotNow as refused:
        problems = (aftercare.why_not(refused),)
        return aftercare.draw_concern(request, box, Telling(form.words, form.once, problems))
    return redirect("reporter:open")


@visiting
def evaluation(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """A few questions about how it went. Nobody has to answer one."""
    if request.method != "POST":
        return aftercare.draw_evaluation(request, box)
    given = aftercare.answers(request)
    too_long = [too_long_message(len(one) - LONGEST, LONGEST) for one in given.values() if len(one) > LONGEST]
    if too_long or not given:
        return aftercare.draw_evaluation(request, box, too_long or [_("Answer at least one question, or go back.")])
    try:
        deeds.evaluate(box, given)
    except NotNow as refused:
        return aftercare.draw_evaluation(request, box, [aftercare.why_not(refused)])
    return redirect("reporter:evaluation")
