"""Who stands by a party: naming somebody, showing them documents, ending it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from haven.complaints import parties
from haven.complaints.models import Party
from haven.complaints.opened import NotNow, OpenParty
from haven.parties import beside, stepping
from haven.parties.abilities import Abilities
from haven.parties.forms import Named
from haven.parties.lying import lying
from haven.parties.visit import accepted


@accepted
def people(request: HttpRequest, opened: OpenParty) -> HttpResponse:
    """Name a support person or a legal adviser. The letter for them is shown once, and the party hands it over."""
    can, language = Abilities(opened), get_language() or "nl"
    if not (can.brings or beside.of(opened)):
        raise Http404
    form = Named(request.POST or None, roles=[(one.key, one.name.say(language)) for one in can.brings])
    if form.is_valid():
        try:
            return _letter(request, opened, form)
        except NotNow as refused:
            form.add_error(None, stepping.why_not(refused))
    return render(request, "parties/people.html", {"form": form, "people": beside.of(opened), "can": can})


def _letter(request: HttpRequest, opened: OpenParty, form: Named) -> HttpResponse:
    said = form.cleaned_data
    invitation = parties.support(opened, said["role"], form.person, sees_all=said["sees"] == "all")
    told = {"invitation": invitation, "name": said["name"], **beside.letter(invitation)}
    return render(request, "parties/handed.html", told)


@accepted
def person(request: HttpRequest, opened: OpenParty, person: UUID) -> HttpResponse:
    """What one of them may read, and ending it."""
    found = next((one for one in beside.of(opened) if one.party.pk == person), None)
    if found is None:
        raise Http404
    problems: list[str] = []
    if request.method == "POST":
        try:
            _change(request, opened, found.party)
            return redirect("parties:people")
        except NotNow as refused:
            problems = [stepping.why_not(refused)]
    told = {"one": found, "papers": lying(opened), "problems": problems}
    return render(request, "parties/person.html", told)


def _change(request: HttpRequest, opened: OpenParty, supporter: Party) -> None:
    if request.POST.get("do") == "end":
        parties.end_support(opened, supporter)
    else:
        parties.show(opened, supporter, request.POST.getlist("show"))
