"""What an editor writes in braces stands in the rulebook, and changes on every page at once."""

from dataclasses import replace

from django.test import Client

from haven.pages.models import StandardPage
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
