"""One's own keys: unlock, lock, the first time, lost passphrases."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from haven.desk import patience
from haven.vault.models import KeyBundle, UnlockedSession
from tests.desk.conftest import AtDesk, send
from tests.institution import PASSPHRASE, Institution, Person
from tests.proves import proves

NEW = "five green chairs under one roof"


def unlock(client: Client, secret: str, **more: str) -> Any:
    return client.post(reverse("desk:unlock"), {"secret": secret, "next": reverse("desk:inbox"), **more})


def test_the_passphrase_unlocks_and_leads_back(house: Institution, at_desk: AtDesk) -> None:
    client = at_desk(house.readers[0], unlocked=False)

    got = unlock(client, PASSPHRASE)

    cookie = got.cookies[settings.UNLOCK_COOKIE_NAME]
    assert got.headers["Location"] == reverse("desk:inbox")
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"], cookie["max-age"]) == (True, "Strict", "", "")
    assert client.get(reverse("desk:inbox")).status_code == 200


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_unlocking_leads_nowhere_else(house: Institution, at_desk: AtDesk, to: str) -> None:
    got = at_desk(house.readers[0], unlocked=False).post(reverse("desk:unlock"), {"secret": PASSPHRASE, "next": to})

    assert got.headers["Location"] == reverse("desk:inbox")


@proves("R-002-17")
def test_a_wrong_passphrase_gets_one_sentence_and_a_growing_wait(house: Institution, at_desk: AtDesk) -> None:
    person = house.readers[0]
    client = at_desk(person, unlocked=False)

    answers = [unlock(client, "not my passphrase") for _time in range(4)]

    assert all(b"That is not your passphrase" in got.content for got in answers[:3])
    assert b"Wait 1 second" in answers[3].content or answers[3].status_code == 200
    assert UnlockedSession.objects.count() == 0
    for _time in range(4):
        patience.failed(person.user)
    assert patience.seconds_to_wait(person.user) >= 8
    assert b"seconds and try again" in unlock(client, PASSPHRASE).content
    assert patience.seconds_to_wait(house.readers[1].user) == 0


def test_the_printed_recovery_code_unlocks_too(house: Institution, at_desk: AtDesk) -> None:
    newcomer = house.person("Newcomer", keys=False)
    client = at_desk(newcomer, unlocked=False)
    made = client.post(reverse("desk:first_keys"), {"passphrase": NEW, "again": NEW})
    code = made.context["code"]
    client.post(reverse("desk:lock"))

    assert client.get(reverse("desk:inbox")).status_code == 302
    assert unlock(client, code.lower()).status_code == 302
    assert client.get(reverse("desk:inbox")).status_code == 200


def test_the_paper_is_confirmed_by_its_last_group(house: Institution, at_desk: AtDesk) -> None:
    client = at_desk(house.person("Newcomer", keys=False), unlocked=False)
    made = client.post(reverse("desk:first_keys"), {"passphrase": NEW, "again": NEW})
    code, state = made.context["code"], made.context["form"].initial["state"]

    wrong = client.post(reverse("desk:confirm_recovery"), {"group": "0000", "state": state})
    right = client.post(reverse("desk:confirm_recovery"), {"group": code[-4:].lower(), "state": state})

    assert b"That is not the last group" in wrong.content
    assert code in wrong.content.decode()
    assert right.headers["Location"] == reverse("desk:inbox")


def test_the_recovery_code_of_a_colleague_is_not_shown(house: Institution, at_desk: AtDesk) -> None:
    made = at_desk(house.person("Newcomer", keys=False), unlocked=False).post(
        reverse("desk:first_keys"), {"passphrase": NEW, "again": NEW}
    )
    state = made.context["form"].initial["state"]

    got = at_desk(house.readers[0]).post(reverse("desk:confirm_recovery"), {"group": "0000", "state": state})

    assert got.status_code == 302
    assert KeyBundle.objects.filter(owner__name="Newcomer").count() == 1


@pytest.mark.parametrize(
    ("passphrase", "again", "says"),
    [
        ("short", "short", "too short"),
        (NEW, "something else here", "not the same"),
        ("sign in with this", "", "password"),
    ],
)
def test_a_poor_passphrase_is_refused_in_plain_words(
    house: Institution, at_desk: AtDesk, passphrase: str, again: str, says: str
) -> None:
    newcomer = house.person("Newcomer", keys=False)
    newcomer.user.set_password("sign in with this")
    newcomer.user.save()

    got = at_desk(newcomer, unlocked=False).post(
        reverse("desk:first_keys"), {"passphrase": passphrase, "again": again or passphrase}
    )

    assert says in got.content.decode()
    assert not KeyBundle.objects.filter(owner=newcomer.user).exists()


def test_a_changed_passphrase_closes_what_is_open_elsewhere(house: Institution, at_desk: AtDesk) -> None:
    person = house.readers[0]
    here, elsewhere = at_desk(person), at_desk(person)

    got = here.post(reverse("desk:passphrase"), {"current": PASSPHRASE, "passphrase": NEW, "again": NEW})

    assert got.status_code == 302
    assert here.get(reverse("desk:inbox")).status_code == 200
    assert elsewhere.get(reverse("desk:inbox")).status_code == 302
    assert unlock(elsewhere, PASSPHRASE).status_code == 200
    assert unlock(elsewhere, NEW).status_code == 302


def test_who_lost_everything_gives_up_the_old_keys_and_reads_nothing_until_confirmed(
    house: Institution, at_desk: AtDesk
) -> None:
    person = house.readers[3]
    case, _code = house.report()
    client = at_desk(person, unlocked=False)

    person.user.set_password("the password of signing in")
    person.user.save()
    client.force_login(person.user)
    client.post(reverse("account_reauthenticate"), {"password": "the password of signing in"})
    unsure = client.post(reverse("desk:give_up"))
    client.post(reverse("desk:give_up"), {"sure": "yes"})
    client.post(reverse("desk:first_keys"), {"passphrase": NEW, "again": NEW})

    assert unsure.status_code == 200
    assert client.get(reverse("desk:inbox")).context["rows"] == []
    assert client.get(reverse("desk:case", args=[case.reference])).status_code == 404
    later, _code = house.report()
    assert client.get(reverse("desk:case", args=[later.reference])).status_code == 404


def test_locking_closes_the_row_as_well(house: Institution, at_desk: AtDesk) -> None:
    client = at_desk(house.readers[0])
    client.get(reverse("desk:inbox"))

    client.post(reverse("desk:lock"))

    assert UnlockedSession.objects.count() == 0
    assert client.get(reverse("desk:inbox")).status_code == 302


class TestWordsAreKept:
    """The session ended while somebody was typing."""

    def sent_locked(self, person: Person, house: Institution, at_desk: AtDesk) -> tuple[Client, Any, Any]:
        case, _code = house.report()
        client = at_desk(person, unlocked=False)
        return client, case, send(client, case, "answer", text="An hour of careful words.")

    def test_and_are_there_again_after_unlocking(self, house: Institution, at_desk: AtDesk) -> None:
        client, case, asked = self.sent_locked(house.readers[0], house, at_desk)
        kept = asked.context["form"].initial["kept"]

        back = unlock(client, PASSPHRASE, kept=kept)

        assert b"What you typed is kept" in asked.content
        assert b"An hour of careful words." not in asked.content
        assert b"An hour of careful words." in back.content
        typed = {name: values[0] for name, values in back.context["typed"].items()}
        assert client.post(back.context["to"], typed).status_code == 302
        assert case.reference in back.context["to"]

    def test_but_not_in_the_hands_of_a_colleague(self, house: Institution, at_desk: AtDesk) -> None:
        _client, _case, asked = self.sent_locked(house.readers[0], house, at_desk)
        colleague = at_desk(house.readers[1], unlocked=False)

        got = unlock(colleague, PASSPHRASE, kept=asked.context["form"].initial["kept"])

        assert got.status_code == 302
        assert unlock(colleague, PASSPHRASE, kept="not ours").status_code == 302
