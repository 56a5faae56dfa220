"""Who hears at once that something is urgent: by the roster, and never somebody who cannot read it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import actions
from haven.clock import jobs
from haven.notices.models import Outgoing
from haven.people import duty
from haven.people.models import Duty, User
from haven.rulebook import shelf
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person
from tests.proofs.filled import open_for
from tests.proves import proves


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


def on_duty(person: Person, *, first: int = 0, last: int = 0, second: Person | None = None) -> Duty:
    today = localdate()
    days = {"first_on": today + timedelta(days=first), "last_on": today + timedelta(days=last)}
    return Duty.objects.create(
        route="contact_point", person=person.user, second=second.user if second else None, **days
    )


def told(template: str) -> set[str]:
    return set(Outgoing.objects.filter(template=template).values_list("to__name", flat=True))


@proves("R-002-12")
def test_an_urgent_report_reaches_who_is_in_the_roster_and_the_others_as_always(house: Institution) -> None:
    on_duty(house.readers[1])
    house.report(urgent=True)

    assert (told("urgent"), told("waiting")) == ({"Reader 1"}, {"Reader 0", "Reader 2"})


@proves("R-002-12")
def test_urgent_at_screening_reaches_who_is_in_the_roster(house: Institution) -> None:
    case, _code = house.report()
    on_duty(house.readers[1], second=house.readers[2])
    User.objects.filter(pk=house.readers[0].user.pk).update(on_duty=True)
    Outgoing.objects.all().delete()

    actions.screen(open_for(house.readers[0], case), "urgent")

    assert told("urgent") == {"Reader 1", "Reader 2"}


@proves("R-002-12", "R-000-21")
def test_who_is_on_duty_and_was_struck_out_hears_nothing_and_then_all_others_do(house: Institution) -> None:
    on_duty(house.readers[1])
    house.report(urgent=True, struck_out=frozenset({house.readers[1].kid}))

    assert (told("urgent"), told("waiting")) == ({"Reader 0", "Reader 2"}, set())


@proves("R-002-12")
def test_without_a_roster_it_goes_to_who_switched_it_on_and_else_to_all(house: Institution) -> None:
    on_duty(house.readers[1], first=1, last=7)
    house.report(urgent=True)
    everybody = told("urgent")
    Outgoing.objects.all().delete()
    User.objects.filter(pk=house.readers[2].user.pk).update(on_duty=True)
    house.report(urgent=True)

    assert (everybody, told("urgent")) == ({"Reader 0", "Reader 1", "Reader 2"}, {"Reader 2"})


def test_gaps_are_days_on_which_nobody_who_still_reads_is_on_duty(house: Institution) -> None:
    today = localdate()
    on_duty(house.readers[0], first=-3, last=2)
    on_duty(house.readers[1], first=5, last=40)
    on_duty(house.person("Not confirmed"), first=3, last=3)

    assert duty.gaps("contact_point") == [(today + timedelta(days=3), today + timedelta(days=4))]


def test_the_team_keeps_its_roster_and_nobody_else_does(house: Institution) -> None:
    client, path = sits_down(house.readers[0]), reverse("desk:duty")
    days = {"first_on": localdate().isoformat(), "last_on": localdate().isoformat()}
    form = {"route": "contact_point", "person": str(house.readers[1].user.pk), "second": "", **days}
    outsider = house.person("Outsider")

    made = client.post(path, form)
    wrong = client.post(path, form | {"last_on": date(2020, 1, 1).isoformat()})
    other = sits_down(outsider).post(path, form)
    entry = Duty.objects.get()
    sits_down(outsider).post(path, {"strike": entry.pk})
    there = Duty.objects.count()
    client.post(path, {"strike": entry.pk})

    assert (made.status_code, wrong.status_code, other.status_code) == (302, 422, 422)
    assert (entry.person, there, Duty.objects.count()) == (house.readers[1].user, 1, 0)


def test_the_health_page_names_the_gaps(house: Institution) -> None:
    page = sits_down(house.readers[0]).get(reverse("desk:health"))

    assert page.context["unmanned"][0][1] == [(localdate(), localdate() + timedelta(days=27))]
    assert "nobody is on duty" in page.content.decode()


def test_a_turn_of_duty_leaves_the_roster_when_the_rulebook_says(house: Institution) -> None:
    kept, book = 5, shelf.current()
    periods = book.retention.periods.model_copy(update={"duty_days": kept})
    shelf.put(replace(book, retention=book.retention.model_copy(update={"periods": periods})))
    on_duty(house.readers[0], first=-kept - 3, last=-kept - 1)
    on_duty(house.readers[1], first=-kept - 3, last=-kept)

    jobs.forget_past_duty()

    assert [one.person for one in Duty.objects.all()] == [house.readers[1].user]
