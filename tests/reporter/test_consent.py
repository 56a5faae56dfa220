"""Consent in the mailbox: what somebody else sends, sends twice, or sends from an old page gives nothing."""

from typing import Any

import pytest
from django.test import Client

from haven.cases.actions import close, screen, seen
from haven.cases.agreed import Scope, Stage
from haven.cases.consent import Request, ask
from haven.cases.models import Case
from haven.cases.opened import open_case
from haven.dialogue.consent import consents
from haven.rulebook.consent import SUMMARY, WHOLE
from tests.cases.agreeing import ALL, ONLY_SUMMARY, asked, box_of, opened, two_teams
from tests.cases.agreeing import report as sent
from tests.institution import Institution
from tests.proves import proves
from tests.reporter.visitor import Visitor

CONSENT = "mailbox/open/consent/"
YES = {"do": "agree", "what": "whole", "identity": "yes", "files": "yes"}


@pytest.fixture
def house(settings: Any, db: None) -> Institution:
    return two_teams(settings)[0]


@pytest.fixture
def case(house: Institution) -> tuple[Case, str]:
    return sent(house)


@pytest.fixture
def inside(visitor: Visitor, case: tuple[Case, str]) -> Visitor:
    return visitor.go("mailbox/", code=case[1])


def only(code: str) -> tuple[Stage, Scope]:
    found = consents(box_of(code))
    assert len(found) == 1
    return found[0].stage, found[0].scope


@proves("R-000-22")
def test_what_is_not_ticked_does_not_go_along(inside: Visitor, case: tuple[Case, str], house: Institution) -> None:
    key = asked(house.readers[0], case[0], ALL)
    assert "We ask for your consent" in inside.go("mailbox/open/").text

    inside.go(CONSENT, which=key, do="agree", what="summary")

    assert only(case[1]) == (Stage.GIVEN, Scope(SUMMARY))
    assert "You agreed. It has not gone there yet." in inside.text
    assert "You decided on what we asked." in inside.go("mailbox/open/").text


@proves("R-000-22")
def test_a_form_that_was_made_larger_gives_nothing(inside: Visitor, case: tuple[Case, str], house: Institution) -> None:
    key = asked(house.readers[0], case[0], ONLY_SUMMARY)

    inside.go(CONSENT, which=key, **YES)

    assert "This was not asked." in inside.text
    assert only(case[1])[0] is Stage.ASKED


@proves("R-000-22")
def test_the_second_press_and_the_old_page_change_nothing(
    inside: Visitor, case: tuple[Case, str], house: Institution
) -> None:
    key = asked(house.readers[0], case[0])
    inside.go(CONSENT, which=key, do="refuse")

    inside.go(CONSENT, which=key, **YES)

    assert "You have decided on this already." in inside.text
    assert only(case[1])[0] is Stage.REFUSED


@proves("R-000-22")
def test_nobody_answers_for_another(inside: Visitor, case: tuple[Case, str], house: Institution) -> None:
    other, code = sent(house)
    key = asked(house.readers[0], other)

    inside.go(CONSENT, which=key, **YES)
    inside.go(CONSENT, which="f" * 16, **YES)
    inside.go(CONSENT, which=key, do="stop")

    assert only(code)[0] is Stage.ASKED
    assert consents(box_of(case[1])) == []


@proves("R-000-22")
def test_an_answer_from_another_site_or_without_the_code_is_refused(
    inside: Visitor, case: tuple[Case, str], house: Institution
) -> None:
    key = asked(house.readers[0], case[0])
    for says in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}):
        stranger = Client(headers=says)
        stranger.cookies = inside.client.cookies
        assert stranger.post(f"{inside.base}{CONSENT}", {"which": key, **YES}).status_code == 403
    nobody = Client(headers={"sec-fetch-site": "same-origin"})
    assert nobody.post(f"{inside.base}{CONSENT}", {"which": key, **YES}).status_code == 403

    assert only(case[1])[0] is Stage.ASKED


def test_what_colleagues_write_is_text_and_not_a_page(
    inside: Visitor, case: tuple[Case, str], house: Institution
) -> None:
    words = "<script>alert(1)</script>"
    request = Request(purpose="talk", way="place", to="police", scope=ONLY_SUMMARY, summary=words)
    ask(opened(house.readers[0], case[0]), request)

    inside.go(CONSENT)

    assert words.encode() not in inside.answer.content
    assert words in inside.text


def test_a_button_that_is_not_there_does_nothing(inside: Visitor, case: tuple[Case, str], house: Institution) -> None:
    key = asked(house.readers[0], case[0])

    inside.go(CONSENT, which=key, do="sudo")

    assert only(case[1])[0] is Stage.ASKED


@proves("R-000-21")
def test_who_opened_it_stands_in_the_mailbox_by_function(
    inside: Visitor, case: tuple[Case, str], house: Institution
) -> None:
    assert "Nobody has opened it yet." in inside.go("mailbox/open/seen/").text
    reader = house.readers[2]
    assert reader.keyring is not None
    seen(open_case(case[0].reference, keyring=reader.keyring, by=reader.user))

    inside.go("mailbox/open/seen/")

    assert "Opened what you sent" in inside.text
    assert "Officer" in inside.text
    assert reader.user.name not in inside.text


def test_after_the_end_it_can_be_read_and_taken_back_but_not_given(
    inside: Visitor, case: tuple[Case, str], house: Institution
) -> None:
    key = asked(house.readers[0], case[0])
    screen(opened(house.readers[0], case[0]), "other")
    close(opened(house.readers[0], case[0]), outcome="talked", category="other", destination="none")

    inside.go(CONSENT, which=key, **YES)

    assert "This case has ended" in inside.text
    assert only(case[1]) == (Stage.ASKED, Scope(WHOLE, identity=True, files=True))
