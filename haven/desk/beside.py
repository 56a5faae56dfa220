"""The cases before and after one, in the list its reader came from. The address names that list as the inbox does: a
fixed filter, a day, or the random number of a filter of one's own; never what is sought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.http import urlencode

from haven.cases.models import Case, State
from haven.cases.opened import OpenCase
from haven.desk.bursts import FOLDED, alike, bursts
from haven.desk.filters import own
from haven.desk.gate import UnlockedRequest
from haven.desk.listing import FILTERS, chosen
from haven.vault.models import Grant
from haven.vault.unlocking import Keyring

FAR = 300
MANY = 6000  # keys of one person: some two thousand cases
NAMES = ("own", "show", "came")


@dataclass(frozen=True)
class Neighbours:
    """The references before and after a case in its list; empty at an end. `query`: which list, for addresses."""

    before: str = ""
    after: str = ""
    query: str = ""


def neighbours(request: UnlockedRequest, opened: OpenCase, on: date) -> Neighbours:
    """For as far as somebody goes through a list by hand. Who holds very many keys has no such list, and does not wait
    for it. A case that left its list meanwhile is followed by the first that still stands there."""
    query, keyring = urlencode(listed_in(request)), opened.keyring
    if len(Grant.objects.filter(kid__in=keyring.kids).values("pk")[:MANY]) == MANY:
        return Neighbours(query=query)
    cases = _list(request, keyring, on) if query else None
    show = "ended" if opened.case.ended else "filed" if opened.case.state == State.FILED else "all"
    if cases is None:
        query, cases = "", chosen(Case.objects.granted_to(keyring), show, on)
    return _around(opened.case.reference, cases.values_list("reference", flat=True)[:FAR], query)


def listed_in(request: UnlockedRequest) -> dict[str, str]:
    """Which list the address names, and nothing else that stands in it."""
    return {name: request.GET[name] for name in NAMES if name in request.GET}


def _around(reference: str, listed: Iterable[str], query: str) -> Neighbours:
    order = ["", *listed, ""]
    if reference not in order:
        return Neighbours(after=order[1] if query else "", query=query)
    place = order.index(reference)
    return Neighbours(order[place - 1], order[place + 1], query)


def _list(request: UnlockedRequest, keyring: Keyring, on: date) -> QuerySet[Case] | None:
    """The list as the inbox shows it; None for one that is not there."""
    if "own" in request.GET:
        one = next((one for one in own(keyring) if one.id == request.GET["own"]), None)
        return one.cases(keyring, request.user, on)[0] if one else None
    show = request.GET.get("show", "all")
    if show not in FILTERS:
        return None
    cases = chosen(Case.objects.granted_to(keyring), show, on)
    together = [one.day for one in bursts(keyring)] if show in FOLDED else []
    of_a_burst = alike(keyring).filter(received_on__in=together)
    if came := request.GET.get("came"):
        same = [day for day in together if day.isoformat() == came]
        return cases.filter(pk__in=of_a_burst.filter(received_on__in=same).values("pk")) if same else None
    return cases.exclude(pk__in=of_a_burst.values("pk")) if together else cases
