"""Somebody leaves a team: the keys to its cases go at once. New keys for what comes later need somebody who can open
the case, and no process here holds keys by itself: so a case waits for them until the next of its readers unlocks.

What waits is a sealed line in the present epoch of the case. A new epoch has none, and that is all there is to settle.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from time import monotonic
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from haven.cases import recall
from haven.cases.actions import next_message
from haven.cases.files import ORIGINALS
from haven.cases.models import Case, State
from haven.cases.opened import OpenCase
from haven.people.models import User
from haven.people.readers import handlers_of
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import reading, sealing
from haven.vault.models import Compartment, Grant, SealedItem, SearchEntry
from haven.vault.unlocking import Keyring

LEFT: Final = "left"
BUDGET_SECONDS = 2.0
_ALONE: Final = ("identity", ORIGINALS)


@transaction.atomic
def end_access(person: User, *, route: str, on: date) -> None:
    """Every key of this person to the cases of this team. Nobody learns from it whether there were any.

    A case that would be left with too few readers stays open to this person until a colleague was added to it.
    """
    kids = recall.kids_of([person])
    own = Grant.objects.filter(kid__in=kids, compartment__kind="internal").values("compartment__scope")
    cases = {case.pk: case for case in Case.objects.filter(route=route, pk__in=own).select_for_update().order_by("pk")}
    SealedItem.objects.bulk_create(_lines(cases.values(), kids, on))
    ready = set(cases) if person.advises else _enough(route, set(cases), kids, on)
    for scope in _revoke(ready, kids):
        message = {"from": "house", "about": "name_waits"}
        sealing.keep(scope, "replies", "message", message, on=on, seq=next_message(cases[scope]))
    Case.objects.filter(pk__in=ready, handler=person).update(handler=None, stamp=F("stamp") + 1)


def _lines(cases: Iterable[Case], kids: Collection[str], on: date) -> Iterator[SealedItem]:
    """For every case in which something can still be written."""
    running = {case.pk: case for case in cases if not case.ended}
    rows = Compartment.objects.filter(scope__in=running, kind="internal").order_by("epoch")
    for compartment in {row.scope: row for row in rows}.values():
        yield sealing.seal_to(compartment, LEFT, {"kids": sorted(kids)}, on=on, seq=running[compartment.scope].stamp)


def _enough(route: str, scopes: Collection[UUID], kids: Collection[str], on: date) -> set[UUID]:
    """The cases that keep as many readers as the rulebook asks for, without these keys."""
    handlers = handlers_of(route, on=on)
    able = {one.kid for one in handlers if one.person and not one.person.advises} - {*kids}
    held = defaultdict(set)
    rows = Grant.objects.filter(compartment__scope__in=scopes, compartment__kind="internal", kid__in=able)
    for scope, kid in rows.values_list("compartment__scope", "kid"):
        held[scope].add(kid)
    return {scope for scope in scopes if len(held[scope]) >= shelf.current().routes[route].min_readers}


def _revoke(scopes: Collection[UUID], kids: Collection[str]) -> list[UUID]:
    """A name that this person alone may know is not given to anybody else, and is not destroyed by who takes them off
    the list: without the rest of the case its key opens no page. Gives the cases of which that is so."""
    going = Grant.objects.filter(compartment__scope__in=scopes, kid__in=kids)
    others = Grant.objects.exclude(kid__in=kids).values("compartment")
    alone = Compartment.objects.filter(scope__in=scopes, kind__in=_ALONE, grants__kid__in=kids).exclude(pk__in=others)
    waits = list(alone.filter(kind="identity").values_list("scope", flat=True).distinct())
    going.exclude(compartment__in=list(alone.values_list("pk", flat=True))).delete()
    SearchEntry.objects.filter(scope__in=scopes, kid__in=kids).delete()
    return waits


def waiting(keyring: Keyring) -> list[Case]:
    """The cases this person can open in which somebody left and no new keys were made yet."""
    lines = SealedItem.objects.filter(slot=LEFT, compartment__kind="internal").values("compartment__scope")
    meant = Case.objects.filter(pk__in=lines).exclude(state__in=(State.CLOSED, State.WITHDRAWN))
    cases = meant.each_granted_to(keyring).order_by("received_on", "pk")
    return [case for case in cases if sealing.newest(case.pk, "internal").items.filter(slot=LEFT).exists()]


def settle(keyring: Keyring, by: User, *, on: date | None = None, seconds: float = BUDGET_SECONDS) -> None:
    """Make new keys where somebody left, for as long as given. What is not done yet waits for the next to unlock."""
    until = monotonic() + seconds
    for case in waiting(keyring):
        if monotonic() > until:
            return
        _settle(case, keyring, by, on or localdate())


@transaction.atomic
def _settle(case: Case, keyring: Keyring, by: User, on: date) -> None:
    """First what could not be taken away before, because too few were left."""
    now: Case = Case.objects.select_for_update().get(pk=case.pk)
    present = sealing.newest(now.pk, "internal")
    items = reading.open_items(keyring, [now.pk], kinds=("internal",), slots=(LEFT,)).get(now.pk, [])
    lines = [one for one in items if one.item.compartment_id == present.pk and not one.damaged]
    kids = {kid for one in lines for kid in one.payload["kids"]}
    if not lines or now.ended or kids & {*keyring.kids}:
        return  # settled by another meanwhile; or this is who left, and stays until somebody was added
    if not (_hold_nothing(now.pk, kids) or _enough(now.route, [now.pk], kids, on)):
        return
    _revoke([now.pk], kids)
    opened = OpenCase(now, by, keyring, ())
    for kind in recall.KINDS:
        recall.renew(opened, kind, gone=kids, on=on)
    now.changed()
    trail.note("case.rekeyed", subject=now.reference, by=str(by.pk), on=on)


def _hold_nothing(scope: UUID, kids: Collection[str]) -> bool:
    return not Grant.objects.filter(compartment__scope=scope, compartment__kind="internal", kid__in=kids).exists()
