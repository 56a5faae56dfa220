"""A letter makes a complaint; parties come in with a number and a code; both sides get the same at the same moment."""

import pytest

from haven.complaints import documents, entering, parties, serving
from haven.complaints.documents import Draft
from haven.complaints.models import Complaint, Document, Party, Served
from haven.complaints.opened import NotNow, open_complaint, open_party
from haven.complaints.starting import start
from haven.vault.errors import CannotOpen
from haven.vault.models import KeySlot, SealedItem
from tests.complaints.court import MONDAY, PASS, SECRET, Court, letter
from tests.proves import proves


@proves("R-001-10")
def test_nothing_is_a_complaint_before_the_regulation_is_invoked(court: Court) -> None:
    with pytest.raises(NotNow, match="not_invoked"):
        start(letter(invoked=False), on=MONDAY)
    assert not Complaint.objects.exists()


@proves("R-001-46", "R-001-12")
def test_the_letter_becomes_a_fixed_document_that_complainant_and_officers_read(court: Court) -> None:
    running = court.started()

    mine, theirs = running.party("complainant").papers, running.by().papers
    assert [one.text for one in mine] == [one.text for one in theirs]
    assert SECRET in mine[0].text
    assert len(mine[0].sha256) == 64
    assert mine[0].on == MONDAY
    assert not any(SECRET.encode() in bytes(one.body) for one in SealedItem.objects.all())


@proves("R-001-48")
def test_what_a_letter_lacks_is_told_and_the_day_of_receipt_stays(court: Court) -> None:
    running = court.started(steps_taken="", defendants=())

    assert running.by().head["lacks"] == ["defendants", "steps_taken"]
    assert running.row.received_on == MONDAY
    assert letter().lacks() == ()


def test_the_code_of_the_letter_works_once_and_a_passphrase_afterwards(court: Court) -> None:
    running = court.started()
    number, code = running.start.invitation.number, running.start.invitation.code

    with pytest.raises(CannotOpen):
        entering.enter_first_time(number, code, "another passphrase")
    with pytest.raises(CannotOpen):
        entering.enter(number, code)
    assert open_party(entering.enter(number, PASS)).party.number == number
    assert {one.kind for one in KeySlot.objects.filter(bundle=running.rows["complainant"].bundle)} == {
        "passphrase",
        "recovery",
    }


def test_wrong_tries_have_to_wait_and_an_unknown_number_is_the_same_answer(court: Court) -> None:
    running = court.started()
    for number in (running.start.invitation.number, "0000-0000-0000"):
        for _try in range(3):
            with pytest.raises(CannotOpen):
                entering.enter(number, "wrong")
        with pytest.raises(entering.TooSoon):
            entering.enter(number, PASS)


@proves("R-001-105")
def test_no_document_opens_before_confidentiality_was_accepted(court: Court) -> None:
    running = court.started()
    defendant = running.invite("defendant", accepts=False)
    serving.serve(running.by(), [running.start.letter.pk], on=MONDAY)

    assert running.party("defendant").papers == []
    entering.accept_confidentiality(defendant, on=MONDAY)
    assert [one.row for one in running.party("defendant").papers] == [running.start.letter]
    assert running.party("defendant").party.accepted_on == MONDAY


@proves("R-001-64", "R-001-114")
def test_both_sides_are_served_in_one_dispatch_or_not_at_all(court: Court) -> None:
    running = court.started()
    with pytest.raises(NotNow, match="a_side_is_missing"):
        serving.serve(running.by(), [running.start.letter.pk])
    assert not Served.objects.exists()

    running.invite("defendant")
    dispatch = serving.serve(running.by(), [running.start.letter.pk], on=MONDAY)
    assert {(one.dispatch, one.party.role, one.on) for one in Served.objects.all()} == {
        (dispatch, "complainant", MONDAY),
        (dispatch, "defendant", MONDAY),
    }
    assert serving.unequal(running.row) == []
    assert SECRET in running.party("defendant").papers[0].text


