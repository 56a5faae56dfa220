"""What editors wrote, as anybody reads it. No page sets a cookie, and none depends on who asks.

A page that is not there in a language yet is shown in the other one, and says so (R-004-01).
"""

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve as of_wagtail

from haven.pages import directory, views, voices_views
from haven.pages.models import AccessibilityPage, DefinitionPage, DirectoryEntry, HomePage, PlanPage, SituationPage
from haven.pages.models.base import HousePage
from haven.pages.settled import settle
from haven.people.access import ANYONE, open_to

KINDS: Final = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
A_YEAR = 365 * 24 * 60 * 60


@require_safe
@open_to(ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """The front page as editors wrote it, or else as the house has it."""
    page = _only(HomePage)
    return page.serve(request) if page else views.home(request)


@require_safe
@open_to(ANYONE)
def provisions(request: HttpRequest) -> HttpResponse:
    """Whom to turn to: the rulebook's, and whom editors added. The first stand here whatever happens."""
    language, audience = translation.get_language() or "nl", directory.chosen(request)["for"]
    try:
        entries = list(DirectoryEntry.objects.there(language).select_related("locale"))
    except OperationalError:
        entries = []
    answer = directory.shown(request, added=[one for one in entries if one.fits(audience)])
    settle(answer)
    return answer


@require_safe
@open_to(ANYONE)
def definition(request: HttpRequest) -> HttpResponse:
    """What undesirable behaviour is, with the examples of editors, or else as the house has it."""
    page = _only(DefinitionPage)
    return page.serve(request) if page else views.definition(request)


@require_safe
@open_to(ANYONE)
def accessibility(request: HttpRequest) -> HttpResponse:
    page = _only(AccessibilityPage)
    return page.serve(request) if page else views.accessibility(request)


@require_safe
@open_to(ANYONE)
def outcomes(request: HttpRequest) -> HttpResponse:
    """What was done with input; what is in the plan by now leads there."""
    plan = PlanPage.objects.live().filter(locale__language_code=translation.get_language()).first()
    return voices_views.outcomes(request, plan.get_url() if plan else "")


@require_safe
@open_to(ANYONE)
def situation(request: HttpRequest, key: str) -> HttpResponse:
    """One of the three situations as editors wrote it, or else as the house has it."""
    page = _only(SituationPage, situation=key)
    return page.serve(request) if page else views.situation(request, key)


@require_safe
@open_to(ANYONE)
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at this address; the same page in another language where this one has none."""
    found = _found(request, path)
    if found is None:
        raise Http404
    page = found.page
    if page.locale.language_code != translation.get_language():
        here = page.get_translation_or_none(_locale())
        if here is not None and here.live:
            return redirect(here.get_url(request))
    request.asked_in = translation.get_language()  # type: ignore[attr-defined]  # the frame stays in it
    vars(request)["_wagtail_route_for_request"] = found  # where it would be put otherwise
    with translation.override(page.locale.language_code):
        answer: HttpResponse = of_wagtail(request, path)
    return answer


def _only[Kind: HousePage](kind: type[Kind], **which: str) -> Kind | None:
    """The page of this kind, of which there is one in each language."""
    there = kind.objects.live().filter(locale__language_code=translation.get_language(), **which)
    found: Kind | None = there.select_related("locale").first()
    return found


def _found(request: HttpRequest, path: str) -> RouteResult | None:
    """What is at this address in the language of the reader, or else in another. The place in the tree is the address,
    so one question is enough; the editor's own way asks for every step. A page may have addresses of its own below."""
    above, _slash, last = path.rstrip("/").rpartition("/")
    own = translation.get_language()
    roots = [f"/{code}/" for code in sorted(dict(settings.LANGUAGES), key=lambda code: code != own)]
    wanted = [f"{root}{path}" for root in roots], [f"{root}{above}/".replace("//", "/") for root in roots]
    asked = Page.objects.live().filter(url_path__in=[*wanted[0], *wanted[1]]).order_by()
    there = {place: (kind, key) for place, kind, key in asked.values_list("url_path", "content_type", "pk")}
    for place in wanted[0]:
        if place in there:
            return RouteResult(_whole(*there[place]))
    for place in wanted[1]:
        with suppress(Http404):
            if place in there:
                result: RouteResult = _whole(*there[place]).route(request, [last])
                return result
    return None


def _whole(kind: int, key: int) -> Page:
    of_this_kind: Any = ContentType.objects.get_for_id(kind).model_class() or Page
    return of_this_kind.objects.select_related("locale").get(pk=key)


def _locale() -> Locale:
    return Locale.objects.get(language_code=translation.get_language())


@require_safe
@open_to(ANYONE)
@csp_override({"default-src": [CSP.NONE]})
def picture(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001  the same for everybody
    """A picture as it is shown, in one of the sizes that were made for pages; never what an editor sent in."""
    kind = KINDS.get(Path(name).suffix.lower())
    file = settings.DATA / "media" / "images" / name
    if kind is None or not file.is_file():
        raise Http404
    headers = {"Cache-Control": f"public, max-age={A_YEAR}, immutable"}
    return HttpResponse(file.read_bytes(), content_type=kind, headers=headers)
