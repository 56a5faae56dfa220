"""A second person for a name: named by the reporter, and let in only while the first is away or gone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from haven.cases import actions, referral
from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.clock.jobs import tell_whose_name_waits
from haven.desk import joining
from haven.dialogue import actions as dialogue
from haven.dialogue.ledger import ledger
from haven.intake.actions import ReadersChanged
from haven.people.absence import AWAY, NotOfThisTeam, write_absence
from haven.trail.models import Entry
from haven.vault.codes import new_code
from haven.vault.models import Grant
from tests.cases.agreeing import agrees, asked, box_of, opened, two_teams
from tests.institution import Institution
from tests.proves import proves

SAM = {"mode": "confidential", "name": "zqSam"}


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(4)


@pytest.fixture
def sealed(house: Institution) -> tuple[Case, str]:
    """Known to the first reader, with the second for when that person is not there."""
    return house.report(SAM, keeper=house.readers[0].kid, deputy=house.readers[1].kid)


def knows(house: Institution, case: Case) -> list[bool]:
    return [opened(one, case).knows_reporter for one in house.readers]


def goes(house: Institution, first: int, by: int, until: date | None = None) -> None:
    write_absence(house.readers[first].user, localdate(), until, by=house.readers[by].user)


def told(code: str) -> list[str]:
    return [one.payload["about"] for one in box_of(code).messages() if one.payload.get("about")]


@proves("R-000-19")
def test_the_second_opens_the_name_only_while_the_first_is_away(house: Institution, sealed: tuple[Case, str]) -> None:
    case, code = sealed
    second = house.readers[1]
    assert knows(house, case) == [True, False, False, False]
    with pytest.raises(NotNow, match="no_key"):
        actions.reveal(opened(second, case), reason="I want to.")

    goes(house, 0, by=0)
    assert knows(house, case) == [True, True, False, False]
    actions.reveal(opened(second, case), reason="To call today.")
    write_absence(house.readers[0].user, None, None, by=house.readers[0].user)

    assert knows(house, case) == [True, False, False, False]
    assert told(code) == ["revealed"]
    assert [one.did for one in ledger(box_of(code), "en")] == ["identity.revealed"]


@proves("R-000-19")
def test_nobody_becomes_the_one_who_opens_by_saying_that_the_first_is_not_there(
    house: Institution, sealed: tuple[Case, str]
) -> None:
    case, _code = sealed
    goes(house, 0, by=1)
    assert knows(house, case) == [True, False, False, False]

    goes(house, 0, by=2)
    assert knows(house, case) == [True, True, False, False]
    joining.leave(house.readers[0].user, route="contact_point", by=house.readers[1].user)
    assert not opened(house.readers[1], case).knows_reporter


def test_when_the_first_left_by_the_word_of_another_the_second_opens_it(
    house: Institution, sealed: tuple[Case, str]
) -> None:
    case, _code = sealed

    joining.leave(house.readers[0].user, route="contact_point", by=house.readers[2].user)

    assert [opened(one, case).knows_reporter for one in house.readers[1:]] == [True, False, False]


def test_without_a_second_person_only_one_has_a_key(house: Institution) -> None:
    case, _code = house.report(SAM, keeper=house.readers[0].kid)
    goes(house, 0, by=0)

    assert knows(house, case) == [True, False, False, False]
    assert set(Grant.objects.filter(compartment__kind="identity").values_list("kid", flat=True)) == {
        house.readers[0].kid
    }


@proves("R-000-19", "R-000-20")
def test_the_reporter_hears_once_that_the_name_waits_and_can_tell_somebody_else(house: Institution) -> None:
    case, code = house.report(SAM, keeper=house.readers[0].kid)
    named, _code = house.report({"mode": "named", "name": "Sam"})
    tell_whose_name_waits()
    assert (told(code), dialogue.is_known(case)) == ([], True)

    goes(house, 0, by=2, until=localdate() + timedelta(days=3))
    for _tick in range(2):
        tell_whose_name_waits()

    assert (told(code), dialogue.is_known(case), dialogue.is_known(named)) == (["name_away"], False, True)
    assert Entry.objects.filter(did="identity.waits").count() == 1
    dialogue.reveal_self(box_of(code), {"name": "Sam"}, to=house.readers[2].kid)
    assert knows(house, case) == [False, False, True, False]


def test_with_a_second_person_who_is_there_nothing_waits(house: Institution, sealed: tuple[Case, str]) -> None:
    case, code = sealed
    goes(house, 0, by=0)
    tell_whose_name_waits()
    assert (told(code), dialogue.is_known(case)) == ([], True)

    goes(house, 1, by=1)
    tell_whose_name_waits()

    assert (told(code), dialogue.is_known(case)) == (["name_away"], False)
    dialogue.reveal_self(box_of(code), {"name": "Sam"}, to=house.readers[1].kid)
    write_absence(house.readers[0].user, None, None, by=house.readers[0].user)
    assert knows(house, case) == [False, True, False, False]


def test_a_second_person_who_was_not_shown_is_refused(house: Institution) -> None:
    shown = frozenset(one.kid for one in house.readers)
    with pytest.raises(ReadersChanged):
        house.sent(SAM, code=new_code(), shown=shown, keeper=house.readers[0].kid, deputy="somebody else")


@proves("R-000-19", "R-000-22")
def test_the_second_does_not_refer_the_name_either(db: None, settings: Any) -> None:
    house, _ombuds = two_teams(settings)
    case, code = house.report(SAM, keeper=house.readers[0].kid, deputy=house.readers[1].kid)
    key = asked(house.readers[1], case)
    agrees(code, key)

    with pytest.raises(NotNow, match="name_held_by_another"):
        referral.refer(opened(house.readers[1], case), key)


def test_only_who_reads_for_the_same_team_says_that_somebody_is_away(house: Institution) -> None:
    stranger = house.person("Stranger", role="administrator", keys=False, serves=False)

    with pytest.raises(NotOfThisTeam):
        write_absence(house.readers[0].user, localdate(), None, by=stranger.user)
    assert not Entry.objects.filter(did=AWAY).exists()
