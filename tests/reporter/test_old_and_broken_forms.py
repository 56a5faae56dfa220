"""Forms that come back late, broken, or from elsewhere: nothing that was typed is lost."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from haven.cases.models import Case
from tests.reporter.visitor import Visitor, at_the_code, picked

LITERAL = "\u202egnitset\u202c a\u200bb <script>alert(1)</script>"
FILES = "Would you like to add something?"


def blobs() -> list[str]:
    root: Path = django_settings.BLOB_ROOT
    return sorted(path.name for path in root.iterdir()) if root.exists() else []


def upload(name: str = "photo.jpg", content: bytes = b"\xff\xd8\xff picture") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def adding(visitor: Visitor) -> Visitor:
    """On the page where files are added."""
    return visitor.open().until(FILES, purpose=picked("report"))


# ── Words ──


def test_a_form_of_two_days_opens_with_its_answers_and_names_the_files_to_add_again(adding: Visitor) -> None:
    adding.press("add", files=[upload("photo.jpg")])
    with time_machine.travel(now() + timedelta(hours=50), tick=False):
        adding.press("next")

    assert adding.draft.answers["purpose"] == "report"
    assert "more than two days ago" in adding.notices[0]
    assert "photo.jpg" in adding.notices[1]


def test_an_old_form_is_not_sent_without_another_look(visitor: Visitor) -> None:
    at_the_code(visitor)
    with time_machine.travel(now() + timedelta(hours=50), tick=False):
        visitor.press("send")
        assert (visitor.at, Case.objects.count()) == ("code", 0)
        visitor.press("send")
        assert Case.objects.count() == 1


def test_a_form_that_was_tampered_with_gives_back_the_words_of_its_page(visitor: Visitor) -> None:
    visitor.open()
    visitor.state = visitor.state[:-6] + "AAAAAA"
    visitor.press("next", words="Every word I typed here")

    assert visitor.answer.status_code == 400
    assert "Every word I typed here" in visitor.text
    assert "Start again" in visitor.text


@pytest.mark.parametrize("state", ["", "x", "é", "A" * 500, "\0"])
def test_a_form_without_a_state_we_know_is_calm(visitor: Visitor, state: str) -> None:
    visitor.state = state
    visitor.press("next", words="kept")

    assert visitor.answer.status_code == 400
    assert "kept" in visitor.text


def test_a_button_that_does_not_exist_changes_nothing(visitor: Visitor) -> None:
    visitor.open().press().press("change-nonsense", **picked("report")).press("open-sesame").press("route-mars").press(
        "-"
    )

    assert visitor.draft.answers["purpose"] == "report"
    assert visitor.answer.status_code == 200


@pytest.mark.parametrize(
    "says",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_from_elsewhere_is_refused(visitor: Visitor, says: dict[str, str]) -> None:
    visitor.open()
    answer = Client(headers=says).post(visitor.base, {"state": visitor.state, "do": "next"})

    assert answer.status_code == 403
    assert "Nothing was sent" in answer.content.decode()


@pytest.mark.parametrize("says", [{"origin": "http://testserver"}, {}])
def test_a_browser_that_says_less_is_let_in(visitor: Visitor, says: dict[str, str]) -> None:
    visitor.open()

    assert Client(headers=says).post(visitor.base, {"state": visitor.state, "do": "next"}).status_code == 200


# ── Bad days ──
