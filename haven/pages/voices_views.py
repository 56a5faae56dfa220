"""Where the site listens: input in own words, what was done with it, and statements to agree or disagree with."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haven.pages.door import visitors
from haven.pages.voices_forms import InputForm, own_path
from haven.people.access import ANYONE, open_to
from haven.rulebook import shelf
from haven.voices import collecting, figures, published, slips, tallies
from haven.voices.collecting import NobodyReads
from haven.voices.models import PlanLine, Round
from haven.voices.pace import TooMany, pace
from haven.voices.slips import Stale
from haven.voices.tallies import Spent

both = require_http_methods(["GET", "HEAD", "POST"])


@visitors
@both
def write(request: HttpRequest) -> HttpResponse:
    """Is something missing or unclear? (R-004-05). The address may carry the page somebody came from, nothing else."""
    if request.method == "POST":
        return _take(request)
    about = own_path(request.GET.get("about", ""))
    return _draw(request, InputForm(initial={"about": about}), None)


@visitors
@both
def write_to_round(request: HttpRequest, part: UUID) -> HttpResponse:
    """The same, as an answer to a question that is open now (R-003-27)."""
    asked = next((one for one in collecting.open_rounds() if one.pk == part), None)
    if asked is None:
        raise Http404
    return _take(request, asked) if request.method == "POST" else _draw(request, InputForm(), asked)


def _take(request: HttpRequest, asked: Round | None = None) -> HttpResponse:
    """Acknowledged when it is on disk. Whatever stands in the way, what was typed comes back."""
    form = InputForm(request.POST)
    if not form.is_valid():
        return _draw(request, form, asked, status=422)
    try:
        once, _about = slips.opened(form.cleaned_data["slip"], collecting.PURPOSE)
        pace.admit(collecting.PURPOSE, shelf.current().voices.inputs_in_ten_minutes)
        collecting.receive(form.said(str(asked.pk) if asked else ""), once=once)
    except (Stale, TooMany, NobodyReads) as why:
        return _draw(request, form, asked, why=_in_words(why), status=422)
    days = shelf.current().voices.days
    told = {"days": days, "due": localdate() + timedelta(days=days), "mail": bool(form.cleaned_data["mail"])}
    return render(request, "pages/input_sent.html", told | {"back": form.cleaned_data["about"]})


def _in_words(why: Exception) -> str:
    if isinstance(why, Stale):
        return _("This page lay open for long. Your words are still here: please press once more.")
    if isinstance(why, Spent):
        return _("Your answer was counted before. If you are somebody else, open the page again.")
    if isinstance(why, TooMany):
        return _("Very much comes in just now. Nothing was kept. Please press once more in some minutes.")
    return _("We cannot keep this just now. Please try again tomorrow, or call us.")


def _draw(
    request: HttpRequest, form: InputForm, asked: Round | None, *, why: str = "", status: int = 200
) -> HttpResponse:
    """A press that was refused keeps its slip, unless the slip is what was wrong."""
    kept = form.data.get("slip", "") if status == 422 and not why else ""
    told = {"form": form, "asked": asked, "why": why, "slip": kept or slips.slip(collecting.PURPOSE)}
    told |= {"days": shelf.current().voices.days, "about": own_path(str(form["about"].value() or ""))}
    told["rounds"] = [] if asked else collecting.open_rounds()
    told["units"] = {one.key: one.name for one in shelf.current().institution.units}
    return render(request, "pages/input.html", told, status=status)


@require_safe
@open_to(ANYONE)
def outcomes(request: HttpRequest, plan: str = "") -> HttpResponse:
    """What we did with your input (R-004-51): what staff published, and numbers that tell of nobody, of years that are
    over: of one that runs, two looks could be subtracted. `plan`: where the plan stands, if it does."""
    last = localdate().year - 1
    years = [one for one in (figures.of(last), figures.of(last - 1)) if one.came is not None]
    titles = PlanLine.objects.filter(in_plan=True).titles(get_language() or "nl") if plan else {}
    wordings = [(one, titles.get(one.action, "")) for one in published.all_of_them()]
    told = {"years": years, "wordings": wordings, "plan": plan, "days": shelf.current().voices.days}
    return render(request, "pages/outcomes.html", told)


@visitors
@require_POST
def vote(request: HttpRequest) -> HttpResponse:
    """One click, one vote (R-004-47). Which statement it is for stands sealed in the ballot."""
    told = {"back": own_path(request.POST.get("back", ""))}
    try:
        statement = tallies.cast(request.POST.get("ballot", ""), int(request.POST.get("choice", "")))
    except (ValueError, IndexError, Stale):
        return render(request, "pages/voted.html", told | {"why": _("Nothing was counted. Open the page again.")})
    except (Spent, TooMany) as why:
        return render(request, "pages/voted.html", told | {"why": _in_words(why)})
    return render(request, "pages/voted.html", told | {"result": tallies.result(statement)})
