"""The pages of the site: open to anyone and the same for everyone. Nothing is kept of who reads them."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import cache_control

from haven.pages import front, palette
from haven.pages import procedure as regulation
from haven.pages.forms import DatesForm
from haven.pages.gallery import EXAMPLES, styled
from haven.pages.situations import SITUATIONS
from haven.people.access import ANYONE, open_to
from haven.rulebook import shelf
from haven.rulebook.forecast import foresee
from haven.rulebook.procedure import Procedure

A_DAY = 24 * 60 * 60


@open_to(ANYONE)
def choose_language(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the front page in the language the browser asks for. The choice is not kept."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@open_to(ANYONE)
@cache_control(public=True, max_age=A_DAY)
def house_style(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django hands it over
    """The colours of the institution. Its address carries the version of the rulebook."""
    return HttpResponse(palette.stylesheet(shelf.current().institution.style), content_type="text/css")


@open_to(ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """What this is, three situations, and the two ways on (R-004-16, R-004-17)."""
    return render(request, "pages/home.html", front.told())


@open_to(ANYONE)
def situation(request: HttpRequest, key: str) -> HttpResponse:
    """What you can do, how, and whom to contact (R-004-14)."""
    if key not in SITUATIONS:
        raise Http404
    book = shelf.current()
    told = {"situations": SITUATIONS, "here": key, "provisions": book.provisions.fitting()}
    told["drawn"] = SITUATIONS[key].drawing
    told["forms"] = book.intake.offered("someone_confided") if key == "other" else ()
    return render(request, f"pages/situation_{key}.html", told | {"counsellor": shelf.current().provisions.counsellor})


@open_to(ANYONE)
def party(request: HttpRequest, key: str) -> HttpResponse:
    """What each whom a report touches may expect (R-003-15)."""
    concerned = shelf.current().concerned
    if key not in concerned:
        raise Http404
    return render(request, "pages/party.html", {"party": concerned[key], "concerned": concerned})


@open_to(ANYONE)
def definition(request: HttpRequest) -> HttpResponse:
    """Undesirable behaviour, as whoever undergoes it experiences it (R-000-09)."""
    return render(request, "pages/definition.html")


@open_to(ANYONE)
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"retention": shelf.current().retention})


@open_to(ANYONE)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@open_to(ANYONE)
def reading(request: HttpRequest) -> HttpResponse:
    """Who can read a report, from the routes of the rulebook."""
    return render(request, "pages/reading.html", {"routes": shelf.current().routes})


@open_to(ANYONE)
def procedures(request: HttpRequest) -> HttpResponse:
    """The regulations that are in force today."""
    return render(request, "pages/procedures.html", {"procedures": shelf.current().procedures.now(localdate())})


@open_to(ANYONE)
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """How a complaint goes: the way, the time limits, who decides and how to stop, drawn from the regulation."""
    rules = _in_force(key)
    told = {"rules": rules, "parts": regulation.parts(rules), "doers": regulation.doers(rules)}
    told |= {"limits": [regulation.limit(rules, term) for term in rules.terms], "stops": regulation.stops(rules)}
    return render(request, "pages/procedure.html", told)


@open_to(ANYONE)
def procedure_dates(request: HttpRequest, key: str) -> HttpResponse:
    """If it began today, or on another day: until when each part may last, and why (R-001-112, R-001-116)."""
    rules, book, today = _in_force(key), shelf.current(), localdate()
    form = DatesForm(request.GET if "on" in request.GET else {"on": today})
    told: dict[str, Any] = {"rules": rules, "form": form, "calendar": book.calendar}
    if form.is_valid():
        on = form.cleaned_data["on"]
        foreseen = foresee(rules, book.calendar, on=on)
        told |= {"on": on, "today": on == today, "foreseen": [(f, regulation.limit(rules, f.term)) for f in foreseen]}
        told["others"] = [one for one in book.procedures.now(today) if one.key != key]
    return render(request, "pages/procedure_dates.html", told)


@open_to(ANYONE)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once. Only where nobody takes it for something real."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "pages/gallery.html", EXAMPLES | styled(request.GET))


@open_to(ANYONE)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The same bytes for every address, so that absent and forbidden cannot be told apart."""
    return render(request, "404.html", status=404)


def _in_force(key: str) -> Procedure:
    found = shelf.current().procedures.in_force(key, localdate())
    if found is None:
        raise Http404
    return found
