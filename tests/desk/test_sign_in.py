"""Signing in: two steps, nothing told about who has an account, and no words opened by it."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse

from haven.people.adapter import current_code, give_totp
from haven.people.models import User
from haven.vault.models import UnlockedSession
from tests.desk.conftest import AtDesk
from tests.institution import Institution, Person

PASSWORD = "the password of signing in"


@pytest.fixture
def person(house: Institution) -> Person:
    someone = house.readers[0]
    someone.user.set_password(PASSWORD)
    someone.user.save()
    return someone


def password(client: Client, person: Person, said: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": person.user.email, "password": said})


def test_two_steps_sign_in_and_open_no_words(person: Person, client: Client) -> None:
    give_totp(person.user)

    first = password(client, person)
    second = client.post(reverse("mfa_authenticate"), {"code": current_code(person.user)})

    assert first.headers["Location"] == reverse("mfa_authenticate")
    assert second.headers["Location"] == reverse("desk:inbox")
    assert client.get(reverse("desk:inbox")).headers["Location"].startswith(reverse("desk:unlock"))
    assert UnlockedSession.objects.count() == 0


def test_who_reads_nothing_lands_on_a_page_that_is_there(house: Institution, client: Client) -> None:
    admin = house.person("Pim", role="administrator", keys=False, serves=False)
    admin.user.set_password(PASSWORD)
    admin.user.save()
    give_totp(admin.user)
    asked = client.get(reverse("desk:inbox")).headers["Location"]

    client.post(asked, {"login": admin.user.email, "password": PASSWORD, "next": reverse("desk:inbox")})
    second = client.post(reverse("mfa_authenticate"), {"code": current_code(admin.user)})

    assert client.get(second.headers["Location"]).status_code == 200


def test_after_the_first_step_nothing_is_open(person: Person, client: Client) -> None:
    give_totp(person.user)
    password(client, person)

    assert client.get(reverse("desk:people")).headers["Location"].startswith(reverse("account_login"))


def test_a_code_works_once(person: Person, client: Client) -> None:
    give_totp(person.user)
    code = current_code(person.user)
    password(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code})

    other = Client()
    password(other, person)
    got = other.post(reverse("mfa_authenticate"), {"code": code})

    assert got.status_code == 200
    assert got.context["form"].errors["code"]


def test_who_has_no_second_step_sets_one_up_first(person: Person, client: Client) -> None:
    assert password(client, person).headers["Location"] == reverse("desk:inbox")
    assert client.get(reverse("desk:inbox")).headers["Location"] == reverse("mfa_activate_totp")

    again = client.get(reverse("mfa_activate_totp"), follow=True)
    sure = client.post(again.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)

    assert b"<svg" in sure.content
    assert sure.context["form"].secret in sure.content.decode()


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(person: Person) -> None:
    sent = [("nobody@voorbeeld.example", PASSWORD), (person.user.email, "not the password")]
    pages = []
    for email, said in sent:
        got = Client().post(reverse("account_login"), {"login": email, "password": said})
        pages.append((got.status_code, got.context["form"].errors.as_json()))

    assert pages[0] == pages[1]


def test_too_many_wrong_passwords_make_one_wait(person: Person, client: Client) -> None:
    for _time in range(5):
        password(client, person, "not the password")

    got = password(client, person)

    assert "too often" in got.context["form"].errors.as_json()


def test_nobody_signs_up(db: None, client: Client) -> None:
    for address in ("/en/sign-in/signup/", "/en/sign-in/password/reset/", "/en/sign-in/email/"):
        assert client.get(address).status_code == 404


def test_signing_out_locks_and_tells_the_browser_to_forget(house: Institution, at_desk: AtDesk) -> None:
    client = at_desk(house.readers[0])
    client.get(reverse("desk:inbox"))

    got = client.post(reverse("account_logout"))

    assert got.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert {name for name, cookie in got.cookies.items() if cookie["max-age"] == 0} == {"desk", "unlock", "form"}
    assert UnlockedSession.objects.count() == 0
    assert client.get(reverse("desk:inbox")).headers["Location"].startswith(reverse("account_login"))
    assert client.get(reverse("account_logout")).status_code == 405


def test_the_demo_helps_only_in_the_demo(person: Person, client: Client, settings: Any) -> None:
    give_totp(person.user)
    assert not settings.DEMO
    page = client.get(reverse("account_login"), {"as": person.user.email})
    password(client, person)
    second = client.get(reverse("mfa_authenticate"))

    assert person.user.name not in page.content.decode()
    assert "demo-only" not in page.content.decode()
    assert current_code(person.user) not in second.content.decode()


def test_secrets_of_second_factors_lie_sealed(person: Person) -> None:
    give_totp(person.user)

    stored = Authenticator.objects.get(user=person.user).data["secret"]

    assert len(stored) > 500
    assert current_code(person.user).isdigit()


class TestSetUp:
    def link(self, person: Person) -> str:
        token = default_token_generator.make_token(person.user)
        return reverse("set_up", kwargs={"person": person.user.pk, "token": token})

    def test_the_link_works_once(self, person: Person, client: Client) -> None:
        link = self.link(person)
        new = {"new_password1": "another long password", "new_password2": "another long password"}

        assert client.post(link, new).status_code == 302
        assert client.post(link, new).status_code == 404
        assert User.objects.get(pk=person.user.pk).check_password("another long password")

    def test_a_short_password_is_refused(self, person: Person, client: Client) -> None:
        got = client.post(self.link(person), {"new_password1": "short", "new_password2": "short"})

        assert "at least 12 characters" in got.content.decode()

    def test_another_link_leads_nowhere(self, person: Person, client: Client) -> None:
        assert client.get(reverse("set_up", kwargs={"person": person.user.pk, "token": "abc-def"})).status_code == 404
        assert client.get(reverse("set_up", kwargs={"person": 99999, "token": "abc-def"})).status_code == 404
