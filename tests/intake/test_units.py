"""A reader of the unit that a report is about: left out before anything is sealed, and kept out afterwards."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haven.cases import actions
from haven.cases.actions import NotNow
from haven.cases.stepping_back import others
from haven.intake.actions import TooFewReaders
from haven.intake.state import Draft
from haven.intake.team import another, team_of
from haven.notices.models import Outgoing
from haven.people.models import User
from haven.trail.models import Entry
from haven.vault.models import Grant
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person
from tests.proofs.filled import open_for
from tests.proves import proves

ABOUT = {"other_affiliation": "university", "other_unit": "science"}


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    house = Institution(settings).with_readers(4)
    works_at(house.readers[3], "science")
    return house


def works_at(person: Person, unit: str) -> None:
    person.user.unit = unit
    person.user.save()


@proves("R-000-21", "R-002-17")
def test_nothing_is_sealed_to_who_works_where_it_happened(house: Institution) -> None:
    case, _code = house.report(ABOUT)
    other, _code = house.report(ABOUT | {"other_unit": "society"})
    unsaid, _code = house.report()

    assert not Grant.objects.filter(compartment__scope=case.pk, kid=house.readers[3].kid).exists()
    opens = [[bool(one.opens(report)) for one in house.readers] for report in (case, other, unsaid)]
    assert opens == [[True, True, True, False], [True] * 4, [True] * 4]


@proves("R-002-17")
def test_they_are_not_given_it_later_either(house: Institution) -> None:
    case, _code = house.report(ABOUT, struck_out=frozenset({house.readers[0].kid}))

    with pytest.raises(NotNow, match="not_a_reader"):
        actions.assign(open_for(house.readers[1], case), to=house.readers[3].user)
    assert others(open_for(house.readers[1], case)).could == ()


@proves("R-002-17")
def test_with_too_few_left_the_next_team_is_offered_as_for_struck_out(house: Institution) -> None:
    for one in house.readers[1:3]:
        works_at(one, "science")
    ombuds = Institution(house.settings, route="ombuds")
    for number in range(2):
        ombuds.confirm(ombuds.person(f"Ombuds {number}"), by=house.readers[:2])
    draft = Draft(answers={"purpose": "report", "story": "It was there.", **ABOUT})

    now, other = team_of(draft), another(draft)

    assert ([one.name for one in now.everyone], now.enough) == (["Reader 0"], False)
    assert other is not None
    assert [one.name for one in other.everyone] == ["Ombuds 0", "Ombuds 1"]
    with pytest.raises(TooFewReaders):
        house.report(ABOUT)


def test_the_rule_costs_no_query(house: Institution) -> None:
    counted = []
    house.report()
    for answers in ({}, ABOUT):
        with CaptureQueriesContext(connection) as queries:
            house.report(answers)
        counted.append(len(queries))

    assert counted[0] == counted[1]


@proves("R-002-17")
def test_only_who_manages_people_says_where_somebody_works_and_the_team_is_told(house: Institution) -> None:
    admin = house.person("Pim", role="administrator", serves=False)
    path = reverse("desk:set_unit", args=[house.readers[0].user.pk])
    Outgoing.objects.all().delete()

    refused = sits_down(house.readers[1]).post(path, {"unit": "science"})
    invented = sits_down(admin).post(path, {"unit": "nowhere"})
    done = sits_down(admin).post(path, {"unit": "medicine"})
    own = sits_down(admin).post(reverse("desk:set_unit", args=[admin.user.pk]), {"unit": "science"})

    assert (refused.status_code, invented.status_code, done.status_code, own.status_code) == (404, 302, 302, 404)
    assert User.objects.get(pk=house.readers[0].user.pk).unit == "medicine"
    told = set(Outgoing.objects.filter(template="keys").values_list("to__name", flat=True))
    assert told == {one.user.name for one in house.readers}
    assert Entry.objects.filter(did="person.unit").count() == 1
