"""For editors: what on the site wants a look. Pages they may change, and nothing that somebody reported."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from haven.pages import reading_along, translations
from haven.pages.models import DirectoryEntry
from haven.pages.models.base import HousePage
from haven.people.access import staff_with
from haven.rulebook import shelf
from haven.rulebook.roles import Right

A_MONTH = timedelta(days=30.44)


class Line(NamedTuple):
    page: Page
    says: list[Any]


@staff_with(Right.EDIT_SITE)
def attention(request: HttpRequest) -> HttpResponse:
    """What is not translated or has become older than its Dutch, what reads badly or leads nowhere, what nobody looked
    at for long (R-004-20), and what appears or goes by itself."""
    mine = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    pages = [page for page in mine.live().specific().select_related("locale") if isinstance(page, HousePage)]
    months = shelf.current().site.look_again_months
    long_ago = now() - months * A_MONTH
    told: dict[str, Any] = {
        "translate": [Line(page, [state]) for page in pages if (state := translations.state(page))],
        "hints": [Line(page, found) for page in pages if (found := reading_along.hints(page))],
        "stale": [page for page in pages if page.last_published_at and page.last_published_at < long_ago],
        "entries": _entries(request, long_ago.date()),
        "planned": planned(mine),
    }
    return render(request, "pages/edit/attention.html", told | {"months": months})


def _entries(request: HttpRequest, before: Any) -> QuerySet[DirectoryEntry]:
    """Of whom to turn to, for those who may change that."""
    found: QuerySet[DirectoryEntry] = DirectoryEntry.objects.filter(live=True, reviewed_on__lt=before)
    return found if request.user.has_perm("pages.change_directoryentry") else found.none()


def planned(pages: QuerySet[Page]) -> QuerySet[Page]:
    """What the clock publishes or takes away; the first to come stands first."""
    today = localdate()
    waiting = (
        Q(go_live_at__date__gte=today)
        | Q(expire_at__date__gte=today)
        | Q(_revisions__approved_go_live_at__isnull=False)
    )
    return pages.filter(waiting).distinct().order_by("go_live_at", "expire_at")
