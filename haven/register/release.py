"""Closing a period: what its counters say is fitted, rounded, masked, audited, and written once."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.db import transaction

from haven.register import audit
from haven.register.engine import Counted, Figure, Unsolved, released
from haven.register.models import Period, Release, ReleaseAudit
from haven.register.plan import EXACT, SEPARATOR, Refused, checked, of_year
from haven.register.store import counters
from haven.rulebook.declared import Declared, every_of, is_label, last_day

type Engine = Callable[[Sequence[Counted]], tuple[Figure, ...]]


def close(
    label: str, *, on: date, by: str = "", exact: Mapping[str, int] | None = None, engine: Engine = released
) -> Period:
    """Freeze the figures of a period that is over, for somebody else to look at and release (publishing.py). Raises
    Refused; then nothing was frozen, and the counters are as they were. `exact`: what the plan names as such.

    Not inside a transaction: the counters are destroyed once the figures are written. The caller has applied what
    waited to be counted. Killed in between, the counters are destroyed at the next attempt, which is refused.
    """
    period = _period(label, on)
    with transaction.atomic():
        now = Period.objects.select_for_update().select_related("plan").get(pk=period.pk)
        if now.frozen_on is None:
            now.closed_by = by
            _write(now, on, engine, exact_figures(now.plan.declared, label, exact or {}))
            period = now
    counters().destroy(period.plan_id, label)
    if period.frozen_on != on or period is not now:
        raise Refused("released")
    return period


def _period(label: str, on: date) -> Period:
    if not is_label(label):
        raise Refused("not_a_period")
    plan = of_year(int(label[:4]))
    if plan is None:
        raise Refused("no_plan")
    period = plan.periods.filter(label=label).first()
    if period is None:
        raise Refused("not_a_period")
    if last_day(label) >= on:
        raise Refused("not_over")
    return period


def exact_figures(declared: Declared, label: str, given: Mapping[str, int]) -> list[Figure]:
    """Those that the plan names for such a period, whoever counted them. What it does not name is refused."""
    if given.keys() - {one.key for one in declared.exact if one.every == every_of(label)}:
        raise Refused("not_in_the_plan")
    return [Figure(EXACT, (key,), number) for key, number in sorted(given.items())]


def _write(period: Period, on: date, engine: Engine, exact: list[Figure]) -> None:
    declared = checked(period.plan)
    tables = counted(declared, period)
    try:
        figures = engine(tables)
    except Unsolved:
        raise Refused("unsolved") from None
    checks = audit.run(declared, period, tables, figures)
    figures = (*figures, *exact)
    rows = [Release(period=period, table=f.table, cell=SEPARATOR.join(f.cell), shown=f.shown) for f in figures]
    Release.objects.bulk_create(rows)
    ReleaseAudit.objects.bulk_create([ReleaseAudit(period=period, passed=check, run_on=on) for check in checks])
    period.frozen_on, period.manifest = on, manifest(period, figures)
    period.save(update_fields=["frozen_on", "closed_by", "manifest"])


def counted(declared: Declared, period: Period) -> list[Counted]:
    """The tables of a period as the counters stand. A total that was shown by itself is fitted with nothing else."""
    values = counters().read(period.plan_id, period.label)
    found = []
    for table in declared.tables_of(period.label):
        cells = declared.cells(table)
        names = [(table.key, SEPARATOR.join(cell)) for cell in cells]
        if not values.keys() >= {*names}:
            raise Refused("lost")
        there = tuple(values[name] for name in names)
        group = declared.counted_at(table)
        found.append(Counted(table.key, table.dims, group, declared.scale(table), cells, there))
    return found


def manifest(period: Period, figures: Sequence[Figure]) -> str:
    """A hash over everything that is shown, and over the plan by which it is."""
    figures = sorted(figures, key=lambda figure: (figure.table, figure.cell))
    lines = [f"{f.table} {SEPARATOR.join(f.cell)} {'<10' if f.shown is None else f.shown}" for f in figures]
    return hashlib.sha256("\n".join([period.plan.hash, period.label, *lines]).encode()).hexdigest()
