"""Afterwards, in the mailbox: what somebody else sends, sends twice, or sends from an old page changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import localdate

from haven.cases import aftercare
from haven.cases.actions import close, screen
from haven.cases.models import Case
from haven.dialogue.aftercare import later
from tests.cases.agreeing import box_of, opened
from tests.institution import Institution
from tests.proves import proves
from tests.reporter.visitor import Visitor

OPEN, LATER, CONCERN, EVALUATION = (f"mailbox/open/{name}" for name in ("", "afterwards/", "concern/", "evaluation/"))
MONDAY = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def sent(house: Institution) -> tuple[Case, str]:
    return house.report()


@pytest.fixture
def inside(visitor: Visitor, sent: tuple[Case, str]) -> Visitor:
    return visitor.go("mailbox/", code=sent[1])


def ends(house: Institution, case: Case) -> None:
    screen(opened(house.readers[0], case), "other", on=case.received_on)
    ending = {"outcome": "talked", "category": "bullying", "destination": "none"}
    close(opened(house.readers[0], case), **ending, on=case.received_on)


@proves("R-003-20")
def test_the_same_form_sent_twice_is_one_concern_and_nothing_typed_is_lost(
    inside: Visitor, sent: tuple[Case, str]
) -> None:
    inside.go(CONCERN, words=["", "since spring", "zqwish"])
    assert "Write what happened" in inside.text
    assert "zqwish" in inside.text
    for _time in range(2):
        inside.go(CONCERN, words=["zqworse", "", ""], once="0123456789abcdef")

    assert len(later(box_of(sent[1])).open_concerns) == 1
    assert "Somebody looks at it no later than" in inside.go(OPEN).text


@proves("R-003-20")
def test_who_comes_after_the_mailbox_closed_by_itself_gets_the_words_back(
    visitor: Visitor, sent: tuple[Case, str]
) -> None:
    visitor.go(CONCERN, words=["zqworse", "zqsince", "zqwish"], once="0123456789abcdef")

    assert visitor.answer.status_code == 403
    assert all(word in visitor.text for word in ("zqworse", "zqsince", "zqwish"))
    assert later(box_of(sent[1])).concerns == ()


@proves("R-003-20")
def test_on_the_day_the_mailbox_asks_and_takes_an_answer_although_the_case_is_closed(
    visitor: Visitor, house: Institution
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case, code = house.report(on=localdate() - timedelta(days=28))
        aftercare.propose(opened(house.readers[0], case), ("four_weeks",), how="phone", on=case.received_on)
        ends(house, case)

        visitor.go("mailbox/", code=code)
        assert "How are you now?" in visitor.go(OPEN).text
        visitor.go(LATER, do="write", words="zqfine", once="0123456789abcdef")

        words = [one.payload["text"] for one in opened(house.readers[0], case).of("report", "message")]
        assert words == ["zqfine"]


@proves("R-003-20")
def test_nothing_is_agreed_to_by_a_form_that_names_nothing_or_another_plan(
    inside: Visitor, sent: tuple[Case, str], house: Institution
) -> None:
    case, code = sent
    aftercare.propose(opened(house.readers[0], case), ("four_weeks",))
    inside.go(LATER, do="agree", which="0" * 16, when=["four_weeks"])
    assert "You have answered this already." in inside.text
    inside.go(LATER, do="what")
    inside.go(LATER, do="agree", which="0" * 16)
    assert "Tick when we may ask" in inside.text

    plan = later(box_of(code)).plan
    assert plan is not None
    assert plan.waits


@proves("R-003-20")
def test_the_evaluation_takes_what_was_asked_and_nothing_else(
    inside: Visitor, sent: tuple[Case, str], house: Institution
) -> None:
    case, _code = sent
    assert "nothing to answer here" in inside.go(EVALUATION).text
    ends(house, case)
    assert "Answer at least one question" in inside.go(EVALUATION, heard="zqmade up").text

    inside.go(EVALUATION, heard="no", clear="zqmade up", other="zqother")

    given = opened(house.readers[0], case).of("report", "later")
    assert [one.payload["answers"] for one in given] == [{"heard": "no"}]
    assert "Your answers have arrived" in inside.go(EVALUATION).text


@proves("R-003-20")
def test_after_forgetting_the_page_of_the_code_says_what_can_still_be_done(visitor: Visitor) -> None:
    assert "write to us anew" in visitor.go("mailbox/").text
