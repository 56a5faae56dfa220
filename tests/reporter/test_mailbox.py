"""The mailbox: coming back with the code."""

from datetime import timedelta
from http.cookies import Morsel
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, now

from haven.cases.actions import close, reveal, screen
from haven.cases.models import Case, State
from haven.cases.opened import OpenCase
from haven.dialogue import actions as dialogue
from haven.vault.codes import new_code, show
from haven.vault.models import Grant, SealedFile, SealedItem
from tests.institution import Institution
from tests.proves import proves
from tests.reporter.visitor import Visitor

OPEN = "mailbox/open/"


@pytest.fixture
def sent(house: Institution) -> tuple[Case, str]:
    return house.report()


@pytest.fixture
def inside(visitor: Visitor, sent: tuple[Case, str]) -> Visitor:
    return visitor.go("mailbox/", code=sent[1])


def opened(house: Institution, case: Case) -> OpenCase:
    found = house.readers[0].opens(case)
    assert found is not None
    return found


def cookie(visitor: Visitor) -> "Morsel[str]":
    return visitor.client.cookies[django_settings.MAILBOX_COOKIE_NAME]


def messages() -> int:
    return SealedItem.objects.filter(slot="message").count()


# ── The code ──


@pytest.mark.parametrize(
    "typed", [lambda c: c, show, lambda c: show(c).lower(), lambda c: f" {'-'.join(show(c).split())} "]
)
def test_the_code_opens_however_it_is_typed(visitor: Visitor, sent: tuple[Case, str], typed: Any) -> None:
    visitor.go("mailbox/", code=typed(sent[1]))

    assert visitor.heading == "Your mailbox"


def test_a_mistyped_code_says_so_at_once_without_looking_it_up(
    visitor: Visitor, sent: tuple[Case, str], django_assert_num_queries: Any
) -> None:
    wrong = sent[1][:-1] + ("0" if sent[1][-1] != "0" else "1")
    with django_assert_num_queries(0):
        visitor.go("mailbox/", code=wrong)

    assert "There is a typing mistake in this code" in visitor.text
    assert not visitor.client.cookies


def test_an_unknown_and_a_forgotten_code_are_the_same_answer_at_the_same_cost(
    visitor: Visitor, sent: tuple[Case, str], django_assert_num_queries: Any
) -> None:
    unknown, forgotten = new_code(), sent[1]
    sent[0].delete()
    with django_assert_num_queries(2):
        first = visitor.go("mailbox/", code=unknown).text.replace(unknown, "")
    with django_assert_num_queries(2):
        second = visitor.go("mailbox/", code=forgotten).text.replace(forgotten, "")

    assert first == second
    assert "This code does not open a mailbox" in first


def test_the_cookie_is_strict_hidden_from_scripts_and_ends_with_the_browser(inside: Visitor) -> None:
    found = cookie(inside)

    assert (found["httponly"], found["samesite"], found["max-age"], found["expires"]) == (True, "Strict", "", "")


def test_the_cookie_does_not_show_the_code_and_no_visit_is_stored(inside: Visitor, sent: tuple[Case, str]) -> None:
    before = Case.objects.values().get()
    inside.go(OPEN)

    assert sent[1] not in cookie(inside).value
    assert not Session.objects.exists()
    assert Case.objects.values().get() == before


def test_a_form_for_the_mailbox_from_elsewhere_is_refused(inside: Visitor) -> None:
    for says in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}):
        stranger = Client(headers=says)
        stranger.cookies = inside.client.cookies
        answer = stranger.post(f"{inside.base}mailbox/open/withdraw/", {"sure": "yes"})
        assert answer.status_code == 403

    assert Case.objects.get().state == State.NEW


def test_a_state_of_the_form_is_no_cookie(visitor: Visitor) -> None:
    visitor.open()
    visitor.client.cookies[django_settings.MAILBOX_COOKIE_NAME] = visitor.state

    assert visitor.go(OPEN).answer.status_code == 403


# ── Time ──


def test_after_twenty_idle_minutes_the_code_is_asked_again_and_no_word_is_lost(
    inside: Visitor, sent: tuple[Case, str]
) -> None:
    with time_machine.travel(now() + timedelta(minutes=21), tick=False):
        inside.go(f"{OPEN}write/", words="A long message", kept=inside.answer.context["kept"])
        assert inside.heading == "Open your mailbox"
        inside.go("mailbox/", words="A long message", kept=inside.answer.context["message"].sealed(), code=sent[1])

    assert inside.heading == "Your mailbox"
    assert inside.answer.context["message"].words == "A long message"


def test_every_page_opens_the_mailbox_for_another_twenty_minutes(inside: Visitor) -> None:
    start = now()
    for minutes in (15, 30, 45):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert inside.go(OPEN).heading == "Your mailbox"


# ── What it shows ──


@proves("R-000-16")
def test_it_says_where_things_stand_and_by_which_day(
    inside: Visitor, sent: tuple[Case, str], house: Institution
) -> None:
    assert "Your message has arrived. Somebody will read it soon." in inside.text
    assert inside.answer.context["term"].day == sent[0].contact_due
    screen(opened(house, sent[0]), "assign")
    inside.go(OPEN)

    assert "somebody is working on it" in inside.text


