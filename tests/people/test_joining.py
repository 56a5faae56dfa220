"""Who reads along. An administrator can make accounts and take them away, and can never get anybody a key."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from haven.desk import joining
from haven.notices.models import Outgoing
from haven.people import actions
from haven.people.adapter import has_second_factor
from haven.people.models import User
from haven.people.readers import readers_of
from haven.trail.models import Entry
from haven.vault.models import Endorsement, UnlockedSession
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person
from tests.proves import proves


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


@pytest.fixture
def coordinators(house: Institution) -> list[Person]:
    both = [house.person(f"Coordinator {number}", role="coordinator") for number in range(2)]
    for one in both:
        house.confirm(one, by=house.readers[:2])
    return both


@pytest.fixture
def admin(house: Institution) -> Person:
    return house.person("Pim", role="administrator", serves=False)


def endorse(by: Person, newcomer: Person) -> Any:
    return sits_down(by).post(reverse("desk:endorse", args=[newcomer.user.pk]), {"route": "contact_point"})


def names(on: Any = None) -> set[str]:
    return {one.name for one in readers_of("contact_point", on=on)}


@proves("R-002-17")
def test_two_readers_and_the_waiting_time_let_somebody_read(house: Institution, coordinators: list[Person]) -> None:
    newcomer = house.person("Newcomer")
    Outgoing.objects.all().delete()

    first = endorse(coordinators[0], newcomer)
    after_one = names(localdate() + timedelta(days=30))
    second = endorse(coordinators[1], newcomer)

    assert (first.status_code, second.status_code) == (302, 302)
    assert "Newcomer" not in after_one
    assert "Newcomer" not in names(localdate() + timedelta(days=2))
    assert "Newcomer" in names(localdate() + timedelta(days=3))
    told = {notice.to.name for notice in Outgoing.objects.filter(template="keys")}
    assert told == {"Reader 0", "Reader 1", "Reader 2", "Coordinator 0", "Coordinator 1"}
    assert Entry.objects.filter(did="keys.endorsed").count() == 2


def test_nobody_confirms_twice_or_oneself(house: Institution, coordinators: list[Person]) -> None:
    newcomer = house.person("Newcomer")
    endorse(coordinators[0], newcomer)

    again, own = endorse(coordinators[0], newcomer), endorse(coordinators[0], coordinators[0])

    assert (again.status_code, own.status_code) == (422, 422)
    assert Endorsement.objects.filter(kid=newcomer.kid).count() == 1


def test_who_does_not_read_this_route_confirms_nobody(house: Institution) -> None:
    newcomer, outsider = house.person("Newcomer"), house.person("Outsider", role="coordinator")

    assert endorse(outsider, newcomer).status_code == 422
    assert not Endorsement.objects.filter(kid=newcomer.kid).exists()


@proves("R-002-17")
def test_an_administrator_proposes_and_never_confirms(house: Institution, admin: Person) -> None:
    newcomer = house.person("Newcomer", serves=False)
    client = sits_down(admin)

    proposed = client.post(reverse("desk:propose", args=[newcomer.user.pk]), {"route": "contact_point"})
    confirmed = endorse(admin, newcomer)

    assert proposed.status_code == 302
    assert User.objects.serving("contact_point").filter(pk=newcomer.user.pk).exists()
    assert confirmed.status_code == 404
    assert "Newcomer" not in names(localdate() + timedelta(days=30))


def test_an_invitation_makes_an_account_and_a_link_that_is_shown_once(admin: Person) -> None:
    form = {"name": "Zoë Nieuw", "email": "Zoe@Voorbeeld.example", "function_nl": "M", "function_en": "O"}
    client = sits_down(admin)

    got = client.post(reverse("desk:invite"), form | {"role_key": "contact_point"})
    twice = client.post(reverse("desk:invite"), form | {"role_key": "contact_point"})

    zoe = User.objects.get(email="zoe@voorbeeld.example")
    assert not zoe.has_usable_password()
    assert got.context["link"] in got.content.decode()
    assert client.get(reverse("desk:person", args=[zoe.pk])).context["link"] == ""
    assert "is here already" in twice.content.decode()


def test_starting_anew_takes_password_second_factor_and_open_sessions(house: Institution, admin: Person) -> None:
    reader = house.readers[0]
    sits_down(reader)

    sits_down(admin).post(reverse("desk:start_anew", args=[reader.user.pk]), {"do": "anew"})

    assert not User.objects.get(pk=reader.user.pk).has_usable_password()
    assert not has_second_factor(reader.user)
    assert not UnlockedSession.objects.filter(bundle__owner=reader.user).exists()


def test_a_suspended_person_is_out_at_once(house: Institution, admin: Person) -> None:
    reader = house.readers[2]
    client = sits_down(reader)
    assert client.get(reverse("desk:inbox")).status_code == 200

    sits_down(admin).post(reverse("desk:start_anew", args=[reader.user.pk]), {"do": "suspend"})

    assert client.get(reverse("desk:inbox")).status_code in {302, 404}
    assert reader.user.name not in names()


def test_who_leaves_a_team_gets_no_new_reports(house: Institution, coordinators: list[Person]) -> None:
    leaver = house.readers[2]

    got = sits_down(coordinators[0]).post(reverse("desk:leave", args=[leaver.user.pk]), {"route": "contact_point"})

    assert got.status_code == 302
    assert leaver.user.name not in names()


@proves("R-002-17")
def test_everybody_sees_who_has_access_and_how_many(house: Institution, admin: Person) -> None:
    for viewer in (house.readers[0], admin):
        page = sits_down(viewer).get(reverse("desk:people"))
        assert page.context["active"] == 4
        assert [len(team.readers) for team in page.context["teams"]] == [3, 0, 0, 0, 0, 0]
        assert {person.name for person in page.context["staff"]} == {"Reader 0", "Reader 1", "Reader 2", "Pim"}


def test_being_on_duty_is_a_switch_of_ones_own(house: Institution) -> None:
    reader = house.readers[0]

    sits_down(reader).post(reverse("desk:account"), {"on_duty": "on"})
    assert User.objects.get(pk=reader.user.pk).on_duty
    sits_down(reader).post(reverse("desk:account"), {})
    assert not User.objects.get(pk=reader.user.pk).on_duty


def test_the_deeds_leave_a_line(house: Institution, admin: Person) -> None:
    actions.set_duty(house.readers[0].user, on_duty=True)
    actions.suspend(house.readers[1].user, by=admin.user)
    actions.readmit(house.readers[1].user, by=admin.user)
    joining.leave(house.readers[2].user, route="contact_point", by=house.readers[0].user)

    lines = list(Entry.objects.values_list("did", flat=True))
    assert lines == ["person.on_duty", "person.suspended", "person.readmitted", "person.left"]
