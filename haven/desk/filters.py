"""Filters of the inbox that one person keeps. What is sought can be a tag or a category: it lies sealed under the key
of that person, and an address names a filter by a random number."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from haven.cases import search
from haven.cases.models import Case
from haven.desk.gate import UnlockedRequest
from haven.desk.listing import FILTERS, chosen
from haven.people.models import User
from haven.vault import drawer
from haven.vault.unlocking import Keyring

MOST = 12
WHOSE: Final = {"": _("Of everybody"), "mine": _("Handled by me"), "nobody": _("Handled by nobody yet")}
_PLACE = "filters"


@dataclass(frozen=True)
class Filter:
    name: str = field(repr=False)
    show: str
    whose: str = ""
    words: str = field(default="", repr=False)
    id: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def says(self) -> str:
        """What it looks for, in words."""
        parts = [str(FILTERS[self.show]), str(WHOSE[self.whose])] + ([f"“{self.words}”"] if self.words else [])
        return " · ".join(parts)

    def cases(self, keyring: Keyring, by: User, on: date) -> tuple[QuerySet[Case], int]:
        """What fits, of the cases this person can open, and how many could not be looked at yet."""
        found, still = chosen(Case.objects.granted_to(keyring), self.show, on), 0
        if self.whose:
            found = found.filter(handler=by if self.whose == "mine" else None)
        if self.words:
            sought = search.find(keyring, self.words, where="head")
            found, still = found.filter(pk__in=sought.scopes), sought.still
        return found, still


@dataclass(frozen=True)
class Asked:
    """What an inbox was asked to show. `one`: a filter of one's own. `came`: the burst of this day alone."""

    cases: QuerySet[Case]
    count: int
    show: str
    own: list[Filter]
    one: Filter | None = None
    still: int = 0
    came: date | None = None

    @property
    def says(self) -> str:
        return self.one.says if self.one else ""

    @property
    def beside(self) -> str:
        """For the address of a case: in which list its neighbours stand. The usual one needs no telling."""
        query = self.query.rstrip("&")
        return "" if query == "show=all" else f"?{query}"

    @property
    def query(self) -> str:
        """For the addresses of the next pages."""
        came = f"came={self.came.isoformat()}&" if self.came else ""
        return f"own={self.one.id}&" if self.one else f"show={self.show}&{came}"


def asked_for(request: UnlockedRequest, counts: Mapping[str, int], on: date) -> Asked:
    """One of the fixed filters, which are counted already, or one of one's own."""
    kept, keyring = own(request.keyring), request.keyring
    if "own" in request.GET:
        one = next((one for one in kept if one.id == request.GET["own"]), None)
        if one is None:
            raise Http404
        cases, still = one.cases(keyring, request.user, on)
        return Asked(cases, cases.count(), one.show, kept, one, still)
    show = request.GET.get("show", "")
    show = show if show in FILTERS else "all"
    return Asked(chosen(Case.objects.granted_to(keyring), show, on), counts[show], show, kept)


def own(keyring: Keyring) -> list[Filter]:
    return [_from(one) for one in drawer.read(keyring).get(_PLACE, [])]


@transaction.atomic
def keep(keyring: Keyring, one: Filter) -> bool:
    """False when there are enough: a row of more is not read any more."""
    kept = drawer.read(keyring, lock=True)
    there = kept.get(_PLACE, [])
    if len(there) >= MOST:
        return False
    drawer.write(keyring, kept | {_PLACE: [*there, asdict(one)]})
    return True


@transaction.atomic
def drop(keyring: Keyring, key: str) -> None:
    kept = drawer.read(keyring, lock=True)
    drawer.write(keyring, kept | {_PLACE: [one for one in kept.get(_PLACE, []) if one["id"] != key]})


def _from(kept: Mapping[str, Any]) -> Filter:
    return Filter(**kept)
