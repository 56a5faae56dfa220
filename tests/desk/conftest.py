"""The desk as people sit at it: signed in with two factors, unlocked or not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as ours
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from haven.cases.models import Case
from haven.people.adapter import give_totp
from haven.vault import unlocking
from tests.institution import Institution, Person

type AtDesk = Callable[..., Client]


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(4)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Addresses are reversed in English, so pages are English too."""
    with override("en"):
        yield


@pytest.fixture
def at_desk() -> AtDesk:
    return sits_down


def sits_down(person: Person, *, unlocked: bool = True, second_factor: bool = True) -> Client:
    """A browser in which this person is signed in, in English."""
    client = Client()
    client.force_login(person.user)
    if second_factor and not Authenticator.objects.filter(user=person.user).exists():
        give_totp(person.user)
    if unlocked and person.keyring:
        secret = unlocking.open_session(person.user.key_bundles.get(state="current"), person.keyring)
        client.cookies[ours.UNLOCK_COOKIE_NAME] = secret
    return client


def send(client: Client, case: Case, deed: str, **form: Any) -> Any:
    """Send the form as it stands on the page of the case now."""
    stamp = Case.objects.get(pk=case.pk).stamp
    return client.post(reverse(f"desk:{deed}", args=[case.reference]), {"stamp": stamp, **form})


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def page(client: Client, case: Case) -> Any:
    return client.get(reverse("desk:case", args=[case.reference])).context["page"]


@pytest.fixture
def coordinator(house: Institution) -> Person:
    person = house.person("Coordinator", role="coordinator")
    house.confirm(person, by=house.readers[:2])
    return person
