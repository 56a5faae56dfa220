"""`submit`, with what can go wrong around it."""

from typing import Any

import pytest
from django.utils.timezone import localdate

from haven.cases.models import Case
from haven.dialogue import actions as dialogue
from haven.dialogue.models import Mailbox
from haven.intake.actions import ReadersChanged, TooFewReaders, Withdrawn
from haven.notices.models import Outgoing
from haven.trail.models import Entry
from haven.vault.codes import new_code
from haven.vault.models import Grant
from tests.institution import Institution
from tests.proves import proves

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


def test_a_report_that_is_sent_twice_is_one_report(house: Institution) -> None:
    code = new_code()
    first, second = house.sent(code=code), house.sent(code=code)

    assert (first.again, second.again, second.differs, Case.objects.count()) == (False, True, False, 1)


def test_changed_words_under_a_used_code_are_told_apart(house: Institution) -> None:
    code = new_code()
    house.sent({"story": "one"}, code=code)

    assert house.sent({"story": "two"}, code=code).differs is True


def test_sending_again_works_when_a_reader_has_left_meanwhile(house: Institution) -> None:
    code = new_code()
    house.sent(code=code, struck_out=frozenset({house.readers[2].kid}))
    house.readers[0].user.memberships.all().delete()

    assert house.sent(code=code, struck_out=frozenset({house.readers[2].kid})).again is True


def test_a_withdrawn_report_does_not_come_back_when_a_browser_sends_it_again(house: Institution) -> None:
    _case, code = house.report()
    box = dialogue.open_mailbox(code)
    assert box is not None
    dialogue.withdraw(box)

    with pytest.raises(Withdrawn):
        house.sent(code=code)
    assert dialogue.open_mailbox(code) is None


def test_the_look_up_of_a_withdrawn_report_goes_when_no_form_can_be_valid_any_more(house: Institution) -> None:
    _case, code = house.report()
    box = dialogue.open_mailbox(code)
    assert box is not None
    dialogue.withdraw(box)
    Mailbox.objects.update(spent_on=localdate().replace(year=2020))

    assert (dialogue.sweep_spent(localdate()), Mailbox.objects.count()) == (1, 0)


@proves("R-002-17")
def test_a_report_is_not_taken_with_fewer_readers_than_the_route_needs(house: Institution) -> None:
    struck_out = frozenset(reader.kid for reader in house.readers[:2])

    with pytest.raises(TooFewReaders):
        house.sent(code=new_code(), struck_out=struck_out)
    assert Case.objects.count() == 0


@proves("R-002-17")
def test_nobody_reads_who_was_not_shown_to_the_reporter(house: Institution) -> None:
    shown = frozenset(reader.kid for reader in house.readers[:2])

    with pytest.raises(ReadersChanged):
        house.sent(code=new_code(), shown=shown)
    assert Case.objects.count() == 0


@proves("R-000-19")
def test_a_name_for_one_person_is_not_sealed_to_another_when_that_one_left(house: Institution) -> None:
    shown = frozenset(reader.kid for reader in house.readers)

    with pytest.raises(ReadersChanged):
        house.sent({"mode": "confidential", "name": "Sam"}, code=new_code(), shown=shown, keeper="somebody who left")
    assert Case.objects.count() == 0


@proves("R-002-09", "R-002-08")
def test_only_those_who_can_read_are_told_and_only_that_something_waits(house: Institution) -> None:
    struck = house.readers[2]
    house.report(struck_out=frozenset({struck.kid}))

    told = set(Outgoing.objects.values_list("to__name", "template"))
    assert told == {(reader.user.name, "waiting") for reader in house.readers[:2]}


@proves("R-000-18")
def test_an_anonymous_report_seals_no_identity_even_if_a_name_was_typed_before(house: Institution) -> None:
    case, _code = house.report({"mode": "anonymous", "name": "Sam", "contact_detail": "06"})

    opened = house.readers[0].opens(case)
    assert opened is not None
    assert (opened.knows_reporter, "Sam" in str(opened.answers), "06" in str(opened.answers)) == (False, False, False)
    assert not Grant.objects.filter(compartment__kind="identity").exists()


@proves("R-000-17")
def test_who_only_gives_a_signal_gets_no_first_contact_day(house: Institution) -> None:
    signal, _code = house.report({"support": "signal"})
    talk, _code = house.report({"support": "yes"})

    assert (signal.contact_due, talk.contact_due is not None) == (None, True)


def test_the_trail_holds_one_line_for_a_report_and_no_word_of_it(house: Institution) -> None:
    case, _code = house.report()

    assert list(Entry.objects.values_list("did", "subject", "actor")) == [
        ("report.received", case.reference, "reporter")
    ]
