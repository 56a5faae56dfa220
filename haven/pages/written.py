"""What editors wrote, as anybody reads it. No page sets a cookie, and none depends on who asks.

A page that is not there in a language yet is shown in the other one, and says so (R-004-01).
"""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page
from wagtail.views import serve as of_wagtail

from haven.pages import directory, views, voices_views
from haven.pages.models import AccessibilityPage, DefinitionPage, DirectoryEntry, HomePage, PlanPage, SituationPage
from haven.people.access import ANYONE, open_to

KINDS: Final = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
A_YEAR = 365 * 24 * 60 * 60


@require_safe
@open_to(ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """The front page as editors wrote it, or else as the house has it."""
    language = translation.get_language()
    page = HomePage.objects.live().filter(locale__language_code=language).first()
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
    return directory.shown(request, added=[one for one in entries if one.fits(audience)])


@require_safe
@open_to(ANYONE)
def definition(request: HttpRequest) -> HttpResponse:
    """What undesirable behaviour is, with the examples of editors, or else as the house has it."""
    page = DefinitionPage.objects.live().filter(locale__language_code=translation.get_language()).first()
    return page.serve(request) if page else views.definition(request)


@require_safe
@open_to(ANYONE)
def accessibility(request: HttpRequest) -> HttpResponse:
    page = AccessibilityPage.objects.live().filter(locale__language_code=translation.get_language()).first()
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
    page = SituationPage.objects.live().filter(situation=key, locale__language_code=translation.get_language()).first()
    return page.serve(request) if page else views.situation(request, key)


@require_safe
@open_to(ANYONE)
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at this address; the same page in another language where this one has none."""
    page = _page(request, path)
    if page is None:
        raise Http404
    if page.locale.language_code != translation.get_language():
        here = page.get_translation_or_none(_locale())
        if here is not None and here.live:
            return redirect(here.get_url(request))
    request.asked_in = translation.get_language()  # type: ignore[attr-defined]  # the frame stays in it
    with translation.override(page.locale.language_code):
        answer: HttpResponse = of_wagtail(request, path)
    return answer


def _page(request: HttpRequest, path: str) -> Page | None:
    own = translation.get_language()
    for language in sorted(dict(settings.LANGUAGES), key=lambda code: code != own):
        with translation.override(language):
            vars(request).pop("_wagtail_route_for_request", None)
            found = Page.route_for_request(request, path)
            if found is not None and found[0].locale.language_code == language:
                page: Page = found[0]
                return page
    return None


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
