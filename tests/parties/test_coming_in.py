"""The number of the letter and a secret. Whatever is wrong with the two is one answer; nothing of it stays behind."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from haven.complaints import parties
from haven.vault.models import UnlockedSession
from tests.complaints.court import PASS, SECRET, Court

HERE = {"Sec-Fetch-Site": "same-origin"}
NEW = "another passphrase of mine"


def posts(page: str, client: Client | None = None, **form: str) -> Any:
    return (client or Client(headers=HERE)).post(reverse(f"parties:{page}"), form)


def renews(number: str, code: str, page: str = "renew") -> Any:
    return posts(page, number=number, code=code, passphrase=NEW, again=NEW)


def said(answer: Any) -> list[str]:
    return [str(one) for one in answer.context["form"].non_field_errors()]


def test_unknown_wrong_ended_and_not_begun_are_one_answer(court: Court) -> None:
    running = court.started()
    found = parties.support(running.party("complainant"), "support_person", {"name": "Friend"}, sees_all=False)
    running.let_in("friend", found)
    parties.end_support(running.party("complainant"), found.party)
    invited = parties.invite(running.by(), "defendant", {"name": "Anton"})
    numbers = {"unknown": "0000-0000-0000", "ended": found.number, "not begun": invited.number}
    numbers["wrong"] = running.start.invitation.number

    answers = {why: posts("enter", number=number, secret="wrong") for why, number in numbers.items()}
    firsts = {
        why: posts("first", number=number, code="wrong", passphrase=NEW, again=NEW) for why, number in numbers.items()
    }

    assert {(one.status_code, *said(one)) for one in (*answers.values(), *firsts.values())} == {
        (200, "These two do not belong together. Check both and try again.")
    }
    pages = {why: one.content.decode().replace(numbers[why], "·") for why, one in answers.items()}
    assert len(set(pages.values())) == 1


def test_wrong_tries_have_to_wait_also_for_a_number_that_nobody_has(court: Court) -> None:
    running = court.started()
    for number in (running.start.invitation.number, "0000-0000-0000"):
        for _try in range(3):
            posts("enter", number=number, secret="wrong")
        assert said(posts("enter", number=number, secret=PASS))[0].startswith("Wait ")


def test_the_recovery_code_gives_a_new_passphrase_and_ends_what_was_open(court: Court) -> None:
    running = court.started()
    invited = parties.invite(running.by(), "defendant", {"name": "Anton"})
    client, number = Client(headers=HERE), invited.number
    begun = posts("first", client, number=number, code=invited.code, passphrase=PASS, again=PASS)
    code = begun.context["code"]
    note = posts("notes", client, notes=begun.context["notes"]).content.decode()
    assert (code in note, number in note) == (True, False)

    again = renews(number, code)

    assert again.context["code"] != code
    assert client.get(reverse("parties:open")).status_code == 403, "the session of before is over"
    assert said(posts("enter", number=number, secret=PASS)) == said(
        posts("renew", number=number, code=code, passphrase=NEW, again=NEW)
    )
    assert posts("enter", number=number, secret=NEW).status_code == 302


def test_a_short_or_mistyped_passphrase_uses_up_nothing(court: Court) -> None:
    invited = parties.invite(court.started().by(), "defendant", {"name": "Anton"})
    for passphrase, again in (("short", "short"), (PASS, NEW)):
        refused = posts("first", number=invited.number, code=invited.code, passphrase=passphrase, again=again)
        assert (refused.status_code, PASS in refused.content.decode()) == (200, False)
        assert invited.code in refused.content.decode(), "what stands on paper need not be typed again"
    assert "code" in posts("first", number=invited.number, code=invited.code, passphrase=PASS, again=PASS).context


def test_there_is_no_cookie_before_coming_in_and_nothing_after_leaving(court: Court) -> None:
    number = court.started().start.invitation.number
    client = Client(headers=HERE)
    for page in ("enter", "first", "renew", "open"):
        client.get(reverse(f"parties:{page}"))
    assert [name for name, one in client.cookies.items() if one.value] == []

    came = posts("enter", client, number=number, secret=PASS)
    cookie = came.cookies[settings.PARTY_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Strict", "", "")
    left = client.get("/exit/")
    assert (left["Clear-Site-Data"], UnlockedSession.objects.count()) == ('"cache", "storage"', 0)
    client.cookies[settings.PARTY_COOKIE_NAME] = cookie.value
    assert client.get(reverse("parties:open")).status_code == 403


def test_every_page_has_a_title_that_tells_nothing_and_is_kept_by_no_browser(court: Court) -> None:
    client = Client(headers=HERE)
    posts("enter", client, number=court.started().start.invitation.number, secret=PASS)
    for page in (
        "enter",
        "first",
        "renew",
        "open",
        "confidential",
        "agree",
        "add",
        "people",
        "questions",
        "disadvantage",
    ):
        answer = client.get(reverse(f"parties:{page}"))
        assert (page, answer.status_code, answer["Cache-Control"]) == (page, 200, "no-store")
        assert "<title>Contact</title>" in answer.content.decode()
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_with_the_session_and_without_a_word_of_the_browser(court: Court) -> None:
    client = Client()
    posts("enter", client, number=court.started().start.invitation.number, secret=PASS)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}):
        refused = client.post(reverse("parties:questions"), {"words": "x"}, headers=headers)
        assert (refused.status_code, "ui/elsewhere.html" in {one.name for one in refused.templates}) == (403, True)


def locked(*_asked: object) -> NoReturn:
    raise OperationalError


def test_no_secret_is_put_back_into_a_page_when_the_database_is_locked(court: Court) -> None:
    number = court.started().start.invitation.number
    with connection.execute_wrapper(locked):
        busy = posts("enter", number=number, secret=PASS)
        first = posts("first", number=number, code="a", passphrase=PASS, again=PASS)

    assert (busy.status_code, first.status_code) == (503, 503)
    assert number in busy.content.decode()
    assert PASS not in busy.content.decode() + first.content.decode()


def test_what_was_typed_when_the_visit_ended_is_sent_after_coming_in_again(court: Court) -> None:
    running = court.started()
    late = Client(headers=HERE).post(reverse("parties:questions"), {"words": f"What about {SECRET}?"})
    assert (late.status_code, SECRET in late.content.decode()) == (403, False)

    number, client = running.start.invitation.number, Client(headers=HERE)
    waits = posts("enter", client, number=number, secret=PASS, kept=late.context["kept"])
    assert SECRET in waits.content.decode()
    assert waits.context["to"] == reverse("parties:questions")
