"""Very many reports of one day that nobody screened yet stand in the inbox as one line, and are looked at together.

Counted from the viewer's own keys. Urgent ones, those by name, with a reply or with somebody who handles them stay in
the list. Nothing is dropped: each counts as before, and each waits for its own screening.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from haven.cases.models import Case
from haven.desk.filters import Asked
from haven.desk.gate import UnlockedRequest
from haven.rulebook import shelf
from haven.vault.models import Compartment
from haven.vault.unlocking import Keyring

FOLDED: Final = frozenset({"all", "screening"})


@dataclass(frozen=True)
class Burst:
    day: date
    count: int


def alike(keyring: Keyring) -> QuerySet[Case]:
    """What came in without anything that sets it apart."""
    named = Compartment.objects.filter(kind="identity").values("scope")
    plain = Q(urgent=False, reply_waiting=False, handler=None)
    return Case.objects.granted_to(keyring).waiting_for_screening().filter(plain).exclude(pk__in=named)


def bursts(keyring: Keyring) -> list[Burst]:
    """Whether there can be one at all is looked at first, without keys: on nearly all days that is enough."""
    if not _many(Case.objects.waiting_for_screening()).exists():
        return []
    days = _many(alike(keyring))
    return [Burst(one["received_on"], one["n"]) for one in days.order_by("received_on")]


def _many(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    return cases.order_by().values("received_on").annotate(n=Count("pk")).filter(n__gte=_enough())


def _enough() -> int:
    return shelf.current().institution.flood.reports_a_day


def folded(request: UnlockedRequest, asked: Asked) -> tuple[Asked, Sequence[Burst]]:
    """The list without the reports of a burst, and a line for each burst; or, when it is asked for, one burst alone."""
    if asked.one or asked.show not in FOLDED or asked.count < _enough():
        return asked, ()
    keyring = request.keyring
    found = bursts(keyring)
    together = next((one for one in found if one.day.isoformat() == request.GET.get("came")), None)
    if together:
        cases = asked.cases.filter(pk__in=alike(keyring).filter(received_on=together.day).values("pk"))
        return replace(asked, cases=cases, count=together.count, came=together.day), ()
    if found:
        one_line = alike(keyring).filter(received_on__in=[one.day for one in found])
        left = asked.count - sum(one.count for one in found)
        return replace(asked, cases=asked.cases.exclude(pk__in=one_line.values("pk")), count=left), found
    return asked, ()
