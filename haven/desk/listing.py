"""Lists of cases, as the inbox and the search show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.cases import work
from haven.cases.models import Case, CaseQuerySet
from haven.cases.opened import heads
from haven.desk.arrival import channel_of
from haven.desk.terms import Due, age_of, due_of
from haven.desk.titles import title_of
from haven.people.models import User
from haven.trail.actions import NIGHTLY, UNSOUND
from haven.trail.models import Entry
from haven.vault import reading
from haven.vault.models import Endorsement, KeyBundle
from haven.vault.unlocking import Keyring

FILTERS = {
    "all": _("All running"),
    "screening": _("To screen"),
    "due": _("First contact due"),
    "overdue": _("Too late"),
    "replies": _("Unread replies"),
    "filed": _("Filed"),
    "ended": _("Ended"),
}
PER_PAGE = 50
NEWS_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    case: Case
    title: str
    due: Due | None
    age: str
    channel: str = ""
    tags: tuple[str, ...] = ()


def chosen(granted: CaseQuerySet, show: str, on: date) -> QuerySet[Case]:
    """The cases of one filter, in the order in which they need somebody. `FILTERS` and `counts` name the same ones."""
    filters = {
        "all": granted.running,
        "screening": granted.waiting_for_screening,
        "due": granted.contact_due,
        "overdue": lambda: granted.overdue(on),
        "replies": granted.with_reply,
        "filed": granted.filed,
        "ended": granted.ended,
    }
    return filters[show]().in_order_of_need().select_related("handler")


def page_of(cases: QuerySet[Case], count: int, number: str | None) -> Page[Case]:
    """Fifty at a time. How many there are is known already, so they are not counted again."""
    pages = Paginator(cases, PER_PAGE)
    pages.count = count
    return pages.get_page(number)


def rows(cases: Iterable[Case], *, keyring: Keyring, on: date) -> list[Row]:
    """The heads and tags of these cases only are opened, all at once."""
    listed = list(cases)
    titles = heads(listed, keyring=keyring)
    kept = reading.open_items(keyring, [case.pk for case in listed], kinds=("internal",), slots=(work.SLOT,))
    return [_row(case, titles.get(case.pk, {}), on, work.tags(kept.get(case.pk, []))) for case in listed]


def _row(case: Case, head: dict[str, Any], on: date, tags: tuple[str, ...]) -> Row:
    return Row(case, title_of(case, head), due_of(case, on), age_of(case, on), channel_of(head), tags)


def unsound() -> date | None:
    """The day of the last nightly verification, if it was not sound. What it found stands in the log of the server."""
    last = Entry.objects.filter(did__in=NIGHTLY).order_by("seq").last()
    return last.day if last and last.did == UNSOUND else None


def news(person: User) -> list[tuple[str, date]]:
    """Who can read along since a week, or soon will, on the routes of this person (security.md 2.4)."""
    routes = [membership.route for membership in person.memberships.all()]
    since = localdate() - NEWS_FOR
    new = Endorsement.objects.filter(route__in=routes, effective_on__gt=since, ended_on=None)
    kids = dict(new.values_list("kid", "effective_on"))
    bundles = KeyBundle.objects.filter(kid__in=kids).select_related("owner").order_by("owner__name")
    return [(str(bundle.owner), kids[bundle.kid]) for bundle in bundles if bundle.owner_id != person.pk]
