"""What is new, for a news reader: anybody may follow, and nobody is kept in a list (decision 28)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haven.pages import audience, ical
from haven.pages.models.activity import Activity
from haven.pages.models.activity_page import ActivityIndexPage
from haven.pages.models.base import chosen_for
from haven.pages.models.update import UpdateIndexPage, UpdatePage
from haven.pages.settled import settle
from haven.people.access import ANYONE, open_to

MOST = 24


def at_midnight(day: date) -> datetime:
    """A feed wants a time. Nobody wrote it down, so it has none."""
    return datetime.combine(day, time(), UTC)


class Untimed(Atom1Feed):
    """Without a line in it a feed would be dated to the second of whoever looks."""

    def latest_post_date(self) -> datetime:
        latest: datetime = super().latest_post_date() if self.items else at_midnight(date(2000, 1, 1))
        return latest


class Followed[Item: Model](Feed[Item, str]):
    """For everyone, or for the audience in the address (`?for=`)."""

    feed_type = Untimed

    def get_object(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
        return chosen_for(request)


class Updates(Followed[UpdatePage]):
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


class Activities(Followed[Activity]):
    """An entry that comes back when its details are there: a news reader then shows it as new."""

    def title(self, _chosen: str) -> str:
        page = _page(ActivityIndexPage)
        return page.title if page else _("Activities")

    def link(self, _chosen: str) -> str:
        page = _page(ActivityIndexPage)
        return str(page.get_url()) if page else f"/{get_language()}/"

    def items(self, chosen: str) -> Iterable[Activity]:
        return sorted(_ahead(chosen), key=_news_of, reverse=True)

    def item_title(self, item: Activity) -> str:
        if item.details_follow:
            return _("%(title)s, %(window)s: details follow") % {"title": item.title, "window": item.window}
        return _("%(title)s: the details are there") % {"title": item.title} if item.came_later else item.title

    def item_description(self, item: Activity) -> str:
        on = date_format(item.on, "l j F Y") if item.on else ""
        return " · ".join(filter(None, [on, item.place, item.purpose]))

    def item_link(self, item: Activity) -> str:
        return f"{self.link('')}{item.key}/"

    def item_pubdate(self, item: Activity) -> datetime:
        return at_midnight(item.added_on)

    def item_updateddate(self, item: Activity) -> datetime:
        return at_midnight(_news_of(item))


def _news_of(item: Activity) -> date:
    return item.details_on or item.added_on


def _ahead(chosen: str) -> list[Activity]:
    return [one for one in Activity.objects.ahead() if audience.reads(chosen, one.audiences)]


def _page(kind: Any) -> Any:
    return kind.objects.live().filter(locale__language_code=get_language()).first()


@require_safe
@open_to(ANYONE)
def updates(request: HttpRequest) -> HttpResponse:
    return _settled(Updates()(request))


@require_safe
@open_to(ANYONE)
def activities(request: HttpRequest) -> HttpResponse:
    return _settled(Activities()(request))


def _settled(feed: HttpResponse) -> HttpResponse:
    settle(feed)
    return feed


@require_safe
@open_to(ANYONE)
def calendar(request: HttpRequest) -> HttpResponse:
    page = _page(ActivityIndexPage)
    at = request.build_absolute_uri(page.get_url() if page else "/")
    return HttpResponse(ical.of(_ahead(chosen_for(request)), at), content_type="text/calendar; charset=utf-8")
