"""Error pages: as calm as the others, in both languages, and silent about the inside."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from django.views import defaults

ALL = ("400", "403", "404", "413", "500", "503")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", ALL)
def test_an_error_page_needs_no_request_and_offers_a_way_on(page: str, language: str) -> None:
    with override(language):
        shown = render_to_string(f"{page}.html")
    assert f'<html lang="{language}">' in shown
    assert shown.count("<h1>") == 1
    assert f'href="/{language}/contact/"' in shown
    assert f'href="/{language}/"' in shown


@pytest.mark.parametrize("page", ALL)
def test_an_error_page_is_the_same_for_every_address(page: str) -> None:
    one, other = (render_to_string(f"{page}.html", request=RequestFactory().get(at)) for at in ("/nl/a/", "/nl/b/?c=d"))
    assert one == other


def test_an_error_says_nothing_of_what_went_wrong() -> None:
    request = RequestFactory().get("/nl/")
    told = ValueError("/srv/haven/secret is broken")
    for answer in (defaults.bad_request(request, told), defaults.server_error(request)):
        assert b"secret" not in answer.content
        assert b"ValueError" not in answer.content
