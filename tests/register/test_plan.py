"""A plan is declared before its time, and then it stands."""

from datetime import date
from uuid import uuid4

import pytest

from haven.register.actions import Event, count
from haven.register.models import Period, Plan, Release
from haven.register.noise import draws
from haven.register.plan import Refused, freeze, propose
from haven.register.release import close
from haven.register.store import Place, counters
from haven.register.why import WHY
from haven.rulebook import shelf
from tests.proves import proves
from tests.register.year import AFTER, BEFORE, YEAR, plan_for

pytestmark = pytest.mark.django_db
DAY = date(YEAR, 5, 3)
KNOWN = {"kind": "report", "category": "bullying", "destination": "none"}


def refused(key: str) -> "pytest.RaisesExc[Refused]":
    assert str(WHY[key]).endswith(".")
    return pytest.raises(Refused, match=f"^{key}$")


@proves("R-000-26", "R-000-27", "R-000-30")
def test_the_plan_of_a_year_is_the_rung_of_last_years_total() -> None:
    keys = {total: [t.key for t in plan_of(total).declared.tables] for total in (99, 100, 2000)}

    assert keys[99] == ["kind", "type", "first_action"]
    assert keys[100] == ["kind", "type", "referred", "first_action", "quarter"]
    assert keys[2000] == [*keys[100][:-1], "outcome", "contact", "channel", "quarter"]


def plan_of(total: int) -> Plan:
    return propose(shelf.current().overview, YEAR, total=total, estimated=False, on=BEFORE)


def test_a_plan_is_not_changed_after_freezing_nor_frozen_twice_nor_in_its_year() -> None:
    plan = plan_for(300)
    with refused("frozen"):
        plan_of(60)
    with refused("frozen"):
        freeze(plan, on=BEFORE)
    with refused("year_has_begun"):
        propose(shelf.current().overview, 2026, total=1, estimated=False, on=date(2026, 1, 2))
    Plan.objects.filter(pk=plan.pk).update(document=plan.document.replace('"bullying"', '"stalking"'))
    with refused("changed"):
        count(uuid4(), [Event("closing", DAY, KNOWN)], on=DAY)
    with refused("changed"):
        close(str(YEAR), on=AFTER)
    assert not Release.objects.exists()


def test_who_begins_within_a_year_declares_the_rest_of_it_from_an_estimate() -> None:
    starts, overview = date(YEAR, 8, 1), shelf.current().overview
    with refused("part_year_from_an_estimate"):
        propose(overview, YEAR, total=300, estimated=False, starts_on=starts, on=date(YEAR, 7, 20))
    plan = propose(overview, YEAR, total=300, estimated=True, starts_on=starts, on=date(YEAR, 7, 20))
    freeze(plan, on=date(YEAR, 7, 30))

    assert {period.label for period in plan.periods.all()} == {"2024", "2024Q3", "2024Q4"}
    before = counters().read(plan.pk, "2024")
    count(uuid4(), [Event("closing", DAY, KNOWN)], on=DAY)
    assert counters().read(plan.pk, "2024") == before


@proves("R-000-28")
def test_a_late_case_goes_to_the_period_that_is_open_and_to_none_that_was_released() -> None:
    plan = plan_for(300)
    close("2024Q2", on=date(YEAR, 7, 2))
    third = counters().read(plan.pk, "2024Q3")
    count(uuid4(), [Event("intake", DAY, KNOWN)], on=date(YEAR, 7, 2))

    assert counters().read(plan.pk, "2024Q3") == {place: value + 1 for place, value in third.items()}
    assert counters().read(plan.pk, "2024Q2") == {}


@proves("R-000-27", "R-000-28")
def test_a_quarter_that_closes_while_a_case_is_open_has_its_beginning_and_the_year_its_end() -> None:
    plan = plan_for(300)
    at_first = {label: counters().read(plan.pk, label) for label in ("2024Q2", "2024Q4", "2024")}
    count(uuid4(), [Event("intake", DAY, KNOWN), Event("action", DAY, KNOWN)], on=DAY)
    assert sum(counters().read(plan.pk, "2024Q2").values()) == sum(at_first["2024Q2"].values()) + 1
    close("2024Q2", on=date(YEAR, 7, 2))
    count(uuid4(), [Event("closing", date(YEAR, 11, 5), KNOWN)], on=date(YEAR, 11, 5))

    assert counters().read(plan.pk, "2024Q4") == at_first["2024Q4"]
    now = counters().read(plan.pk, "2024")
    grown = sorted(table for (table, cell), value in now.items() if value != at_first["2024"][table, cell])
    assert grown == ["first_action", "kind", "referred", "type"]  # the action while it was open, and each of them once


@proves("R-000-28")
def test_what_overlaps_is_early_or_was_told_before_is_refused() -> None:
    plan_for(300)
    for label in ("2024H1", "2024Q5", "2024-01", "", "2024Q"):
        with refused("not_a_period"):
            close(label, on=AFTER)
    with refused("no_plan"):
        close("2023", on=AFTER)
    with refused("not_over"):
        close("2024Q4", on=date(YEAR, 12, 31))
    first = close("2024Q4", on=AFTER)
    figures = [*first.figures.values_list("cell", "shown")]
    with refused("released"):
        close("2024Q4", on=AFTER)
    assert [*Period.objects.get(pk=first.pk).figures.values_list("cell", "shown")] == figures
    assert len(first.manifest) == 64
    assert first.audits.count() == 5


def test_counters_that_were_lost_begin_anew_and_their_period_says_so() -> None:
    plan = plan_for(300)
    counters().destroy(plan.pk, "2024")
    with refused("lost"):
        close("2024", on=AFTER)
    count(uuid4(), [Event("closing", DAY, KNOWN)], on=DAY)

    assert plan.periods.get(label="2024").anew_on == DAY
    assert close("2024", on=AFTER).anew_on == DAY


def test_a_plan_without_noise_says_that_it_carries_no_proof() -> None:
    overview = shelf.current().overview
    few = tuple(rung.model_copy(update={"tables": rung.tables[:3]}) for rung in overview.ladder)
    bare = overview.model_copy(update={"method": "suppress", "ladder": few})
    plan = plan_for(60, overview=bare, sampler=draws)

    assert not bare.carries_a_proof
    count(uuid4(), [Event("closing", DAY, KNOWN)], on=DAY)
    assert set(counters().read(plan.pk, "2024").values()) == {0, 1}
    assert {figure.shown for figure in close("2024", on=AFTER).figures.all()} == {None}


def test_a_counter_that_is_not_there_is_not_made_by_counting() -> None:
    plan = plan_for(60)
    counters().add(uuid4(), [Place(plan.pk, "2024", "kind", "secret")])

    assert ("kind", "secret") not in counters().read(plan.pk, "2024")
