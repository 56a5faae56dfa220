"""Questions to the complaints officers, what is asked of the committee, and that somebody is put at a disadvantage."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from haven.complaints import talking
from haven.complaints.opened import NotNow, OpenParty
from haven.intake.forms import Words, too_long_message
from haven.intake.message import LONGEST
from haven.parties import saying, stepping
from haven.parties.abilities import Abilities
from haven.parties.visit import accepted, visiting
from haven.parties.wishes import Asked


def _written(request: HttpRequest) -> tuple[str, list[str]]:
    words = str(Words(required=False).to_python(request.POST.get("words")))
    over = len(words) - LONGEST
    problems = [] if words.strip() else [_("Write something first.")]
    return words, problems + ([too_long_message(over, LONGEST)] if over > 0 else [])


@visiting
def questions(request: HttpRequest, opened: OpenParty) -> HttpResponse:
    """Both sides of the talk with the complaints officers. Possible from the invitation until all is forgotten."""
    words, problems = _written(request) if request.method == "POST" else ("", [])
    if request.method == "POST" and not problems:
        talking.ask(opened, words)
        return redirect("parties:questions")
    told = {"lines": talking.talk(opened, opened.party), "words": words, "problems": problems}
    return render(
        request, "parties/questions.html", told | {"officers": saying.officers(opened), "party": opened.party}
    )


@visiting
def disadvantage(request: HttpRequest, opened: OpenParty) -> HttpResponse:
    """Tell of being put at a disadvantage because of this complaint (R-001-33)."""
    words, problems = _written(request) if request.method == "POST" else ("", [])
    if request.method == "POST" and not problems:
        talking.ask(opened, words, disadvantaged=True)
        return redirect("parties:questions")
    told = {"says": saying.block(opened, saying.NO_DISADVANTAGE), "words": words, "problems": problems}
    return render(request, "parties/disadvantage.html", told | {"party": opened.party})


@accepted
def request(request: HttpRequest, opened: OpenParty, kind: str) -> HttpResponse:
    """Ask something of who handles the complaint; and what was asked before."""
    wish = next((one for one in Abilities(opened).requests if one.key == kind), None)
    if wish is None:
        raise Http404
    asked, refusal = Asked.posted(wish, request) if request.method == "POST" else Asked(wish), []
    if request.method == "POST" and not asked.problems:
        try:
            talking.request(opened, kind, asked.text)
            return redirect("parties:request", kind=kind)
        except NotNow as refused:
            refusal = [stepping.why_not(refused)]
    before = [one for one in talking.requests(opened) if one.kind == kind]
    return render(
        request, "parties/request.html", {"asked": asked, "before": before, "problems": [*asked.problems, *refusal]}
    )
