"""The complaint, confidentiality before it, and the steps and answers that a party gives."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haven.complaints import actions, agreeing, entering
from haven.complaints.opened import NotNow, OpenParty
from haven.parties import saying, stepping
from haven.parties.abilities import Abilities
from haven.parties.complaint import ComplaintPage
from haven.parties.visit import MINUTES, accepted, visiting


@accepted
def opened(request: HttpRequest, opened: OpenParty) -> HttpResponse:
    """Where it stands, what comes next, the documents, and what this person can do."""
    told = {"page": ComplaintPage(opened), "can": Abilities(opened), "minutes": MINUTES}
    return render(request, "parties/open.html", told)


@visiting
def confidential(request: HttpRequest, opened: OpenParty) -> HttpResponse:
    """Before anything opens, and to read again afterwards."""
    if request.method == "POST" and request.POST.get("accept") == "yes":
        entering.accept_confidentiality(opened)
        return redirect("parties:open")
    told = {"confidential": saying.block(opened, saying.CONFIDENTIAL), "wrong": request.method == "POST"}
    told["no_disadvantage"] = saying.block(opened, saying.NO_DISADVANTAGE)
    return render(request, "parties/confidential.html", told | {"can": Abilities(opened), "party": opened.party})


@accepted
def step(request: HttpRequest, opened: OpenParty, key: str) -> HttpResponse:
    """One step that the regulation leaves to this party, such as to withdraw. Asks once, says what it does."""
    found = next((one for one in Abilities(opened).steps if one.key == key), None)
    if found is None:
        raise Http404
    problems: list[str] = []
    if request.method == "POST":
        try:
            actions.take_step(opened, key, stepping.told(found, request))
        except NotNow as refused:
            problems = [stepping.why_not(refused)]
        else:
            return redirect("parties:open")
    return render(request, "parties/step.html", {"step": found, "problems": problems})


@accepted
def agree(request: HttpRequest, opened: OpenParty) -> HttpResponse:
    """To agree or not to what both sides, or everybody at a hearing, are asked; and to take that back."""
    can, problems = Abilities(opened), []
    if not (can.is_side or can.questions):
        raise Http404
    if request.method == "POST":
        try:
            agreeing.answer(opened, request.POST.get("which", ""), agrees=request.POST.get("do") == "agree")
        except NotNow as refused:
            problems = [stepping.why_not(refused)]
        else:
            return redirect("parties:agree")
    return render(request, "parties/agree.html", {"asked": stepping.asked(can), "can": can, "problems": problems})
