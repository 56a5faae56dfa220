"""A reminder becomes the usual mail on its day: once, to who asked, and without a word."""

from datetime import date, timedelta
from typing import Any

import pytest

from haven.cases import reminders
from haven.clock.jobs import remind_to_look_again
from haven.notices.models import Outgoing, Reminder
from tests.institution import Institution
from tests.proofs.filled import open_for

TODAY = date(2026, 11, 16)


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


def told() -> list[tuple[int, str]]:
    return list(Outgoing.objects.values_list("to", "template"))


def test_on_the_morning_of_the_day_and_once(house: Institution, time_machine: Any) -> None:
    first, second = house.report(on=TODAY)[0], house.report(on=TODAY)[0]
    reader, day = house.readers[0], TODAY + timedelta(days=5)
    Outgoing.objects.all().delete()
    time_machine.move_to("2026-11-16 12:00")
    for case in (first, second):
        reminders.remind(open_for(reader, case), day=day, text="Ask again.", on=TODAY)
    assert Reminder.objects.count() == 1

    for moment, mails in (("2026-11-20 12:00", 0), ("2026-11-21 05:00", 0), ("2026-11-21 09:00", 1)):
        time_machine.move_to(moment)
        remind_to_look_again()
        assert len(told()) == mails

    remind_to_look_again()
    assert told() == [(reader.user.pk, "waiting")]
    assert not Reminder.objects.exists()
    reminders.looked(open_for(reader, first))
    assert not Reminder.objects.exists()


def test_a_later_day_replaces_the_earlier_one(house: Institution, time_machine: Any) -> None:
    case, _code = house.report(on=TODAY)
    time_machine.move_to("2026-11-16 12:00")
    for days in (2, 9):
        reminders.remind(open_for(house.readers[0], case), day=TODAY + timedelta(days=days), on=TODAY)

    assert list(Reminder.objects.values_list("day", flat=True)) == [TODAY + timedelta(days=9)]
    assert reminders.day_of(open_for(house.readers[0], case)) == TODAY + timedelta(days=9)
