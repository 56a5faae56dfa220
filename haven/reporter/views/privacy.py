"""A request about one's own data, in the mailbox."""

from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from haven.cases.actions import NotNow
from haven.dialogue import privacy as deeds
from haven.dialogue.actions import OpenMailbox
from haven.dialogue.aftercare import Told
from haven.intake.forms import Words, too_long_message
from haven.intake.message import LONGEST
from haven.reporter import aftercare
from haven.reporter.visit import visiting
from haven.rulebook import shelf


@visiting
def privacy(request: HttpRequest, box: OpenMailbox) -> HttpResponse:
    """To see, correct or erase. The same form sent twice asks once."""
    words = Words(required=False).to_python(request.POST.get("words"))
    problems = [_("Choose what you ask.")] if request.method == "POST" and "right" not in request.POST else []
    problems += [too_long_message(len(words) - LONGEST, LONGEST)] if len(words) > LONGEST else []
    if request.method != "POST" or problems:
        return _draw(request, problems, words)
    try:
        deeds.ask(box, request.POST["right"], Told(what=words, once=request.POST.get("once", "")[:16]))
    except NotNow as refused:
        return _draw(request, [aftercare.why_not(refused)], words)
    return redirect("reporter:open")


def _draw(request: HttpRequest, problems: list[str], words: str) -> HttpResponse:
    told = {"problems": problems, "rights": shelf.current().privacy.rights, "words": words, "once": token_hex(8)}
    return render(request, "reporter/privacy.html", told | {"chosen": request.POST.get("right", "")})
