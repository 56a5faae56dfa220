"""A site with its trees, as a plain institution has them, and people who write it."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

from haven.pages import planting
from haven.pages.models import HomePage
from haven.people import editors
from haven.people.adapter import give_totp
from haven.people.models import User

type Homes = dict[str, HomePage]
type SignedIn = Callable[[str], Client]


@pytest.fixture
def homes(db: None) -> Homes:
    planting.plant()
    return {page.locale.language_code: page for page in HomePage.objects.all()}


@pytest.fixture
def signed_in(db: None) -> SignedIn:
    """Gives a browser in which somebody with this role signed in."""

    def sign_in(role: str) -> Client:
        email = f"{role}@voorbeeld.example"
        user = User.objects.create(email=email, name=role, function_nl="x", function_en="x", role_key=role)
        editors.admit(user)
        give_totp(user)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def published(page: Page, *, below: Page) -> Page:
    below.add_child(instance=page)
    page.save_revision().publish()
    return page
