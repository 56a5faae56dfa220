"""The reporter is told, once for each absence, that everybody who could open the name is away for now."""

from datetime import date

from django.db import transaction

from haven.cases.actions import next_message
from haven.cases.models import RUNNING, Case
from haven.people.absence import away_on
from haven.trail import actions as trail
from haven.trail.models import Entry
from haven.vault import sealing
from haven.vault.models import Compartment, Grant, KeyBundle

TOLD = "identity.waits"


def tell_who_waits(on: date) -> None:
    """Found by what stands beside the keys, without one: the clock opens nothing."""
    away = {one.user_id: one.away_from for one in away_on(on) if one.away_from}
    if not away:
        return
    kids = KeyBundle.objects.filter(owner_id__in=away).values("kid")
    here = Grant.objects.exclude(kid__in=kids).values("compartment")
    alone = Compartment.objects.filter(kind="identity", grants__kid__in=kids).exclude(pk__in=here)
    for case in Case.objects.filter(pk__in=alone.values("scope"), state__in=RUNNING):
        held = Grant.objects.filter(compartment__in=alone.filter(scope=case.pk)).values("kid")
        owners = KeyBundle.objects.filter(kid__in=held).values_list("owner_id", flat=True)
        _tell(case, since=max(away[owner] for owner in owners), on=on)


@transaction.atomic
def _tell(case: Case, *, since: date, on: date) -> None:
    """The trail remembers it. `since`: the day on which the last of them went."""
    Case.objects.select_for_update().filter(pk=case.pk).first()
    if Entry.objects.filter(did=TOLD, subject=case.reference, day__gte=since).exists():
        return
    message = {"from": "house", "about": "name_away"}
    sealing.keep(case.pk, "replies", "message", message, on=on, seq=next_message(case))
    trail.note(TOLD, subject=case.reference, on=on)