def test_a_second_defendant_gets_at_once_what_the_first_was_given(court: Court) -> None:
    running = court.started()
    running.invite("defendant")
    serving.serve(running.by(), [running.start.letter.pk], on=MONDAY)
    second = running.invite("second defendant", role="defendant")

    assert [one.row for one in second.papers] == [running.start.letter]
    assert serving.unequal(running.row) == []


@proves("R-001-65")
def test_what_a_third_party_told_waits_for_their_written_permission(court: Court) -> None:
    running = court.started()
    running.invite("defendant")
    complainant = running.party("complainant")
    waiting = documents.file_document(complainant, Draft(kind="statement", title="Mail", text="x", third_party=True))
    with pytest.raises(NotNow, match="third_party_must_agree"):
        serving.serve(running.by(), [waiting.pk])
    with pytest.raises(NotNow, match="no_permission"):
        documents.admit(running.by(), waiting.pk, waiting.pk)

    permission = documents.file_document(
        running.party("complainant"), Draft(kind="permission", title="Yes", text="I agree")
    )
    documents.admit(running.by(), waiting.pk, permission.pk)
    serving.serve(running.by(), [waiting.pk, permission.pk])
    assert len(running.party("defendant").papers) == 2


@proves("R-001-66", "R-001-67")
def test_a_support_person_sees_what_the_party_shows_until_the_party_ends_it(court: Court) -> None:
    running = court.started()
    letter_ = str(running.start.letter.pk)
    found = parties.support(running.party("complainant"), "support_person", {"name": "Friend"}, sees_all=False)
    friend = running.let_in("friend", found)
    assert friend.papers == []

    parties.show(running.party("complainant"), found.party, [letter_])
    assert [str(one.row.pk) for one in running.party("friend").papers] == [letter_]
    with pytest.raises(NotNow, match="not_in_this_role"):
        documents.file_document(running.party("friend"), Draft(kind="statement", title="x", text="x"))

    parties.end_support(running.party("complainant"), found.party)
    with pytest.raises(Party.DoesNotExist):
        running.party("friend")
    with pytest.raises(CannotOpen):
        entering.enter(found.number, PASS)


@proves("R-001-87")
def test_each_inspection_is_logged_once_a_day(court: Court) -> None:
    running = court.started()
    for _time in range(2):
        documents.inspect(running.party("complainant"), running.start.letter.pk, on=MONDAY)

    (line,) = documents.inspections(running.by())
    assert line == (MONDAY, running.rows["complainant"].pk.hex, running.start.letter.pk)
    with pytest.raises(Document.DoesNotExist):
        documents.inspect(running.invite("defendant"), running.start.letter.pk)


def test_who_writes_in_the_database_cannot_put_other_keys_in_the_place_of_a_party(court: Court) -> None:
    running = court.started()
    running.invite("defendant")
    stranger = court.started()
    bundle = stranger.rows["complainant"].bundle
    stranger.row.delete()
    Party.objects.filter(pk=running.rows["defendant"].pk).update(bundle=bundle)

    with pytest.raises(CannotOpen):
        serving.serve(running.by(), [running.start.letter.pk])


def test_new_keys_for_a_party_who_lost_theirs_end_the_old_ones(court: Court) -> None:
    running = court.started()
    old = running.rings["complainant"]
    again = parties.invite_again(running.by(), running.rows["complainant"], on=MONDAY)

    with pytest.raises(Party.DoesNotExist):
        open_party(old)
    running.let_in("complainant", again)
    assert [one.row for one in running.party("complainant").papers] == [running.start.letter]


def test_a_stranger_and_a_struck_out_officer_find_nothing(court: Court) -> None:
    third = court.house.person("Olaf Officer", role="complaints_officer")
    court.house.confirm(third, by=court.house.readers[:2])
    started = start(letter(), struck_out=[third.kid], on=MONDAY)
    assert third.keyring

    with pytest.raises(Complaint.DoesNotExist):
        open_complaint(started.complaint.reference, keyring=third.keyring, by=third.user)
    assert not Complaint.objects.granted_to(third.keyring).exists()
