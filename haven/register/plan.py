"""The plan of a year: proposed from the ladder, shown, frozen with a hash. After that nothing of it can be changed."""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from haven.register.models import Period, Plan
from haven.register.noise import Sampler, draws, looks_right
from haven.register.store import Place, counters
from haven.rulebook.declared import Declared, declare, last_day
from haven.rulebook.overview import Overview

SEPARATOR = "|"
EXACT = "§"  # in the place of a table: figures that a law makes us give


class Refused(Exception):
    """Not possible by the plan. The message is a key; WHY has the sentence."""


@transaction.atomic
def propose(  # noqa: PLR0913  a keyword for each thing that a plan is made from
    overview: Overview, year: int, *, total: int, estimated: bool, starts_on: date | None = None, on: date, by: str = ""
) -> Plan:
    """A plan for people to agree to. Another one is another version; what was proposed stays to read."""
    starts = max(starts_on or date(year, 1, 1), date(year, 1, 1))
    if Plan.objects.filter(year=year, frozen_on__isnull=False).exists():
        raise Refused("frozen")
    if starts.year != year or (starts_on is not None and not estimated):
        raise Refused("part_year_from_an_estimate")
    if starts < on:
        raise Refused("year_has_begun")
    declared = declare(overview, year=year, starts_on=starts, total=total, estimated=estimated)
    document = declared.model_dump_json(indent=1)
    version = (Plan.objects.filter(year=year).aggregate(last=Max("version"))["last"] or 0) + 1
    made = Plan(year=year, version=version, epsilon=declared.epsilon, document=document, proposed_on=on, proposed_by=by)
    made.hash = hash_of(document)
    made.save()
    return made


def freeze(plan: Plan, *, on: date, sampler: Sampler = draws) -> None:
    """From now on this is what the year counts. Its counters open here, before the first case; draws that do not look
    as they have to are thrown away, and nothing is frozen."""
    with transaction.atomic():
        now = Plan.objects.select_for_update().get(pk=plan.pk)
        declared = checked(now)
        if now.frozen_on or Plan.objects.filter(year=now.year, frozen_on__isnull=False).exists():
            raise Refused("frozen")
        if declared.starts_on < on:
            raise Refused("year_has_begun")
        now.frozen_on = on
        now.save(update_fields=["frozen_on"])
        Period.objects.bulk_create([Period(plan=now, label=label) for label in declared.labels()])
        open_counters(now, sampler)


def checked(plan: Plan) -> Declared:
    """What the plan declares, if it is still what was hashed."""
    if hash_of(plan.document) != plan.hash:
        raise Refused("changed")
    return plan.declared


def hash_of(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def of_year(year: int) -> Plan | None:
    return Plan.objects.filter(year=year, frozen_on__isnull=False).first()


def open_counters(plan: Plan, sampler: Sampler = draws, *, labels: Sequence[str] | None = None) -> list[str]:
    """Open what has not been opened; gives the periods in which that was so."""
    declared = plan.declared
    wanted = {
        Place(plan.pk, label, table.key, SEPARATOR.join(cell)): declared.scale(table)
        for label in (declared.labels() if labels is None else labels)
        for table in declared.tables_of(label)
        for cell in declared.cells(table)
    }
    store = counters()
    missing = store.missing(wanted)
    drawn = _drawn([(place, wanted[place]) for place in missing], declared, sampler)
    if missing:
        store.open(drawn, {place.period: last_day(place.period) for place in missing})
    return sorted({place.period for place in missing})


def _drawn(wanted: list[tuple[Place, float]], declared: Declared, sampler: Sampler) -> dict[Place, int]:
    """Without noise when the institution chose so. A scale at a time: many draws are one call."""
    if declared.method == "suppress":
        return {place: 0 for place, _scale in wanted}
    found: dict[Place, int] = {}
    for scale in sorted({scale for _place, scale in wanted}):
        places = [place for place, its in wanted if its == scale]
        found |= dict(zip(places, sampler(scale, len(places)), strict=True))
    if wanted and not looks_right([(scale, found[place]) for place, scale in wanted]):
        raise Refused("noise")
    return found
