"""The one way into the counters."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import SystemRandom
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from haven.register.models import Period, Plan
from haven.register.plan import SEPARATOR, checked, of_year, open_counters
from haven.register.store import Place, counters
from haven.rulebook.declared import Declared, label
from haven.rulebook.overview import Moment, Table


class Event(NamedTuple):
    """Something of one case that is counted: at which moment, for which day, and coded values of the rulebook."""

    at: Moment
    day: date
    known: dict[str, str]


def count(batch: UUID, events: Sequence[Event], *, on: date) -> None:
    """Add these to the counters: each in one cell of each table of its moment. Once, however often it is tried.

    In the order of chance. What no frozen plan counts is dropped.
    """
    years = {year: _year(year) for year in {on.year, *(event.day.year for event in events)}}
    places = [place for event in events for place in _places(event, on, years)]
    SystemRandom().shuffle(places)
    for plan, period in sorted({(place.plan, place.period) for place in places}):
        _mend(plan, period, on)
    counters().add(batch, places)


class _Year(NamedTuple):
    plan: Plan
    declared: Declared
    open: frozenset[str]


def _year(year: int) -> _Year | None:
    plan = of_year(year)
    if plan is None:
        return None
    return _Year(plan, checked(plan), frozenset(plan.periods.filter(frozen_on=None).values_list("label", flat=True)))


def _places(event: Event, on: date, years: Mapping[int, _Year | None]) -> Iterator[Place]:
    for day in dict.fromkeys((event.day, on)):  # late: in the period that is open now
        year = years[day.year]
        if year is None or day < year.declared.starts_on:
            continue
        tables = year.declared.counting(event.at, event.known)
        if all(label(table.every, day) in year.open for table in tables):
            yield from (_place(year.plan, year.declared, table, day, event.known) for table in tables)
            return


def _place(plan: Plan, declared: Declared, table: Table, day: date, known: dict[str, str]) -> Place:
    return Place(plan.pk, label(table.every, day), table.key, SEPARATOR.join(declared.cell(table, known)))


@transaction.atomic
def _mend(plan: UUID, label_: str, on: date) -> None:
    """Counters are in no backup: after a restore they begin anew, and their period says so."""
    period = Period.objects.select_for_update().select_related("plan").get(plan=plan, label=label_)
    if period.frozen_on is None and open_counters(period.plan, labels=[label_]):
        period.anew_on = on
        period.save(update_fields=["anew_on"])
