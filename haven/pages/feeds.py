"""What is new, for a news reader: anybody may follow, and nobody is kept in a list (decision 28)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haven.pages import audience
from haven.pages.models.base import chosen_for
from haven.pages.models.update import UpdateIndexPage, UpdatePage
from haven.people.access import ANYONE, open_to

MOST = 24


def at_midnight(day: date) -> datetime:
    """A feed wants a time. Nobody wrote it down, so it has none."""
    return datetime.combine(day, time(), UTC)


class Updates(Feed[UpdatePage, str]):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
        return chosen_for(request)

    def title(self, _chosen: str) -> str:
        page = _page(UpdateIndexPage)
        return page.title if page else _("Updates")

    def link(self, _chosen: str) -> str:
        page = _page(UpdateIndexPage)
        return str(page.get_url()) if page else f"/{get_language()}/"

    def items(self, chosen: str) -> Iterable[UpdatePage]:
        page = _page(UpdateIndexPage)
        every = page.published() if page else []
        return [one for one in every if audience.reads(chosen, one.audiences)][:MOST]

    def item_title(self, item: UpdatePage) -> str:
        return str(item.title)

    def item_description(self, item: UpdatePage) -> str:
        return item.lead

    def item_link(self, item: UpdatePage) -> str:
        return str(item.get_url())

    def item_pubdate(self, item: UpdatePage) -> datetime:
        return at_midnight(item.on)


def _page(kind: Any) -> Any:
    return kind.objects.live().filter(locale__language_code=get_language()).first()


@require_safe
@open_to(ANYONE)
def updates(request: HttpRequest) -> HttpResponse:
    return Updates()(request)
