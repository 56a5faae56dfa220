"""A reply counts when a reader outside who may know the case has signed it; everything else changes nothing."""

from base64 import b64encode
from json import dumps
from typing import Any

import pytest
from django.utils.timezone import localdate

from haven.cases.actions import NotNow
from haven.cases.models import Case, State
from haven.dialogue import actions as dialogue
from haven.dialogue import outside as deeds
from haven.trail.models import Entry
from haven.vault import outside
from haven.vault.errors import CannotOpen
from haven.vault.models import SealedItem
from tests.counted import ended
from tests.institution import Institution
from tests.outside.conftest import Outsider, outsider, read_by

CLOSED = {"outcome": "talked", "category": "bullying", "destination": "none"}


def said_by(who: Outsider, case: Case, words: str, *, close: dict[str, str] | None = None, **more: Any) -> bytes:
    """What the command at the reader's signs."""
    opened = outside.unpack(case.pk, outside.pack([case.pk], who.kid)[case.pk], who.keyring)
    seq = more.pop("seq", case.mailbox.last_seq + 1)
    item = opened.answer({"from": "team", "by": who.reader.name, "text": words}, seq=seq, on=localdate())
    closing = ""
    if close is not None:
        coarse = {**opened.one("replies", "coarse"), **close}
        closing = outside.seal_closing(outside.institution().reader.public, item.pk, coarse)
    told = {"case": case.reference, "scope": case.pk.hex, "kid": who.kid}
    return dumps({**told, "item": outside.pack_item(item), "closing": closing, **more}).encode()


def receive(said: bytes, by: Outsider) -> bool:
    return deeds.receive(deeds.signed(said, outside.sign(by.keyring, deeds.REPLY, said)))


def read(code: str) -> list[str]:
    """The words of the team, as the reporter reads them."""
    box = dialogue.open_mailbox(code)
    assert box
    return [one.payload["text"] for one in box.messages() if one.payload.get("from") == "team"]


@pytest.fixture
def sent(house: Institution, outsiders: list[Outsider]) -> tuple[Case, str]:
    return house.report({"categories": ["bullying", "exclusion"], "support": "yes"})


def unchanged(case: Case) -> bool:
    now = Case.objects.get(pk=case.pk)
    same = (now.state, now.stamp, now.contacted_on) == (case.state, case.stamp, case.contacted_on)
    return same and not ended() and not Entry.objects.exclude(did="report.received").exists()


def test_the_reporter_reads_the_reply_and_the_first_contact_is_made(
    sent: tuple[Case, str], outsiders: list[Outsider]
) -> None:
    case, code = sent
    assert receive(said_by(outsiders[0], case, "We have read it."), outsiders[0])
    case.refresh_from_db()
    assert read(code) == ["We have read it."]
    assert (case.state, case.contacted_on, case.screened_on) == (State.OPEN, localdate(), localdate())
    line = Entry.objects.get(did="reply.sent")
    assert (line.subject, line.actor) == (case.reference, outsiders[0].kid)


def test_the_same_reply_twice_is_one_reply(sent: tuple[Case, str], outsiders: list[Outsider]) -> None:
    case, code = sent
    said = said_by(outsiders[0], case, "Once.", close=CLOSED)
    assert [receive(said, outsiders[0]) for _time in range(3)] == [True, False, False]
    assert read(code) == ["Once."]
    assert len(ended()) == 1
    assert Entry.objects.filter(did="reply.sent").count() == 1


def test_closing_counts_the_case_once_and_names_the_day_of_forgetting(
    sent: tuple[Case, str], outsiders: list[Outsider]
) -> None:
    case, _code = sent
    receive(said_by(outsiders[1], case, "It ends here.", close=CLOSED), outsiders[1])
    case.refresh_from_db()
    assert case.state == State.CLOSED
    assert case.forget_on is not None
    row = ended()[0]
    assert (row.category, row.outcome, row.destination, row.contact_in_time) == ("bullying", "talked", "none", "true")
    assert Entry.objects.filter(did="case.closed", actor=outsiders[1].kid).count() == 1
    with pytest.raises(NotNow, match="ended"):
        receive(said_by(outsiders[0], case, "Too late."), outsiders[0])


def test_who_is_no_reader_of_the_rulebook_is_not_heard(sent: tuple[Case, str], outsiders: list[Outsider]) -> None:
    case, _code = sent
    stranger = outsider("Stranger")
    said = said_by(outsiders[0], case, "x", kid=stranger.kid)
    for by in (stranger, outsiders[1]):
        with pytest.raises(CannotOpen):
            receive(said, by)
    assert unchanged(case)


def test_a_reader_who_left_the_rulebook_is_not_heard(sent: tuple[Case, str], outsiders: list[Outsider]) -> None:
    case, _code = sent
    read_by(*outsiders[1:])
    with pytest.raises(CannotOpen):
        receive(said_by(outsiders[0], case, "x"), outsiders[0])
    assert unchanged(case)


def test_who_was_struck_out_cannot_answer_a_case_they_heard_of(house: Institution, outsiders: list[Outsider]) -> None:
    case, _code = house.report(struck_out=frozenset([outsiders[0].kid]))
    said = said_by(outsiders[1], case, "x", kid=outsiders[0].kid)
    with pytest.raises(NotNow, match="absent"):
        receive(said, outsiders[0])
    assert unchanged(case)


