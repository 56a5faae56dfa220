"""Overviews for everybody. These pages read what was released, plans that are frozen, and nothing else."""

from pathlib import PurePath
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from haven.pages.forms import OneMoreForm
from haven.people.access import ANYONE, open_to
from haven.register import guide
from haven.register.models import Period, Plan
from haven.register.plan import Refused, of_year
from haven.register.publishing import statement
from haven.register.told import Overview, Planned
from haven.register.trends import trends
from haven.rulebook.declared import is_label
from haven.ui.sending import as_file

IN_THE_BROWSER: Final = {".svg": "image/svg+xml", ".png": "image/png"}


@require_safe
@open_to(ANYONE)
def overviews(request: HttpRequest) -> HttpResponse:
    """Every overview that was released, and the years beside each other."""
    found = [*Period.objects.released()]
    told = {"overviews": [*map(Overview, found)], "trends": trends(found), "periods": found}
    return render(request, "pages/overviews.html", told)


@require_safe
@open_to(ANYONE)
def overview(request: HttpRequest, label: str) -> HttpResponse:
    """One of them: tables in words, charts, files, how to read it, and what is promised."""
    seen = Overview(_found(label))
    tables = [(one, _chart(label, one.chart)) for one in seen.tables]
    told: dict[str, Any] = {"overview": seen, "tables": tables, "period": seen.period, "only_this": [seen.period]}
    told |= {"reading": guide.reading(seen.declared), "promise": guide.promise(seen.declared)}
    told["charts"] = [f"{one.chart}.png" for one in seen.tables if one.chart]
    return render(request, "pages/overview.html", told)


@require_safe
@open_to(ANYONE)
def overview_file(request: HttpRequest, label: str, name: str) -> Any:  # noqa: ARG001  Django hands it over
    """A drawing, a spreadsheet or a paper, as it was drawn when the period was closed."""
    content = bytes(get_object_or_404(_found(label).files, name=name).content)
    shown = IN_THE_BROWSER.get(PurePath(name).suffix, "")
    return as_file(iter([content]), len(content), f"{label}-{name}", shown=shown)


@require_safe
@open_to(ANYONE)
def manifest(request: HttpRequest, label: str) -> HttpResponse:  # noqa: ARG001  as above
    """What was signed, word for word, and the signature, for who wants to verify it."""
    period = _found(label)
    try:
        said = statement(period).decode()
    except Refused:
        raise Http404 from None
    signed = f"{said}\n\n{period.signer}\n{period.signature}\n"
    return HttpResponse(signed, content_type="text/plain; charset=utf-8")


@require_safe
@open_to(ANYONE)
def method(request: HttpRequest) -> HttpResponse:
    """How it works: for who doubts it, and for who wants to work it out."""
    today = localdate()
    plans = [Planned(one) for one in Plan.objects.filter(frozen_on__isnull=False).order_by("-year")]
    now = next((one for one in plans if one.plan.year <= today.year), None)
    form = OneMoreForm(request.GET or None)
    told: dict[str, Any] = {"plans": plans, "now": now, "form": form, "drawn": form.drawn()}
    if now:
        told |= {"promise": guide.promise(now.declared), "reading": guide.reading(now.declared)}
        told |= {"odds": guide.factor(now.declared.epsilon), "sure": guide.certain(now.declared.epsilon)}
    return render(request, "pages/overview_method.html", told)


@require_safe
@open_to(ANYONE)
def plan(request: HttpRequest, year: int) -> HttpResponse:  # noqa: ARG001  as above
    """The plan of a year as it was hashed, word for word."""
    found = of_year(year)
    if found is None:
        raise Http404
    return HttpResponse(found.document, content_type="application/json")


def _found(label: str) -> Period:
    if not is_label(label):
        raise Http404
    return get_object_or_404(Period.objects.released(), label=label)


def _chart(label: str, name: str) -> str:
    return reverse("pages:overview_file", args=[label, f"{name}.svg"]) if name else ""
