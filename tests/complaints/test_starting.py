"""Where a letter comes from: the site, paper, or the contact point with the consent of who reported there."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from haven.cases import consent, referral
from haven.cases.agreed import Scope
from haven.cases.consent import Request, Spoken
from haven.complaints import insiders, parties, serving
from haven.complaints.letter import CASE, SCAN, Person
from haven.complaints.models import Complaint, Seat
from haven.complaints.opened import NotNow, open_complaint
from haven.complaints.regulation import NoRegulation
from haven.complaints.starting import start, start_on_request
from haven.notices.models import Outgoing
from haven.rulebook import shelf
from haven.rulebook.consent import SUMMARY, TEAM
from tests.complaints.court import MONDAY, Court, letter
from tests.institution import Institution
from tests.proves import proves


@proves("R-001-46")
def test_an_officer_enters_a_letter_that_came_on_paper_and_nobody_else_does(court: Court) -> None:
    officer = court.accounts["officer"].user
    assert start(letter(way=SCAN), by=officer, on=MONDAY).complaint.received_on == MONDAY
    for by in (None, court.board().user):
        with pytest.raises(NotNow, match="not_in_this_role"):
            start(letter(way=SCAN), by=by, on=MONDAY)
    with pytest.raises(NotNow, match="not_in_this_role"):
        start(letter(), by=officer, on=MONDAY)
    with pytest.raises(NotNow, match="still_to_come"):
        start(letter(received_on=MONDAY + timedelta(days=1)), on=MONDAY)


@proves("R-001-10")
def test_what_was_told_the_contact_point_becomes_a_complaint_with_consent_and_a_letter_only(court: Court) -> None:
    house = Institution(court.settings)
    house.readers = [house.person(f"Reader {number}") for number in range(3)]
    for reader in house.readers:
        house.confirm(reader, by=court.house.readers)
    case, _code = house.report({"mode": "named", "name": "Vera Klager", "reach": "vera@example.org"})
    opened = house.readers[0].opens(case)
    assert opened
    said = Spoken(how="in_person", day=localdate(), handover=False)
    purpose = shelf.current().routes.consent[0].key
    scope = Scope(SUMMARY, identity=True)
    request = Request(purpose=purpose, way=TEAM, to="complaints_officer", scope=scope, summary="She wants to complain")
    referral.refer(opened, consent.ask(opened, request, spoken=said))

    officer = court.accounts["officer"]
    assert officer.keyring
    (passed_on,) = referral.referred_to(officer.keyring)
    assert not Complaint.objects.exists()
    unsigned = replace(letter(), way=CASE)
    carried = replace(unsigned, told_named=True, signed_on=MONDAY)
    with pytest.raises(NotNow, match="no_consent"):
        start(carried, by=officer.user, on=MONDAY)
    with pytest.raises(NotNow, match="not_invoked"):
        start(replace(carried, invoked=False), by=officer.user, referred=passed_on, on=MONDAY)
    for lacking in (unsigned, replace(carried, told_named=False), replace(carried, signed_on=None)):
        with pytest.raises(NotNow, match="not_signed"):
            start(lacking, by=officer.user, referred=passed_on, on=MONDAY)
    started = start(carried, by=officer.user, referred=passed_on, on=MONDAY)
    assert Seat.objects.filter(complaint=started.complaint).count() == 2


@proves("R-001-111")
def test_a_letter_needs_a_regulation_that_was_in_force(court: Court) -> None:
    with pytest.raises(NoRegulation):
        start(letter(received_on=date(2019, 5, 5)), on=MONDAY)


def test_a_letter_is_sealed_to_two_officers_or_not_taken(court: Court) -> None:
    with pytest.raises(insiders.NoOffice):
        start(letter(), struck_out=[court.accounts["second"].kid], on=MONDAY)
    assert not Complaint.objects.exists()


def test_the_officers_hear_that_something_waits_and_nothing_else(court: Court) -> None:
    start(letter(), on=MONDAY)
    assert {(one.to, one.template) for one in Outgoing.objects.all()} == {
        (one.user, "waiting") for one in court.house.readers
    }


@proves("R-001-13")
def test_a_complaint_can_name_several_and_is_of_one(court: Court) -> None:
    both = (Person(name="One", relation="student"), Person(name="Two", relation="employee", employed=True))
    running = court.started(defendants=both)

    assert [one["name"] for one in running.by().head["defendants"]] == ["One", "Two"]
    assert "defendant_employed" in running.by().facts
    assert running.row.parties.filter(role="complainant").count() == 1


def test_sending_twice_is_sending_once(court: Court) -> None:
    key = uuid4()
    start(letter(), as_id=key, on=MONDAY)
    with pytest.raises(NotNow, match="sent_already"):
        start(letter(), as_id=key, on=MONDAY)
    assert Complaint.objects.count() == 1


@proves("R-001-37")
def test_a_board_can_ask_for_an_investigation_without_a_complaint(court: Court) -> None:
    officer = court.accounts["officer"]
    assert officer.keyring
    asked = letter(complainant=Person(name=""), requested_by="board", way=SCAN)
    with pytest.raises(NotNow, match="not_in_this_role"):
        start_on_request(replace(asked, requested_by="chair"), by=officer.user, on=MONDAY)
    with pytest.raises(NotNow, match="not_invoked"):
        start(asked, by=officer.user, on=MONDAY)
    row = start_on_request(asked, by=officer.user, on=MONDAY)

    opened = open_complaint(row.reference, keyring=officer.keyring, by=officer.user)
    assert "on_request" in opened.facts
    assert (opened.head["lacks"], opened.head["flags"], row.parties.count()) == ([], [], 0)
    parties.invite(opened, "defendant", {"name": "Anton Beklaagd"}, on=MONDAY)
    assert serving.serve(opened, [opened.papers[0].row.pk], on=MONDAY)
