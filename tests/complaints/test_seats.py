"""Seats: asked, declared, admitted, and left; and a board that may not know that a complaint exists."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from haven.complaints import deciding, seats, serving, talking
from haven.complaints.letter import Person
from haven.complaints.models import Complaint, Seat
from haven.complaints.opened import NotNow, listed, open_complaint
from haven.desk.people_forms import Invitation
from haven.people.models import User
from haven.vault.models import Compartment, Grant
from tests.complaints.court import MONDAY, Court
from tests.proves import proves


@proves("R-001-45", "R-001-105")
def test_no_key_before_somebody_declared_to_be_independent_and_accepted(court: Court) -> None:
    running = court.started()
    member = court.member("mark member")
    assert member.keyring
    seat = seats.appoint(running.by(), member.user, "member")

    with pytest.raises(NotNow, match="cannot_have_this_seat"):
        seats.admit(running.by(), seat)
    asked = seats.question(seat, member.keyring)
    assert asked["names"] == ["Vera Klager"]
    assert {one.compartment.kind for one in Grant.objects.filter(kid=member.kid)} == {seat.kind}
    with pytest.raises(Complaint.DoesNotExist):
        running.by("mark member")

    seats.declare(seat, member.keyring, member.user, independent=True, accepts=True)
    seats.admit(running.by(), seat)
    assert [one.row for one in running.by("mark member").papers] == [running.start.letter]


@proves("R-001-45")
def test_who_is_not_independent_has_no_seat(court: Court) -> None:
    running = court.started()
    member = court.member("mark member")
    assert member.keyring
    seat = seats.appoint(running.by(), member.user, "member")
    seats.declare(seat, member.keyring, member.user, independent=False, accepts=True)

    assert not Seat.objects.present().filter(user=member.user).exists()
    with pytest.raises(NotNow, match="cannot_have_this_seat"):
        seats.admit(running.by(), seat)


def test_only_people_of_the_pool_and_of_the_entity_can_have_a_seat(court: Court) -> None:
    running = court.started(entity="hospital")
    for who, role in ((court.board(), "board"), (court.secretary(), "chair"), (court.member("m m"), "secretary")):
        with pytest.raises(NotNow, match="cannot_have_this_seat"):
            seats.appoint(running.by(), who.user, role)


def test_the_deliberation_of_the_committee_is_not_for_the_officers(court: Court) -> None:
    running = court.started()
    running.committee()
    running.by("carla chair").keep("committee", "note", {"text": "we doubt it"}, on=MONDAY)

    assert running.by("mia member").one("committee", "note") == {"text": "we doubt it"}
    assert running.by().of("committee", "note") == []


def test_who_steps_out_loses_every_key_at_once_and_gets_none_again(court: Court) -> None:
    running = court.started()
    running.committee()
    leaving = court.accounts["mark member"]
    seat = Seat.objects.get(user=leaving.user)
    seats.step_out(running.by("simon secretary"), seat, reason="knows the defendant")

    with pytest.raises(Complaint.DoesNotExist):
        running.by("mark member")
    assert not Grant.objects.filter(kid=leaving.kid, compartment__scope=running.row.pk).exists()
    with pytest.raises(NotNow, match="cannot_have_this_seat"):
        seats.appoint(running.by(), leaving.user, "member")
    running.by("mia member").keep("committee", "note", {"text": "later"}, on=MONDAY)
    assert running.by("carla chair").one("committee", "note") == {"text": "later"}
    talking.request(running.party("complainant"), "comment", "also later", on=MONDAY)
    newest = Compartment.objects.filter(kind=running.rows["complainant"].kind).order_by("-epoch")[0]
    assert (newest.epoch, newest.items.filter(slot="request").count()) == (2, 1)
    assert [one.text for one in talking.requests(running.by("carla chair"))] == ["also later"]


@proves("R-001-50", "R-001-51")
def test_the_board_loses_a_complaint_about_one_of_its_members_at_once(court: Court) -> None:
    running = court.started()
    for who, role in ((court.board(), "board"), (court.portfolio(), "portfolio_holder")):
        seats.appoint(running.by(), who.user, role)
    assert running.by("petra portfolio").papers

    deciding.set_facts(running.by(), ["board_member_involved"])

    for key in ("boris board", "petra portfolio"):
        who = court.accounts[key]
        assert who.keyring
        with pytest.raises(Complaint.DoesNotExist):
            running.by(key)
        assert not Grant.objects.filter(
            kid=who.kid, compartment__scope=running.row.pk, compartment__kind="course"
        ).exists()
        assert not Grant.objects.filter(kid=who.kid).exists()
        assert not Complaint.objects.granted_to(who.keyring).exists()
    court.supervisor()
    seats.appoint(running.by(), court.supervisor().user, "supervisory_board")
    assert running.by("sara supervisor").papers


@proves("R-001-50", "R-001-51")
def test_a_letter_about_a_board_member_rules_the_board_out_from_the_start(court: Court) -> None:
    running = court.started(defendants=(Person(name="Boris Board", member_of_board=True),))

    assert running.by().facts == {"board_member_involved", "complainant_employed"}
    with pytest.raises(NotNow, match="cannot_have_this_seat"):
        seats.appoint(running.by(), court.board("another board").user, "board")


@proves("R-001-29")
def test_nobody_keeps_complaints_and_is_a_confidential_counsellor(court: Court) -> None:
    officer = court.accounts["officer"].user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(
            email="other@voorbeeld.example", name=officer.name.upper(), role_key="confidential_counsellor"
        )
    assert User.objects.filter(pk=officer.pk).update(role_key="complaints_officer")


def test_a_key_alone_or_a_seat_alone_opens_nothing(court: Court) -> None:
    running = court.started()
    second = court.accounts["second"]
    Seat.objects.filter(user=second.user).update(left_on=MONDAY)
    with pytest.raises(Complaint.DoesNotExist):
        running.by("second")
    board = court.board()
    Seat.objects.create(
        complaint=running.row, user=board.user, role="board", since=MONDAY, admitted_on=MONDAY, accepted_on=MONDAY
    )
    assert board.keyring
    with pytest.raises(Complaint.DoesNotExist):
        open_complaint(running.row.reference, keyring=board.keyring, by=board.user)


@proves("R-001-80")
def test_only_who_keeps_the_file_serves(court: Court) -> None:
    running = court.started()
    running.invite("defendant")
    seats.appoint(running.by(), court.board().user, "board")
    with pytest.raises(NotNow, match="not_in_this_role"):
        serving.serve(running.by("boris board"), [running.start.letter.pk])


@proves("R-001-27")
def test_a_list_of_three_asks_as_much_as_a_list_of_one(
    court: Court, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = court.accounts["officer"]
    assert officer.keyring
    for _time in range(2):
        court.started()
        with CaptureQueriesContext(connection) as asked:
            found = listed(officer.keyring, by=officer.user)
    assert len(found) == 2
    assert {one.head["complainant"]["name"] for one in found} == {"Vera Klager"}
    court.started()
    with django_assert_num_queries(len(asked)):
        assert len(listed(officer.keyring, by=officer.user)) == 3


@proves("R-001-51")
def test_who_is_ruled_out_is_refused_also_with_a_seat_and_a_key_left_somewhere(court: Court) -> None:
    running = court.started()
    seats.appoint(running.by(), court.board().user, "board")
    running.by().keep("course", "facts", {"hold": ["board_member_involved"]}, on=MONDAY)

    with pytest.raises(Complaint.DoesNotExist):
        running.by("boris board")
    board = court.board()
    assert board.keyring
    assert listed(board.keyring, by=board.user) == []


def test_who_is_taken_off_the_list_loses_every_complaint_unless_nobody_else_keeps_it(court: Court) -> None:
    running = court.started()
    running.committee()
    second, member = court.accounts["second"], court.accounts["mark member"]
    seats.end_access(member.user, route="complaints_committee", on=MONDAY)
    with pytest.raises(Complaint.DoesNotExist):
        running.by("mark member")

    seats.end_access(second.user, route="contact_point", on=MONDAY)
    assert running.by("second")
    seats.end_access(second.user, route="complaints_officer", on=MONDAY)
    with pytest.raises(Complaint.DoesNotExist):
        running.by("second")
    seats.end_access(court.accounts["officer"].user, route="complaints_officer", on=MONDAY)
    assert running.by("officer").facts


@proves("R-001-29")
def test_inviting_somebody_with_the_name_of_the_other_kind_is_refused_with_a_sentence(court: Court) -> None:
    told = {"email": "a@voorbeeld.example", "function_nl": "x", "function_en": "x"}
    same = Invitation(told | {"name": "olga officer", "role_key": "confidential_counsellor"})
    assert not same.is_valid()
    assert "Nobody can be both" in str(same.non_field_errors())
    assert Invitation(told | {"name": "olga officer", "role_key": "administrator"}).is_valid()
