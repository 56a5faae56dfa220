"""The cases of a colleague go on with another: what the viewer can open, and never a name that one person may know."""

from typing import Any

import pytest
from django.urls import reverse

from haven.cases.actions import assign
from haven.cases.handing_over import hand_over
from haven.cases.models import Case
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person
from tests.proofs.filled import open_for
from tests.proves import proves


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    house = Institution(settings).with_readers(3)
    house.readers[0].user.role_key = "coordinator"
    house.readers[0].user.save()
    return house


@pytest.fixture
def later(house: Institution) -> Person:
    return house.person("Later")


@proves("R-000-19", "R-002-17")
def test_what_somebody_handled_goes_on_with_another_without_the_name(house: Institution, later: Person) -> None:
    boss, away = house.readers[0], house.readers[1]
    handled = house.report({"mode": "confidential", "name": "Sam"}, keeper=away.kid)[0]
    other = house.report()[0]
    hidden = house.report(struck_out=frozenset({boss.kid}))[0]
    assign(open_for(boss, handled), to=away.user)
    house.confirm(later, by=house.readers[:2])
    client, path = sits_down(boss), reverse("desk:give_cases", args=[away.user.pk])

    page = client.get(path)
    done = client.post(path, {"cases": [handled.reference, other.reference], "to": later.user.pk})
    forged = client.post(path, {"cases": [hidden.reference], "to": later.user.pk})

    assert [row.case for row in page.context["rows"]] == [handled, other]
    assert hidden.reference not in page.content.decode()
    assert (done.status_code, forged.status_code) == (302, 422)
    assert [Case.objects.get(pk=one.pk).handler for one in (handled, other)] == [later.user, None]
    assert [bool(later.opens(one)) for one in (handled, other, hidden)] == [True, True, False]
    assert not open_for(later, handled).knows_reporter
    assert open_for(away, handled).knows_reporter


@proves("R-002-17")
def test_what_this_colleague_may_not_read_stays_and_is_named(house: Institution, later: Person) -> None:
    house.confirm(later, by=house.readers[:2])
    case = house.report(struck_out=frozenset({later.kid}))[0]
    boss = house.readers[0]
    assert boss.keyring is not None

    done = hand_over([case], to=later.user, whose=house.readers[1].user, keyring=boss.keyring, by=boss.user)

    assert (done.went, done.stays) == ([], [case.reference])
    assert later.opens(case) is None
