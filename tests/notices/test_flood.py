"""In a flood one usual mail tells of everything that waits; what is urgent leaves at once, and nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from haven.notices import actions
from haven.notices.actions import deliver, tell
from haven.notices.models import Calm, Outgoing
from haven.people.models import User
from haven.rulebook import shelf
from tests.institution import Institution
from tests.post import PostOffice
from tests.proves import proves

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2027, 2, 1, 11, tzinfo=UTC)


@pytest.fixture
def house(settings: Settings) -> Institution:
    return Institution(settings).with_readers(2)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


def mails(office: PostOffice) -> Counter[tuple[str, str]]:
    """To whom, and the first line; and forget them."""
    found = Counter((str(one["To"]), str(one.get_content()).splitlines()[0]) for one in office.mails)
    office.mails.clear()
    return found


USUAL, LOOK_NOW = "Er wacht iets op je.", "Er wacht iets op je. Kijk nu."


@proves("R-002-09")
def test_a_flood_of_ten_minutes_is_two_mails_for_each_reader_and_the_last_report_is_told(
    house: Institution, post_office: PostOffice, clock: time_machine.Traveller
) -> None:
    readers = [one.user.email for one in house.readers]
    for _tick in range(30):
        tell([one.user for one in house.readers], "waiting")
        deliver()
        clock.shift(timedelta(seconds=20))
    assert mails(post_office) == {(to, USUAL): 1 for to in readers}
    assert Outgoing.objects.count() == 2, "the others are one that waits"
    clock.shift(timedelta(minutes=5))
    deliver()
    deliver()
    assert mails(post_office) == {(to, USUAL): 1 for to in readers}
    assert not Outgoing.objects.exists()
    clock.shift(timedelta(minutes=15))
    deliver()
    assert (mails(post_office), Calm.objects.exists()) == ({}, False)


@proves("R-002-12")
def test_what_is_urgent_leaves_at_once_every_time_in_the_middle_of_a_flood(
    house: Institution, post_office: PostOffice, clock: time_machine.Traveller
) -> None:
    on_duty = house.readers[0].user
    User.objects.filter(pk=on_duty.pk).update(on_duty=True)
    house.report()
    deliver()
    mails(post_office)
    for _report in range(2):
        clock.shift(timedelta(seconds=20))
        house.report(urgent=True)
        deliver()
        assert mails(post_office) == {(on_duty.email, LOOK_NOW): 1}


def test_a_mail_that_was_refused_or_cut_off_is_tried_again_as_soon_as_ever(
    house: Institution,
    post_office: PostOffice,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = house.readers[0].user
    post_office.refuses = True
    tell([person], "waiting")
    deliver()
    post_office.refuses = False
    tell([person], "waiting")
    deliver()
    assert mails(post_office) == {(person.email, USUAL): 1}, "a refusal calms nobody"
    clock.shift(timedelta(minutes=20))
    deliver()
    mails(post_office)

    clock.shift(timedelta(minutes=20))
    tell([person], "waiting")
    with monkeypatch.context() as killed:
        killed.setattr(actions, "_send", _dies)
        with pytest.raises(KeyboardInterrupt):
            deliver()
    clock.shift(timedelta(minutes=3))
    deliver()
    assert mails(post_office) == {(person.email, USUAL): 1}


def _dies(_notice: object) -> int:
    raise KeyboardInterrupt


def test_an_institution_can_let_every_mail_leave(
    house: Institution, post_office: PostOffice, clock: time_machine.Traveller
) -> None:
    book = shelf.current()
    rules = book.institution.notices.model_copy(update={"calm_minutes": 0})
    shelf.put(replace(book, institution=book.institution.model_copy(update={"notices": rules})))
    for _report in range(3):
        tell([house.readers[0].user], "waiting")
        deliver()
        clock.shift(timedelta(seconds=20))
    assert mails(post_office).total() == 3