def test_answers_are_shown_with_the_name_of_who_wrote_them(
    inside: Visitor, sent: tuple[Case, str], house: Institution
) -> None:
    dialogue.answer(opened(house, sent[0]), "We can meet on Thursday.")
    inside.go(OPEN)

    assert "We can meet on Thursday." in inside.text
    assert house.readers[0].user.name in inside.text


def test_own_words_are_not_shown_unless_chosen(visitor: Visitor, house: Institution) -> None:
    for readback in (False, True):
        case, code = house.report({"story": "Somebody shouted."}, readback=readback)
        visitor.go("mailbox/", code=code)
        visitor.go(f"{OPEN}write/", words="One more thing", kept=visitor.answer.context["kept"])

        assert ("Somebody shouted." in visitor.text) is readback
        assert ("One more thing" in visitor.text) is readback
        assert ("Your code does not show your own words" in visitor.text) is not readback
        case.delete()


def test_the_reporter_is_told_who_opened_a_name_and_why(visitor: Visitor, house: Institution) -> None:
    identity = {"mode": "confidential", "name": "Sanne"}
    case, code = house.report(identity, keeper=house.readers[0].kid)
    reveal(opened(house, case), reason="You asked us to call you")
    visitor.go("mailbox/", code=code)

    assert f"{house.readers[0].user.name} has opened your name" in visitor.text
    assert "You asked us to call you" in visitor.text


def test_a_closed_case_says_when_the_words_go_and_takes_nothing_more(
    inside: Visitor, sent: tuple[Case, str], house: Institution
) -> None:
    screen(opened(house, sent[0]), "assign")
    close(opened(house, sent[0]), outcome="advice_given", category="other", destination="none")
    kept = inside.answer.context["kept"]
    inside.go(OPEN)
    assert "This case is closed." in inside.text
    assert "Write a message" not in inside.text
    inside.go(f"{OPEN}write/", words="Too late", kept=kept)

    assert "This case has ended" in inside.text
    assert "Too late" in inside.text


# ── What one can do ──


def test_a_message_that_is_sent_twice_is_one_message(
    inside: Visitor, sent: tuple[Case, str], house: Institution
) -> None:
    kept = inside.answer.context["kept"]
    for _press in range(2):
        inside.go(f"{OPEN}write/", words="Only once", kept=kept)

    told = [one.payload["text"] for one in opened(house, Case.objects.get()).messages]
    assert told == ["Only once"]
    assert Case.objects.get().reply_waiting


def test_the_same_words_from_two_forms_are_two_messages(inside: Visitor) -> None:
    for _press in range(2):
        inside.go(f"{OPEN}write/", words="Again", kept=inside.answer.context["kept"])

    assert messages() == 2


def test_an_empty_message_asks_for_words_or_a_file(inside: Visitor) -> None:
    inside.go(f"{OPEN}write/", words="  ", kept=inside.answer.context["kept"])

    assert "Write something or choose a file first." in inside.text
    assert messages() == 0


def test_a_message_that_is_too_long_waits_in_the_form_with_its_files(inside: Visitor) -> None:
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff picture")
    inside.go(f"{OPEN}write/", words="a" * 20_001, files=file, kept=inside.answer.context["kept"])
    assert "1 character too long" in inside.text
    inside.go(f"{OPEN}write/", words="Short", kept=inside.answer.context["kept"])

    assert (messages(), SealedFile.objects.count()) == (1, 1)


def test_a_bad_file_does_not_take_the_message_or_the_good_one_with_it(inside: Visitor) -> None:
    files = [SimpleUploadedFile("good.jpg", b"\xff\xd8\xff"), SimpleUploadedFile("empty.txt", b"")]
    inside.go(f"{OPEN}write/", words="With files", files=files, kept=inside.answer.context["kept"])

    message = inside.answer.context["message"]
    assert "“empty.txt” is empty" in message.problems[0]
    assert (message.words, [file.name for file in message.files]) == ("With files", ["good.jpg"])


@proves("R-000-18")
def test_an_anonymous_reporter_can_say_who_they_are_to_one_person(inside: Visitor, house: Institution) -> None:
    inside.go(f"{OPEN}reveal/", name="Sanne", contact="06", to=house.readers[1].kid)

    knows = []
    for reader in house.readers:
        found = reader.opens(Case.objects.get())
        assert found is not None
        knows.append(found.knows_reporter)
    assert knows == [False, True, False]
    assert "You told us who you are." in inside.text


def test_a_name_is_not_given_without_choosing_to_whom(inside: Visitor) -> None:
    inside.go(f"{OPEN}reveal/", name="Sanne")
    assert "Choose who may know your name." in inside.text
    inside.go(f"{OPEN}reveal/", name="Sanne", to="f" * 32)

    assert inside.heading == "Tell us who you are"
    assert not Grant.objects.filter(compartment__kind="identity").exists()


def test_withdrawing_asks_first_and_then_destroys_at_once(
    inside: Visitor, sent: tuple[Case, str], house: Institution
) -> None:
    inside.go(f"{OPEN}withdraw/")
    assert Case.objects.get().state == State.NEW
    inside.go(f"{OPEN}withdraw/", sure="yes")

    assert inside.heading == "Everything is destroyed"
    assert not SealedItem.objects.filter(compartment__kind__in=("report", "replies", "identity")).exists()
    assert cookie(inside)["max-age"] == 0
    assert Case.objects.get().closed_on == localdate()
    assert inside.go("mailbox/", code=sent[1]).heading == "Open your mailbox"
