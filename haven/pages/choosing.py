"""“Help me choose”: a few plain questions that always end at a person. Nothing is kept: each answer is a link,
and its address holds numbers only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from haven.people.access import ANYONE, open_to
from haven.rulebook import shelf


@open_to(ANYONE)
def choose(request: HttpRequest, steps: str = "") -> HttpResponse:
    book = shelf.current()
    way = book.site.way(steps)
    if way is None:
        raise Http404
    *before, _last = steps.split("-")
    ahead = [(f"{steps}-{n}".strip("-"), one) for n, one in enumerate(way.asked.answers if way.asked else (), start=1)]
    told = {"way": way, "steps": steps, "back": "-".join(before), "people": way.people(book.provisions), "ahead": ahead}
    return render(request, "pages/choose.html", told)
