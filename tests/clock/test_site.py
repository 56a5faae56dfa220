"""A page appears and goes on the day that an editor chose."""

from datetime import timedelta

from django.test import Client
from django.utils.timezone import now

from haven.clock.site import publish_what_is_due
from haven.pages import planting
from haven.pages.models import HomePage, StandardPage


def test_a_page_appears_when_its_day_has_come(client: Client, db: None) -> None:
    planting.plant()
    home = HomePage.objects.get(locale__language_code="nl")
    page = StandardPage(title="Morgen", locale=home.locale, live=False, go_live_at=now() + timedelta(days=1))
    home.add_child(instance=page)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_what_is_due()
    assert client.get("/nl/morgen/").status_code == 404

    page.go_live_at = now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_what_is_due()
    assert client.get("/nl/morgen/").status_code == 200
