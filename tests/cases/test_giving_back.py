"""Stepping back from a referral: one key goes in one step, and the team and the reporter know."""

from typing import Any

import pytest

from haven.cases import consent, giving_back, referral
from haven.cases.agreed import Stage
from haven.cases.models import Case
from haven.dialogue import consent as mailbox
from haven.dialogue.ledger import ledger
from haven.notices.models import Outgoing
from haven.trail.models import Entry
from haven.vault.models import Compartment, Grant
from tests.cases.agreeing import agrees, asked, box_of, opened, report, two_teams
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person
from tests.proves import proves

type Referral = tuple[Institution, Institution, Case, str]


@pytest.fixture
def referred(db: None, settings: Any) -> Referral:
    house, ombuds = two_teams(settings)
    case, code = report(house)
    key = asked(house.readers[0], case)
    agrees(code, key)
    referral.refer(opened(house.readers[0], case), key)
    Outgoing.objects.all().delete()
    return house, ombuds, case, code


def gives_back(person: Person) -> None:
    assert person.keyring is not None
    [found] = referral.referred_to(person.keyring)
    giving_back.give_back(found, person.keyring, by=person.user)


def reads(person: Person) -> int:
    assert person.keyring is not None
    return len(referral.referred_to(person.keyring))


@proves("R-000-21", "R-002-17")
def test_who_gives_a_referral_back_loses_the_key_and_is_in_no_later_one(referred: Referral) -> None:
    house, ombuds, case, code = referred
    close = ombuds.readers[1]

    gives_back(close)

    assert [reads(one) for one in ombuds.readers] == [1, 0, 1]
    assert not Grant.objects.filter(kid=close.kid).exists()
    assert set(Outgoing.objects.values_list("to__name", flat=True)) == {one.user.name for one in house.readers}
    assert close.user in opened(house.readers[0], case).struck_out
    assert close.kid not in {one.kid for one in consent.team_of(opened(house.readers[0], case), "ombuds")}
    box = box_of(code)
    assert [one.did for one in ledger(box, "en")][-1] == "referral.given_back"
    assert box.messages()[-1].payload["about"] == "given_back"
    assert mailbox.consents(box)[0].stage is Stage.DONE
    assert Entry.objects.filter(did="referral.given_back", actor=str(close.user.pk)).count() == 1


@proves("R-000-21")
def test_when_the_last_gives_it_back_it_is_destroyed_and_stands_as_given_back(referred: Referral) -> None:
    house, ombuds, case, code = referred

    for person in ombuds.readers:
        gives_back(person)

    assert not Compartment.objects.filter(scope=case.pk, kind__startswith="referred").exists()
    assert opened(house.readers[0], case).answers["answers"]
    box = box_of(code)
    assert (mailbox.consents(box)[0].stage, mailbox.consents(box)[0].live) == (Stage.RETURNED, False)
    assert [one.payload["about"] for one in box.messages() if one.payload.get("about")] == [
        "given_back", "given_back", "all_given_back",
    ]  # fmt: skip


def test_the_page_before_reading_shows_nothing_and_pressed_twice_it_is_not_there(referred: Referral) -> None:
    _house, ombuds, case, _code = referred
    close = ombuds.readers[0]
    client, part = sits_down(close), Compartment.objects.get(kind__startswith="referred").pk
    Entry.objects.all().delete()

    page = client.get(f"/en/desk/referred/{part}/step-back/").content.decode()

    assert "zq" not in page
    assert case.reference not in page
    assert not Entry.objects.filter(did="referral.opened").exists()
    assert client.post(f"/en/desk/referred/{part}/step-back/", {"sure": "yes"}).status_code == 302
    assert client.post(f"/en/desk/referred/{part}/step-back/", {"sure": "yes"}).status_code == 404
    assert client.get(f"/en/desk/referred/{part}/").status_code == 404
