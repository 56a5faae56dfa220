"""What the desk shows of plans and periods. It reads no open counter: nothing of a year that runs can be seen here."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from haven.people.models import User
from haven.register.models import Period, Plan
from haven.register.plan import of_year
from haven.register.told import Overview, Planned, Told, named
from haven.rulebook.declared import last_day


@dataclass(frozen=True)
class YearOfPlan:
    """The plan of one year: frozen, proposed, or not there."""

    year: int
    plan: Plan | None
    viewer: User

    @property
    def told(self) -> Planned | None:
        return Planned(self.plan) if self.plan else None

    @property
    def waits(self) -> bool:
        return self.plan is not None and self.plan.frozen_on is None

    @property
    def own(self) -> bool:
        """Proposed by who looks: then somebody else agrees."""
        return self.plan is not None and self.plan.proposed_by == str(self.viewer.pk)


@dataclass(frozen=True)
class Row:
    period: Period
    viewer: User
    on: date

    @property
    def name(self) -> str:
        return named(self.period.label)

    @property
    def state(self) -> str:
        if self.period.released_on:
            return "released"
        if self.period.frozen_on:
            return "closed"
        return "over" if last_day(self.period.label) < self.on else "running"

    @property
    def own(self) -> bool:
        return bool(self.period.closed_by) and self.period.closed_by == str(self.viewer.pk)


def years(viewer: User, on: date) -> list[YearOfPlan]:
    """This year and the next: frozen, or as it was proposed last."""
    return [YearOfPlan(year, _plan(year), viewer) for year in (on.year, on.year + 1)]


def _plan(year: int) -> Plan | None:
    return of_year(year) or Plan.objects.filter(year=year).order_by("-version").first()


def rows(viewer: User, on: date) -> list[Row]:
    """Every period that has begun, the last first."""
    found = Period.objects.select_related("plan").filter(plan__year__lte=on.year).order_by("-plan__year", "-label")
    return [Row(one, viewer, on) for one in found if _begun(one.label, on)]


def _begun(label: str, on: date) -> bool:
    quarter = {"Q": 3, "H": 6}.get(label[4:5], 12)
    last = last_day(label)
    return on >= date(last.year, last.month - quarter + 1, 1)


def drawn_beside(overview: Overview) -> list[tuple[Told, str]]:
    """Each table with the address of its drawing."""
    label = overview.period.label
    return [
        (one, reverse("desk:overview_file", args=[label, f"{one.chart}.svg"]) if one.chart else "")
        for one in overview.tables
    ]
