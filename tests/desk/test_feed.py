"""Days in one's own calendar: what is due by one's own keys, without a word, for as long as the address is wanted."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from icalendar import Calendar

from haven.cases import actions, reminders
from haven.cases.models import Case
from haven.desk import joining
from haven.notices import feed as feeds
from haven.notices.models import Feed
from haven.people import actions as people
from haven.rulebook import shelf
from haven.rulebook.institution import Notices
from tests.desk.conftest import AtDesk
from tests.institution import Institution
from tests.proofs.filled import open_for
from tests.proves import proves


def asked(token: str) -> Any:
    return Client().get(reverse("desk:feed", args=[token]))


def days(token: str) -> list[date]:
    """As a calendar program reads them."""
    return [event["dtstart"].dt for event in entries(asked(token))]


def entries(answer: Any) -> list[Any]:
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


@proves("R-000-21")
def test_an_entry_says_that_something_is_due_and_nothing_else(house: Institution) -> None:
    case, _code = house.report({"mode": "named", "name": "Somebody", "contact_way": "mailbox"})
    assert case.contact_due
    later = localdate() + timedelta(days=40)
    reminders.remind(open_for(house.readers[0], case), day=later, text="About the corridor.")
    token = feeds.renew(house.readers[0].user)

    answer = asked(token)

    assert days(token) == sorted({case.contact_due, later})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    first, _second = entries(answer)
    assert {name: str(first[name]) for name in first if name not in {"DTSTART", "DTEND", "DTSTAMP"}} == {
        "UID": f"{first['dtstart'].dt:%Y%m%d}@haven.invalid",
        "SUMMARY": "Haven: something is due",
        "CLASS": "PRIVATE",
        "TRANSP": "TRANSPARENT",
    }
    assert case.reference not in answer.content.decode()


@proves("R-000-21", "R-002-17")
def test_whom_a_report_is_about_sees_the_same_calendar_with_and_without_it(house: Institution) -> None:
    accused = house.readers[3]
    token = feeds.renew(accused.user)
    without = asked(token).content

    answers = {"mode": "named", "name": "Somebody", "contact_way": "mailbox"}
    case, _code = house.report(answers, struck_out=frozenset({accused.kid}))

    assert asked(token).content == without
    assert days(feeds.renew(house.readers[0].user)) == [case.contact_due]


def test_what_is_late_stands_on_today_and_what_was_done_does_not_stand(house: Institution) -> None:
    case, _code = house.report({"mode": "named", "name": "Somebody", "contact_way": "mailbox"})
    token = feeds.renew(house.readers[0].user)
    with time_machine.travel(localdate() + timedelta(days=60)):
        assert days(token) == [localdate()]

    actions.record_attempt(open_for(house.readers[0], case), way="phone", reached=True)

    assert days(token) == []


def test_a_day_by_which_somebody_has_to_look_stands_there_too(house: Institution) -> None:
    case, _code = house.report()
    look = localdate() + timedelta(days=9)
    Case.objects.filter(pk=case.pk).update(look_by=look, contact_due=None)

    assert days(feeds.renew(house.readers[0].user)) == [look]


def test_a_calendar_stays_when_somebody_works_somewhere_else(house: Institution) -> None:
    reader, admin = house.readers[0].user, house.person("Pim", role="administrator", serves=False).user
    token = feeds.renew(reader)

    joining.told(partial(people.set_unit, unit="science"), reader, by=admin)

    assert asked(token).status_code == 200


@proves("R-002-09")
def test_at_fixed_hours_every_calendar_is_the_same_whatever_came(house: Institution) -> None:
    book = shelf.current()
    rules = Notices(mode="fixed-hours")
    shelf.put(replace(book, institution=book.institution.model_copy(update={"notices": rules})))
    one, other = (feeds.renew(reader.user) for reader in house.readers[:2])
    before = asked(one).content

    house.report({"mode": "named", "name": "Somebody", "contact_way": "mailbox"})

    assert asked(one).content == asked(other).content == before
    assert len(days(one)) > 15


@pytest.mark.parametrize("how", ["renewed", "off", "suspended", "anew"])
def test_an_address_leads_nowhere_when_it_is_not_wanted_any_more(house: Institution, how: str) -> None:
    person, admin = house.readers[0].user, house.person("Admin", role="administrator", serves=False).user
    token = feeds.renew(person)
    assert asked(token).status_code == 200

    if how == "renewed":
        feeds.renew(person)
    elif how == "off":
        feeds.switch_off(person)
    elif how == "suspended":
        people.suspend(person, by=admin)
    else:
        joining.at_the_door(people.start_anew, person, by=admin)

    assert asked(token).content == asked("x" * 43).content
    assert asked(token).status_code == 404


def test_the_address_is_shown_once_and_not_kept(house: Institution, at_desk: AtDesk) -> None:
    client, page = at_desk(house.readers[0]), reverse("desk:feed_address")

    shown = client.post(page, {"do": "renew"}).context["address"]

    assert Client().get(shown).status_code == 200
    token = shown.rstrip("/").rsplit("/", 1)[-1]
    assert token.encode() not in bytes(Feed.objects.get().digest)
    assert token not in client.get(page).content.decode()
    client.post(page, {"do": "off"})
    assert not Feed.objects.exists()
