"""Consent, referral and risk at the desk: forms, refusals, packages, what waits, and who has no key."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pyrage
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from haven.cases import referral
from haven.cases.models import Case
from haven.cases.risk import Proposal, propose, second
from haven.dialogue import consent as mailbox
from haven.people import access
from haven.people.models import User
from haven.rulebook.consent import PLACE
from haven.trail.models import Entry
from haven.vault.models import Compartment
from tests.cases.agreeing import ALL, LETTER, NAME, STORY, SUMMED, agrees, asked, box_of, opened, two_teams
from tests.cases.agreeing import report as sent
from tests.desk.conftest import AtDesk, page, send
from tests.institution import Institution, Person
from tests.proves import proves

type Teams = tuple[Institution, Institution]
ASKED = {"recipient": "place:police", "purpose": "talk", "what": "summary", "text": SUMMED, "how": "mailbox"}


@pytest.fixture
def teams(db: None, settings: Any) -> Teams:
    return two_teams(settings)


@pytest.fixture
def case(teams: Teams) -> tuple[Case, str]:
    return sent(teams[0])


def part() -> str:
    return str(Compartment.objects.get(kind__startswith="referred").pk)


@proves("R-000-22")
def test_what_is_incomplete_comes_back_as_it_was_typed(teams: Teams, case: tuple[Case, str], at_desk: AtDesk) -> None:
    client = at_desk(teams[0].readers[0])

    without = send(client, case[0], "ask", **(ASKED | {"text": " "}))
    spoken = send(client, case[0], "ask", **(ASKED | {"how": "phone"}))

    assert (without.status_code, spoken.status_code) == (422, 422)
    assert "Write the summary that would go" in without.content.decode()
    assert "the reporter sees it in the mailbox" in spoken.content.decode()
    assert SUMMED in spoken.content.decode()
    assert mailbox.consents(box_of(case[1])) == []


@proves("R-000-22")
def test_an_old_page_hands_nothing_over(teams: Teams, case: tuple[Case, str], at_desk: AtDesk) -> None:
    key = asked(teams[0].readers[0], case[0])
    agrees(case[1], key)
    client = at_desk(teams[0].readers[0])
    stamp = page(client, case[0]).case.stamp
    mailbox.stop(box_of(case[1]), key)

    got = client.post(reverse("desk:refer", args=[case[0].reference]), {"stamp": stamp, "which": key})

    assert got.status_code == 422
    assert not Compartment.objects.filter(kind__startswith="referred").exists()


@proves("R-000-13", "R-000-22")
def test_a_package_is_a_zip_that_only_the_recipient_opens(
    teams: Teams, case: tuple[Case, str], at_desk: AtDesk
) -> None:
    theirs = pyrage.x25519.Identity.generate()
    key = asked(teams[0].readers[0], case[0], to="police", way=PLACE)
    agrees(case[1], key)
    client = at_desk(teams[0].readers[0])
    wrong = send(client, case[0], "hand_over", which=key, form="age", key="age1nonsense")
    assert wrong.status_code == 422

    got = send(client, case[0], "hand_over", which=key, form="age", key=str(theirs.to_public()))

    assert got["Content-Disposition"] == 'attachment; filename="handover.zip.age"'
    assert STORY.encode() not in got.content
    archive = ZipFile(BytesIO(pyrage.decrypt(got.content, [theirs])))
    told = archive.read("read-me-first.html").decode()
    assert all(words in told for words in (STORY, NAME, LETTER))
    assert archive.read("files/01.txt") == b"zqcontent"
    assert Entry.objects.filter(did="case.referred.place").count() == 1


@proves("R-000-13")
def test_a_page_to_print_is_taking_out_as_well(teams: Teams, case: tuple[Case, str], at_desk: AtDesk) -> None:
    key = asked(teams[0].readers[0], case[0], to="police", way=PLACE)
    agrees(case[1], key, ALL)

    got = send(at_desk(teams[0].readers[0]), case[0], "hand_over", which=key, form="print")

    assert STORY in got.content.decode()
    assert "no-store" in got["Cache-Control"]
    assert mailbox.consents(box_of(case[1]))[0].stage == "done"


@proves("R-000-13", "R-000-22")
@pytest.mark.parametrize("forbidden", [True, False], ids=["as it is", "with the permission check patched out"])
def test_only_a_key_opens_what_was_referred(
    teams: Teams, case: tuple[Case, str], at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch, *, forbidden: bool
) -> None:
    house, ombuds = teams
    key = asked(house.readers[0], case[0])
    agrees(case[1], key, struck=frozenset({ombuds.readers[2].kid}))
    referral.refer(opened(house.readers[0], case[0]), key)
    if not forbidden:
        monkeypatch.setattr(access, "permits", lambda _user, _right: True)
        monkeypatch.setattr(User, "may", lambda _user, _right: True)
    address = reverse("desk:referred", args=[part()])
    admin = house.person("Admin", role="administrator", serves=False)
    people: list[Person] = [*ombuds.readers, house.readers[1], admin]

    got = {one.user.name: at_desk(one).get(address) for one in people}

    assert [one.status_code for one in got.values()] == [200, 200, 404, 404, 404]
    assert STORY in got["Ombuds 0"].content.decode()
    locked = at_desk(ombuds.readers[0], unlocked=False).get(address)
    stranger = Client().get(address)
    assert (locked.status_code, stranger.status_code) == (302, 302)
    of_the_case = at_desk(ombuds.readers[0]).get(reverse("desk:case", args=[case[0].reference]))
    assert of_the_case.status_code == 404


@proves("R-000-22")
def test_a_file_that_was_not_agreed_to_has_no_address(teams: Teams, case: tuple[Case, str], at_desk: AtDesk) -> None:
    house, ombuds = teams
    key = asked(house.readers[0], case[0])
    agrees(case[1], key)
    referral.refer(opened(house.readers[0], case[0]), key)
    reader = at_desk(ombuds.readers[0])
    own = opened(house.readers[0], case[0]).files[0].item.pk
    keyring = ombuds.readers[0].keyring
    assert keyring is not None
    theirs = referral.referred_to(keyring)[0].files[0].item.pk

    refused = reader.get(reverse("desk:referred_file", args=[part(), own]))
    address = reverse("desk:referred_file", args=[part(), theirs])
    asks, got = reader.get(address), reader.get(address + "?sure=1")

    assert refused.status_code == 404
    assert b"zqcontent" not in asks.content
    assert b"".join(got.streaming_content) == b"zqcontent"  # type: ignore[attr-defined]


@proves("R-000-23", "R-002-22")
def test_the_inbox_says_what_waits_for_one_person_and_names_nobody_elses(
    teams: Teams, case: tuple[Case, str], at_desk: AtDesk
) -> None:
    house, ombuds = teams
    key = asked(house.readers[0], case[0])
    agrees(case[1], key, handover=True)
    referral.refer(opened(house.readers[0], case[0]), key)
    yesterday = localdate() - timedelta(days=1)
    before = yesterday - timedelta(days=2)
    silent = Proposal(ground="law", to="police", risk="R", why_silent="S", review_on=yesterday)
    second(
        opened(house.readers[1], case[0]),
        propose(opened(house.readers[0], case[0]), silent, on=before),
        agree=True,
    )
    propose(opened(house.readers[0], case[0]), Proposal(ground="life", to="police", risk="R"))

    people = (house.readers[0], house.readers[1], ombuds.readers[0])
    asks, colleague, other = (at_desk(one).get(reverse("desk:inbox")).context["tasks"] for one in people)

    reference = case[0].reference
    assert (asks.introduce, asks.decide, asks.look_again) == ([reference], [], [(reference, yesterday)])
    assert (colleague.introduce, colleague.decide) == ([], [reference])
    assert (other.introduce, other.decide, len(other.referred)) == ([], [], 1)


@proves("R-002-21")
def test_nobody_agrees_with_themselves_and_a_review_that_is_late_is_shown(
    teams: Teams, case: tuple[Case, str], at_desk: AtDesk
) -> None:
    first, other = (at_desk(one) for one in teams[0].readers[:2])
    again = (localdate() + timedelta(days=2)).isoformat()
    send(first, case[0], "risk", text="R", ground="life", to="police", tell="no", reason="S", review_on=again)
    key = page(other, case[0]).consent.risks[0].risk.id

    own = send(first, case[0], "second", which=key, agree="yes")
    send(other, case[0], "second", which=key, agree="yes")

    assert own.status_code == 422
    with time_machine.travel(now() + timedelta(days=3)):
        assert [line.late for line in page(at_desk(teams[0].readers[1]), case[0]).consent.risks] == [True]
