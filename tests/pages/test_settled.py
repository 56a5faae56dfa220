"""What an editor writes in braces stands in the rulebook, and changes on every page at once."""

from dataclasses import replace
from datetime import date

from django.test import Client, RequestFactory
from django.utils.timezone import localdate

from haven.pages.models import DirectoryEntry, StandardPage
from haven.pages.models.activity import Activity
from haven.pages.models.activity_page import ActivityIndexPage
from haven.rulebook import shelf
from tests.pages.conftest import Homes, published
from tests.proves import proves


@proves("R-004-58")
def test_the_address_of_the_site_is_set_once_and_stands_in_every_text(client: Client, homes: Homes) -> None:
    words = "<p>Mail {site_mail} or call {emergency_number}. {other}</p>"
    page = StandardPage(title="Write to us", lead="At {site_mail}.", locale=homes["en"].locale, body=[("text", words)])
    published(page, below=homes["en"])
    book = shelf.current()

    for mail in ("one@haven.example", "two@haven.example"):
        shelf.put(replace(book, voices=book.voices.model_copy(update={"mail": mail})))
        for shown in (client.get("/en/write-to-us/").text, client.get("/en/").text):
            assert f"At {mail}." in shown
            assert "{site_mail}" not in shown
        number = book.institution.emergency.numbers[0].number
        assert f"Mail {mail} or call {number}. {{other}}" in client.get("/en/write-to-us/").text
        found = client.post("/en/search/", {"words": "write"}, headers={"sec-fetch-site": "same-origin"}).text
        assert f"At {mail}." in found


@proves("R-004-58")
def test_it_stands_as_well_where_an_editor_added_somebody_in_feeds_and_calendars_and_in_a_preview(
    client: Client, homes: Homes
) -> None:
    said, home = {"purpose_nl": "x", "purpose_en": "Mail {site_mail}."}, homes["en"]
    told = {"key": "talk", "title_nl": "Praten", "title_en": "Talk", "kind": "talk", "on": localdate()}
    talk = Activity(**told, **said, added_on=date(2026, 1, 1))
    talk.save()
    published(ActivityIndexPage(title="Activities", locale=home.locale), below=home)
    DirectoryEntry(
        locale=home.locale, name="Bees", does="At {site_mail}.", confidentiality="team", phone="1", live=True
    ).save()
    mail = shelf.current().voices.mail

    for address in ("/en/help/", "/en/feeds/activities.atom", "/en/feeds/activities.ics"):
        answer = client.get(address).content.decode().replace("\r\n ", "")
        assert mail in answer, address
        assert "{site_mail}" not in answer, address
    assert mail in talk.make_preview_request(RequestFactory().get("/"), "en").content.decode()


def test_what_somebody_types_into_a_form_stays_as_it_was(client: Client, homes: Homes) -> None:
    assert homes
    sent = client.post("/en/search/", {"words": "{site_mail}"}, headers={"sec-fetch-site": "same-origin"}).text
    assert 'value="{site_mail}"' in sent
