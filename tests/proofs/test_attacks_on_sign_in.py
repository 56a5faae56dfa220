"""Somebody who has a password, an open browser, or only the mail address of a colleague."""

from concurrent.futures import ThreadPoolExecutor
from time import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as ours
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from haven.desk import patience
from haven.people.adapter import current_code, give_totp
from haven.people.models import Tried
from haven.people.tries import Tries
from haven.vault.models import KeyBundle, UnlockedSession
from tests.desk.conftest import sits_down
from tests.institution import PASSPHRASE, Institution, Person
from tests.proves import proves

PASSWORD = "the password of signing in"


@pytest.fixture
def person(house: Institution) -> Person:
    someone = house.readers[0]
    someone.user.set_password(PASSWORD)
    someone.user.save()
    return someone


def password(client: Client, person: Person, said: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": person.user.email, "password": said})


def signs_in(person: Person) -> Client:
    """With both factors, in a browser that was never here before."""
    client = Client()
    password(client, person)
    assert client.post(reverse("mfa_authenticate"), {"code": current_code(person.user)}).status_code == 302
    return client


def show_again(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


# ── What is counted is counted for all processes ──


def test_a_code_that_was_used_in_one_process_is_used_in_the_next(person: Person) -> None:
    """Two workers serve, and nothing in the memory of one is known to the other."""
    give_totp(person.user)
    code = current_code(person.user)
    password(client := Client(), person)
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert ours.CACHES["default"]["BACKEND"] == "haven.people.tries.Tries"
    another = Tries("", {})
    assert another.add(f"code-{person.user.pk}-{code}", "used") is False
    assert Tried.objects.count() > 0


def test_of_two_who_use_a_code_at_once_one_may(transactional_db: None) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(_add, ["the same"] * 12)) == 1


def _add(key: str) -> bool:
    try:
        return cache.add(key, "used", 60)
    finally:
        connection.close()


def test_what_is_counted_ends_and_holds_no_address(person: Person, settings: Any) -> None:
    password(Client(), person, "not the password")
    kept = [*Tried.objects.values_list("key", flat=True), *Tried.objects.values_list("value", flat=True)]

    assert kept
    assert not [text for text in kept if person.user.email in text]
    cache.set("short", 1, timeout=-1)
    assert cache.get("short") is None
    cache.set("other", 1)
    assert not Tried.objects.filter(key=Tries("", {})._name("short", None)).exists()


def test_many_tries_at_once_are_not_all_free(person: Person) -> None:
    """Stretching takes a while; whoever tries ten passphrases within it would not have had to wait for one."""
    assert patience.begin(person.user) == 0
    assert patience.begin(person.user) == 1
    patience.failed(person.user)
    assert patience.begin(person.user) == 0
    patience.succeeded(person.user)
    assert patience.begin(person.user) == 0


# ── Keeping somebody out ──


@proves("R-004-27")
def test_a_stranger_who_types_wrong_passwords_does_not_keep_the_owner_out(person: Person) -> None:
    give_totp(person.user)
    known, stranger = signs_in(person), Client()
    known.post(reverse("account_logout"))
    for _time in range(8):
        refused = password(stranger, person, "not the password")

    assert "too often" in refused.context["form"].errors.as_json()
    assert "too often" in password(Client(), person).context["form"].errors.as_json()
    assert password(known, person).headers["Location"] == reverse("mfa_authenticate")


def test_a_known_browser_guesses_no_further_than_others_and_knows_one_person(
    house: Institution, person: Person
) -> None:
    give_totp(person.user)
    known, other = signs_in(person), house.readers[1]
    known.post(reverse("account_logout"))
    for _time in range(6):
        own, others = password(known, person, "not it"), password(known, other, "not it")

    assert "too often" in own.context["form"].errors.as_json()
    assert "too often" in others.context["form"].errors.as_json()
    assert "too often" in password(Client(), other).context["form"].errors.as_json()


@pytest.mark.parametrize("value", ["", "x", "é", "A" * 5000])
def test_a_cookie_of_ones_own_making_is_no_known_browser(person: Person, value: str) -> None:
    stranger = Client()
    for _time in range(6):
        stranger.cookies[ours.KNOWN_COOKIE_NAME] = value
        got = password(stranger, person, "not it")

    assert "too often" in got.context["form"].errors.as_json()


def test_only_both_factors_make_a_browser_known(person: Person) -> None:
    client = Client()
    password(client, person)

    assert ours.KNOWN_COOKIE_NAME not in client.cookies


# ── A session that is older than the second factor ──


@proves("R-002-17")
def test_a_session_from_before_the_second_factor_ends_when_there_is_one(person: Person) -> None:
    """Whoever got hold of the first password waits, signed in, until the owner has set up the telephone."""
    thief, owner = Client(), Client()
    password(thief, person)
    password(owner, person)
    show_again(owner)
    secret = owner.get(reverse("mfa_activate_totp")).context["form"].secret
    assert thief.get(reverse("desk:people")).headers["Location"] == reverse("mfa_activate_totp")

    _activate(owner, secret)

    assert owner.get(reverse("desk:people")).status_code == 200
    assert thief.get(reverse("desk:people")).headers["Location"].startswith(reverse("account_login"))


def _activate(client: Client, secret: str) -> None:
    code = format_hotp_value(hotp_value(secret, int(time()) // 30))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302


# ── A browser that was left open ──


@proves("R-002-17")
def test_who_finds_an_open_browser_does_not_destroy_the_keys(person: Person) -> None:
    """Signed in and locked: that is how a laptop lies about."""
    thief = sits_down(person, unlocked=False)

    got = thief.post(reverse("desk:give_up"), {"sure": "yes"})

    assert got.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert KeyBundle.objects.get(owner=person.user).state == KeyBundle.State.CURRENT
    show_again(thief)
    assert thief.post(reverse("desk:give_up"), {"sure": "yes"}).status_code == 302
    assert KeyBundle.objects.get(owner=person.user).state == KeyBundle.State.RETIRED


@pytest.mark.parametrize(
    "name",
    ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn", "desk:give_up"],
)
def test_what_changes_how_one_comes_in_asks_again(person: Person, name: str) -> None:
    client = sits_down(person)
    if name == "mfa_activate_totp":
        client.post(reverse("desk:lock"))

    for answer in (client.get(reverse(name)), client.post(reverse(name), {"code": "000000"})):
        assert answer.headers.get("Location", "").startswith((reverse("account_reauthenticate"), reverse("mfa_index")))


def test_what_opens_keys_asks_for_the_passphrase_also_when_unlocked(person: Person) -> None:
    client, new = sits_down(person), "five green chairs under one roof"
    for name, form in [("passphrase", {"passphrase": new, "again": new}), ("new_recovery", {})]:
        before = list(person.user.key_bundles.get().slots.values_list("kind", "salt").order_by("kind"))
        for current in ("", "not my passphrase", PASSWORD):
            assert client.post(reverse(f"desk:{name}"), form | {"current": current}).status_code == 200
        cache.clear()
        assert list(person.user.key_bundles.get().slots.values_list("kind", "salt").order_by("kind")) == before


def test_after_signing_out_nothing_of_the_session_is_left(person: Person) -> None:
    client = sits_down(person)
    client.post(reverse("desk:account"), {"on_duty": "on"})  # leaves a remark for the next page
    stolen = {name: cookie.value for name, cookie in client.cookies.items()}

    client.post(reverse("account_logout"))

    assert UnlockedSession.objects.count() == 0
    assert {name for name, cookie in client.cookies.items() if cookie.value} <= {ours.KNOWN_COOKIE_NAME}
    thief = Client()
    for name, value in stolen.items():
        thief.cookies[name] = value
    assert thief.get(reverse("desk:inbox")).headers["Location"].startswith(reverse("account_login"))
    thief.force_login(person.user)
    assert thief.get(reverse("desk:inbox")).headers["Location"].startswith(reverse("desk:unlock"))
    assert PASSPHRASE not in str(stolen)
