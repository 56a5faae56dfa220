"""Whatever comes, and in whatever order: the budget holds, a case counts once in each table, nothing is told twice."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from math import isclose
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from haven.register.actions import Event, count
from haven.register.models import Period, Plan, Release
from haven.register.plan import SEPARATOR, Refused
from haven.register.release import close
from haven.register.store import counters
from haven.rulebook import shelf
from haven.rulebook.declared import label, last_day
from tests.proves import proves
from tests.register.year import YEAR, declared_for, moments, plan_for

SHAPES = some.fixed_dictionaries(
    {
        "kind": some.sampled_from(["report", "question", "privacy", "unheard_of"]),
        "category": some.sampled_from(["bullying", "sexual_harassment", "other", "unheard_of"]),
        "destination": some.sampled_from(["none", "ombuds", "police"]),
        "action": some.sampled_from(["listened", "other"]),
        "audience": some.sampled_from(["student", "staff", "not_said"]),
    }
)
DAYS = some.integers(0, 365).map(lambda days: date(YEAR, 1, 1) + timedelta(days=days))
CASES = some.lists(some.tuples(SHAPES, DAYS, some.booleans()), max_size=12)
ASKED = ["2024Q1", "2024Q2", "2024Q3", "2024Q4", "2024", "2024H1", "2023", "early"]
TOTALS = some.sampled_from([60, 300, 1500, 20000])


def no_noise(_scale: float, number: int) -> list[int]:
    return [0] * number


def believed(scale: float, number: int) -> list[int]:
    """Known numbers that look as noise has to, so that what was added can be told from them."""
    return [round(scale) if place % 2 else -round(scale) for place in range(number)]


def added(plan: Plan) -> dict[tuple[str, str, str], int]:
    """What was added to each counter that is not zero."""
    declared, found = plan.declared, {}
    for period in declared.labels():
        stands = counters().read(plan.pk, period)
        for table in declared.tables_of(period):
            for cell in declared.cells(table):
                found[period, table.key, SEPARATOR.join(cell)] = stands.get((table.key, SEPARATOR.join(cell)), 0)
    return found


class TestCounting(TestCase):
    @proves("R-000-28", "R-000-26")
    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @given(CASES, TOTALS)
    def test_a_case_counts_in_one_cell_of_each_table_once_and_costs_no_more_than_epsilon(
        self, cases: list[tuple[dict[str, str], date, bool]], total: int
    ) -> None:
        plan = plan_for(total, sampler=believed)
        declared, before = plan.declared, added(plan)
        wanted: Counter[tuple[str, str]] = Counter()
        cost: list[float] = []
        for case in cases:
            known, day, _acted = case
            touched = {table.key: table for at in moments(case) for table in declared.counting(at, known)}
            wanted.update((label(table.every, day), key) for key, table in touched.items())
            cost.append(sum(1 / declared.scale(table) for table in touched.values()))
            batch, events = uuid4(), [Event(at, day, known) for at in moments(case)]
            for _again in range(2):  # killed after counting, before it was dropped
                count(batch, events, on=day)

        grown: Counter[tuple[str, str]] = Counter()
        for place, value in added(plan).items():
            assert value >= before[place]
            grown[place[:2]] += value - before[place]
        assert +grown == wanted
        assert all(one < plan.epsilon or isclose(one, plan.epsilon) for one in cost)

    @proves("R-000-28")
    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
    @given(some.lists(some.sampled_from(ASKED), max_size=9))
    def test_in_whatever_order_periods_are_closed_each_is_told_once(self, asked: Sequence[str]) -> None:
        plan_for(300)
        shown: dict[str, list[tuple[str, str, int | None]]] = {}
        for name in asked:
            day = date(2024, 2, 1) if name == "early" else date(2025, 2, 1)
            name = "2024Q1" if name == "early" else name  # noqa: PLW2901  asked too early
            could = name in declared_for(300).labels() and name not in shown and last_day(name) < day
            try:
                close(name, on=day)
            except Refused:
                assert not could
            else:
                assert could
            for period in Period.objects.exclude(frozen_on=None):
                figures = sorted(period.figures.values_list("table", "cell", "shown"))
                assert shown.setdefault(period.label, figures) == figures
        assert Release.objects.count() == sum(map(len, shown.values()))


@pytest.mark.django_db
@proves("R-000-28")
def test_the_shares_of_every_rung_are_one_epsilon() -> None:
    overview = shelf.current().overview

    assert overview.epsilon == 1
    assert [round(sum(table.share for table in rung.tables), 9) for rung in overview.ladder] == [1, 1, 1, 1]