def test_no_reader_outside_can_answer_a_case_of_another_route(
    house: Institution, outsiders: list[Outsider], sent: tuple[Case, str]
) -> None:
    case, _code = sent
    said = said_by(outsiders[0], case, "x")
    Case.objects.filter(pk=case.pk).update(route="contact_point")
    with pytest.raises(NotNow, match="absent"):
        receive(said, outsiders[0])


@pytest.mark.parametrize("place", range(0, 100, 9))
def test_one_changed_byte_is_found(sent: tuple[Case, str], outsiders: list[Outsider], place: int) -> None:
    case, _code = sent
    said = said_by(outsiders[0], case, "x")
    signature = outside.sign(outsiders[0].keyring, deeds.REPLY, said)
    at = len(said) * place // 100
    for changed, by in ((said[:at] + bytes([said[at] ^ 1]) + said[at + 1 :], signature), (said, signature[:at][:63])):
        with pytest.raises(CannotOpen):
            deeds.signed(changed, by)
    assert unchanged(case)


def test_a_signature_of_another_kind_of_file_is_none(sent: tuple[Case, str], outsiders: list[Outsider]) -> None:
    case, _code = sent
    said = said_by(outsiders[0], case, "x")
    with pytest.raises(CannotOpen):
        deeds.signed(said, outside.sign(outsiders[0].keyring, "package", said))


def test_a_reply_to_a_case_that_is_gone_is_refused(sent: tuple[Case, str], outsiders: list[Outsider]) -> None:
    case, code = sent
    said = said_by(outsiders[0], case, "x")
    box = dialogue.open_mailbox(code)
    assert box
    dialogue.withdraw(box)
    with pytest.raises(NotNow, match="absent"):
        receive(said, outsiders[0])
    Case.objects.all().delete()
    with pytest.raises(NotNow, match="absent"):
        receive(said, outsiders[0])
    assert len(ended()) == 1


@pytest.mark.parametrize(
    "close",
    [
        {**CLOSED, "outcome": "invented"},
        {**CLOSED, "category": "the dean of science"},
        {**CLOSED, "audience": "Sam Zwart, room 1.12"},
        {**CLOSED, "remark": "x"},
        {"outcome": "talked", "category": "bullying"},
    ],
)
def test_only_codes_of_the_rulebook_are_counted(
    sent: tuple[Case, str], outsiders: list[Outsider], close: dict[str, str]
) -> None:
    case, code = sent
    with pytest.raises(CannotOpen):
        receive(said_by(outsiders[0], case, "x", close=close), outsiders[0])
    assert unchanged(case)
    assert read(code) == []


@pytest.mark.parametrize(
    "item",
    [
        {"slot": "coarse"},
        {"seq": 0},
        {"seq": 2**31},
        {"id": "x"},
        {"on": "yesterday"},
        {"body": "é"},
        {"envelope": None},
    ],
)
def test_what_was_signed_but_makes_no_sense_is_refused(
    sent: tuple[Case, str], outsiders: list[Outsider], item: dict[str, Any]
) -> None:
    case, _code = sent
    opened = outside.unpack(case.pk, outside.pack([case.pk], outsiders[0].kid)[case.pk], outsiders[0].keyring)
    packed = outside.pack_item(opened.answer({"text": "x"}, seq=1, on=localdate()))
    with pytest.raises(CannotOpen):
        receive(said_by(outsiders[0], case, "x", item={**packed, **item}), outsiders[0])
    assert unchanged(case)


@pytest.mark.parametrize("said", [b"", b"{}", b"[]", b"null", b"\xff", b'{"case": 1}', dumps({"scope": "x"}).encode()])
def test_nonsense_is_refused(outsiders: list[Outsider], house: Institution, said: bytes) -> None:
    with pytest.raises(CannotOpen):
        receive(said, outsiders[0])


def test_an_item_of_another_case_is_not_written_over(
    house: Institution, sent: tuple[Case, str], outsiders: list[Outsider]
) -> None:
    case, _code = sent
    other, _other_code = house.report()
    taken = SealedItem.objects.filter(compartment__scope=other.pk)[0]
    before = b64encode(bytes(taken.body))
    packed = {**outside.pack_item(taken), "slot": "message", "seq": 1}
    assert not receive(said_by(outsiders[0], case, "x", item=packed), outsiders[0])
    taken.refresh_from_db()
    assert b64encode(bytes(taken.body)) == before


def test_a_reply_to_an_older_package_leaves_what_was_not_read_waiting(
    sent: tuple[Case, str], outsiders: list[Outsider]
) -> None:
    case, code = sent
    old = said_by(outsiders[0], case, "First.")
    box = dialogue.open_mailbox(code)
    assert box
    dialogue.write(box, "and this")
    receive(old, outsiders[0])
    case.refresh_from_db()
    assert case.reply_waiting
    receive(said_by(outsiders[1], Case.objects.get(pk=case.pk), "Second."), outsiders[1])
    case.refresh_from_db()
    assert not case.reply_waiting
    assert read(code) == ["First.", "Second."]
    assert Case.objects.get(pk=case.pk).mailbox.last_seq == 2
