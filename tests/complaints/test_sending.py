"""A letter from the site: sent once however often it comes, to who was shown, and nowhere in plain."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.utils.timezone import localdate

from haven.complaints import entering, regulation, sending
from haven.complaints.insiders import NoOffice
from haven.complaints.models import Complaint, Seat
from haven.complaints.opened import NotNow
from haven.intake import complaining
from haven.intake.state import Draft
from haven.reporter import letterpages, wizard
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FORM
from haven.vault.codes import new_code
from tests.complaints import small
from tests.complaints.court import PASS, Court, letter
from tests.proofs.tables import database
from tests.proves import proves

ANSWERS = {
    FORM: "complaint_letter",
    "letter_entity": "university",
    "letter_relation": "former_student",
    "letter_left": "2020-01-31",
    "letter_about": [{"name": "Zqdefendant", "function": "", "as": "board_member"}],
    "letter_what": "zqstorywm",
    "letter_when": {"from": "", "to": "2020-01-31", "repeated": True},
    "letter_tried": "none",
    "letter_legal": "pending",
    "letter_name": "Zqcomplainant",
    "letter_reach": "06 zqphonewm",
    complaining.SIGNED: list(complaining.STATEMENTS),
}


@pytest.fixture
def send(court: Court) -> Callable[..., sending.Sent]:
    kids = frozenset(one.kid for one in court.house.readers)

    def send(key: str, **more: object) -> sending.Sent:
        told = {"shown": kids} | more
        return sending.send(letter(received_on=localdate()), key=key, **told)  # type: ignore[arg-type]

    return send


@proves("R-001-47")
def test_the_same_form_sent_twice_is_one_complaint_with_the_same_number_and_code(
    send: Callable[..., sending.Sent],
) -> None:
    key = new_code()
    first, second = send(key), send(key)

    assert (second.row, second.number, second.code) == (first.row, first.number, first.code)
    assert (first.again, second.again, Complaint.objects.count()) == (False, True, 1)
    entering.enter_first_time(first.number, first.code, PASS)
    assert send(key).code == ""
    assert send(new_code()).row != first.row


def test_it_is_sealed_to_who_was_shown_and_not_struck_out_or_not_taken(
    court: Court, send: Callable[..., sending.Sent]
) -> None:
    one, other = (reader.kid for reader in court.house.readers)
    with pytest.raises(sending.OfficersChanged):
        send(new_code(), shown={one})
    with pytest.raises(NoOffice):
        send(new_code(), struck_out={other})
    assert not Complaint.objects.exists()

    third = court.house.person("Third Officer", role="complaints_officer")
    court.house.confirm(third, by=court.house.readers)
    sent = send(new_code(), shown={one, other, third.kid}, struck_out={other})
    assert set(Seat.objects.filter(complaint=sent.row).values_list("user__name", flat=True)) == {
        "Olga Officer",
        "Third Officer",
    }


@proves("R-001-05", "R-001-54", "R-001-59")
def test_too_long_ago_is_said_and_never_refused(court: Court) -> None:
    draft = Draft(answers=ANSWERS)
    said = complaining.letter_from(draft, "en")

    assert [len(letterpages.flags(draft)), said.complainant.relation_ended] == [3, date(2020, 1, 31)]
    assert (said.defendants[0].member_of_board, said.lacks(), wizard.CODE in wizard.steps(draft)) == (True, (), True)
    kids = {one.kid for one in court.house.readers}
    sent = sending.send(said, key=draft.code, shown=kids)
    assert [one.key for one in regulation.flags(sent.regulation, said)] == [
        "long_ago", "left_long_ago", "legal_procedure",
    ]  # fmt: skip


@proves("R-001-50")
def test_who_is_of_the_board_and_who_works_here_stands_in_the_regulation(court: Court) -> None:
    draft = Draft(answers=ANSWERS)
    assert {"member_of_board", "other_employed"} <= complaining.letter_from(draft, "en").signs()

    shelf.put(replace(shelf.current(), procedures=small.regulation(employed=["student"], of_the_board=["student"])))
    assert complaining.letter_from(draft, "en").signs() == frozenset()


@proves("R-001-10", "R-001-57")
def test_nothing_is_sent_before_each_statement_is_signed_and_nothing_without_a_name(court: Court) -> None:
    kids = {one.kid for one in court.house.readers}
    for signed in ([], ["own", "true"], ["invoked"]):
        unsigned = complaining.letter_from(Draft(answers={**ANSWERS, complaining.SIGNED: signed}), "en")
        with pytest.raises(NotNow, match="not_invoked"):
            sending.send(unsigned, key=new_code(), shown=kids)
    nameless = Draft(answers={**ANSWERS, "letter_name": " "}, shown=frozenset(kids))
    assert wizard.obstacle(nameless) == "ask:letter_name"


@proves("R-001-12", "R-001-46")
def test_no_name_and_no_word_of_a_letter_lies_anywhere_in_plain(court: Court) -> None:
    kids = {one.kid for one in court.house.readers}
    draft = Draft(answers=ANSWERS)
    sent = sending.send(complaining.letter_from(draft, "en"), key=draft.code, shown=kids)

    everything = repr(database()).lower()
    words = ("zqdefendant", "zqstorywm", "zqcomplainant", "zqphonewm", "board_member", "pending")
    assert [word for word in words if word in everything] == []
    assert sent.row.reference.lower() in everything
    for code in (draft.code, sent.code, sent.code.replace(" ", "")):
        assert code.lower() not in everything
