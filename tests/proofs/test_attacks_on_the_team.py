"""A colleague who reads nothing of a team, or an administrator: neither decides who reads its reports."""

import os
from typing import Any

import pytest
from django.conf import settings as ours
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases.actions import NotNow
from haven.desk import joining
from haven.notices.models import Outgoing
from haven.people.models import Membership
from haven.people.readers import readers_of
from haven.trail.models import Entry
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person
from tests.proves import proves
from tests.reporter.visitor import HERE

TEAM = {"route": "contact_point"}


@pytest.fixture
def stranger(house: Institution) -> Person:
    """Works at the desk, has keys of their own making, and is on another team."""
    return house.person("Stranger", serves=False)


@pytest.fixture
def admin(house: Institution) -> Person:
    return house.person("Pim", role="administrator", serves=False)


def reading() -> int:
    return len(readers_of("contact_point"))


def told() -> set[str]:
    return set(Outgoing.objects.filter(template="keys").values_list("to__name", flat=True))


# ── Taking readers away steers where the next report goes ──


@proves("R-002-17", "R-004-10")
def test_who_is_not_of_the_team_takes_no_reader_away(house: Institution, stranger: Person) -> None:
    client = sits_down(stranger)
    for reader in house.readers:
        got = client.post(reverse("desk:leave", args=[reader.user.pk]), TEAM)
        assert (got.status_code, got.context["wrong"] != "") == (422, True)

    assert (reading(), Membership.objects.filter(route="contact_point").count()) == (6, 6)
    assert not Entry.objects.filter(did="person.left").exists()


@proves("R-002-17")
def test_who_was_only_proposed_takes_no_reader_away(house: Institution) -> None:
    waiting = house.person("Waiting")
    with pytest.raises(NotNow):
        joining.leave(house.readers[0].user, route="contact_point", by=waiting.user)

    joining.leave(waiting.user, route="contact_point", by=waiting.user)
    assert reading() == 6


@proves("R-002-17")
def test_who_is_taken_off_the_list_is_told_like_all_others(house: Institution) -> None:
    Outgoing.objects.all().delete()
    sits_down(house.readers[0]).post(reverse("desk:leave", args=[house.readers[5].user.pk]), TEAM)

    assert reading() == 5
    assert told() == {one.user.name for one in house.readers}


@proves("R-002-17")
@pytest.mark.parametrize("wish", ["suspend", "anew"])
def test_what_an_administrator_does_to_a_reader_is_told_to_the_team(
    house: Institution, admin: Person, wish: str
) -> None:
    Outgoing.objects.all().delete()
    sits_down(admin).post(reverse("desk:start_anew", args=[house.readers[5].user.pk]), {"do": wish})

    assert told() == {one.user.name for one in house.readers}


@proves("R-002-17")
def test_keys_that_are_given_up_are_told_to_the_team_and_leave_a_line(house: Institution) -> None:
    """An administrator who starts a reader's sign-in anew can sign in as them and give up their keys; not unnoticed."""
    Outgoing.objects.all().delete()
    person = house.readers[5].user
    joining.give_up(person, person.key_bundles.get())

    assert reading() == 5
    assert told() == {one.user.name for one in house.readers}
    assert Entry.objects.filter(did="keys.given_up", subject=str(person.pk), day=localdate()).count() == 1


# ── Files where nobody asks for them ──


def stored() -> int:
    return sum(path.stat().st_size for path in ours.BLOB_ROOT.iterdir()) if ours.BLOB_ROOT.exists() else 0


@proves("R-003-13")
@pytest.mark.parametrize("path", ["/en/sign-in/", "/en/", "/en/nowhere/", "/style.css", "/exit/"])
def test_a_file_sent_to_a_page_that_asks_for_none_is_not_kept(house: Institution, path: str) -> None:
    """The reporter's door leaves room for words; a page that knows nothing of files would fill the disk to the brim."""
    Client().post(path, {"files": SimpleUploadedFile("a.bin", os.urandom(300_000)), "more": "x"})

    assert stored() == 0


@proves("R-003-13")
def test_a_file_sent_to_the_desk_is_not_kept_and_the_form_arrives(house: Institution) -> None:
    case, _code = house.report()
    client: Any = sits_down(house.readers[0])
    form = {"stamp": case.stamp, "text": "A note.", "files": SimpleUploadedFile("a.bin", os.urandom(300_000))}

    assert client.post(reverse("desk:note", args=[case.reference]), form).status_code == 302
    assert stored() == 0


def test_the_door_of_the_reporter_takes_files_all_the_same(house: Institution) -> None:
    anybody: Any = Client()
    anybody.post("/en/contact/mailbox/close/", {"files": SimpleUploadedFile("a.bin", os.urandom(9))}, **HERE)

    assert stored() > 0
