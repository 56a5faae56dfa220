"""After a case: check-ins that the reporter agreed to, what they tell later, how it went, and how long words stay."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from haven.cases import aftercare, afterwards
from haven.cases.actions import NotNow, close, screen
from haven.cases.models import Case
from haven.cases.retention import forget_due
from haven.cases.triage import reopen
from haven.clock import jobs
from haven.dialogue import aftercare as mailbox
from haven.dialogue.aftercare import Told
from haven.notices.models import Outgoing
from haven.rulebook import shelf
from haven.trail.models import Entry
from haven.vault.models import SealedItem
from tests.cases.agreeing import box_of, opened
from tests.clock.test_jobs import at
from tests.institution import Institution
from tests.proves import proves

MONDAY = date(2027, 2, 1)
BOTH = ("four_weeks", "three_months")
FOUR, THREE = date(2027, 3, 1), date(2027, 5, 3)  # 91 days after is a Monday
AS_ALWAYS, AFTER = timedelta(days=30), timedelta(days=14)


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


@pytest.fixture
def sent(house: Institution) -> tuple[Case, str]:
    case, code = house.report(on=MONDAY)
    screen(opened(house.readers[0], case), "other", on=MONDAY)
    return case, code


def proposed(house: Institution, case: Case, keys: tuple[str, ...] = BOTH, **more: Any) -> None:
    aftercare.propose(opened(house.readers[0], case), keys, **{"on": MONDAY} | more)


def agrees(code: str, *keys: str, on: date = MONDAY) -> None:
    box = box_of(code)
    plan = mailbox.later(box).plan
    assert plan is not None
    mailbox.answer(box, plan.id, keys, on=on)


def closed(house: Institution, case: Case, on: date = MONDAY) -> Case:
    close(opened(house.readers[0], case), outcome="talked", category="bullying", destination="none", on=on)
    return now(case)


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def days(case: Case) -> tuple[date | None, date | None]:
    return now(case).look_by, now(case).forget_on


def concerns(code: str, on: date = MONDAY, **told: str) -> None:
    mailbox.concern(box_of(code), Told(**{"what": "zqworse grades", "once": "a"} | told), on=on)


@proves("R-003-20")
def test_what_was_agreed_before_closing_keeps_the_words_until_after_the_last_check_in(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    proposed(house, case)
    assert days(case) == (None, None)

    agrees(code, *BOTH)
    closed(house, case)

    assert days(case) == (FOUR, THREE + AFTER)
    aftercare.check(opened(house.readers[1], case), "four_weeks", way="phone", reached=True, on=FOUR)
    assert days(case) == (THREE, THREE + AFTER)
    aftercare.check(opened(house.readers[1], case), "three_months", way="phone", reached=False, on=THREE)
    assert days(case) == (None, THREE + AFTER)


@proves("R-003-20")
def test_nobody_is_asked_without_having_agreed_and_fewer_or_none_can_be_chosen(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    closed(house, case)
    proposed(house, case)
    assert days(case) == (None, MONDAY + AS_ALWAYS)
    with pytest.raises(NotNow, match="no_task"):
        aftercare.check(opened(house.readers[0], case), "four_weeks", way="phone", reached=True, on=FOUR)

    agrees(code)
    assert days(case) == (None, MONDAY + AS_ALWAYS)
    proposed(house, case)
    agrees(code, "four_weeks", "half_a_year")

    assert days(case) == (FOUR, FOUR + AFTER), "half a year was not proposed"
    with pytest.raises(NotNow, match="answered_already"):
        agrees(code, *BOTH)


@proves("R-003-20")
def test_the_reporter_stops_it_at_any_time_and_the_earlier_day_comes_back(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    closed(house, case)
    proposed(house, case, how="phone")
    assert days(case) == (FOUR, THREE + AFTER)

    mailbox.stop(box_of(code), on=MONDAY)
    assert days(case) == (None, MONDAY + AS_ALWAYS)
    proposed(house, case, how="meeting")
    aftercare.stop(opened(house.readers[0], case), how="phone", on=THREE)

    assert days(case) == (None, THREE + timedelta(days=1)), "never on the day itself"
    assert forget_due(THREE) == 0
    assert forget_due(THREE + timedelta(days=1)) == 1


@proves("R-003-20")
def test_a_concern_has_its_own_clock_and_keeps_a_closed_case_which_stays_closed(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    closed(house, case)
    last = MONDAY + AS_ALWAYS - timedelta(days=1)  # a Tuesday
    Outgoing.objects.all().delete()

    concerns(code, last, since="spring", wish="zqwish")
    concerns(code, last)

    due = date(2027, 3, 4)
    assert days(case) == (due, due + AFTER)
    assert (now(case).state, now(case).reply_waiting) == ("closed", True)
    assert set(Outgoing.objects.values_list("template", flat=True)) == {"waiting"}
    found = afterwards.read(opened(house.readers[1], case).keyring, case.pk).open_concerns
    assert [(one.kind, one.due) for one in found] == [("disadvantage", due)], "the same form sent twice is one"
    words = opened(house.readers[1], case).of("report", "message")[-1].payload
    assert (words["text"], words["since"], words["wish"]) == ("zqworse grades", "spring", "zqwish")

    aftercare.look(opened(house.readers[1], case), found[0].id, remark="Called the dean.", text="We act.", on=due)
    assert days(case) == (None, due + AFTER)
    assert [one.payload["text"] for one in box_of(code).messages()] == ["We act."]
    with pytest.raises(NotNow, match="no_task"):
        aftercare.look(opened(house.readers[1], case), found[0].id, remark="Again.", on=due)


@proves("R-003-20")
def test_without_a_key_nobody_sees_what_the_day_is_for(house: Institution, sent: tuple[Case, str]) -> None:
    case, code = sent
    before = set(Entry.objects.values_list("did", flat=True))

    concerns(code)

    assert set(Entry.objects.values_list("did", flat=True)) - before == {"message.received"}
    slots = set(SealedItem.objects.filter(compartment__scope=case.pk).values_list("slot", flat=True))
    assert not {slot for slot in slots if "concern" in slot or "disadvantage" in slot}


@proves("R-003-20", "R-004-27")
def test_the_handler_is_told_on_the_day_and_everybody_when_it_passed(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, _code = sent
    proposed(house, case, ("four_weeks",), how="phone")
    closed(house, case)
    Case.objects.filter(pk=case.pk).update(handler=house.readers[2].user)
    Outgoing.objects.all().delete()

    for hour, day in ((10, FOUR - timedelta(days=1)), (7, FOUR), (9, FOUR), (12, FOUR)):
        with at(hour, day):
            jobs.tell_of_days_to_look()
            jobs.remind_of_overdue_contacts()
        expected = [house.readers[2].user.pk] if (hour, day) >= (9, FOUR) and day == FOUR else []
        assert list(Outgoing.objects.values_list("to", flat=True)) == expected, (hour, day)
    Outgoing.objects.all().delete()
    with at(12, FOUR):
        jobs.tell_of_days_to_look()
    assert not Outgoing.objects.exists(), "also when the mail has left"

    with at(9, FOUR + timedelta(days=1)):
        jobs.remind_of_overdue_contacts()
    assert set(Outgoing.objects.values_list("to", "template")) == {(one.user.pk, "overdue") for one in house.readers}


@proves("R-003-20")
def test_reopening_takes_the_days_away_and_closing_anew_counts_them_anew(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, _code = sent
    proposed(house, case, ("four_weeks",), how="meeting")
    closed(house, case)
    reopen(opened(house.readers[0], case), reason="More to do.", on=MONDAY)
    assert days(case) == (None, None)

    closed(house, case, on=MONDAY + timedelta(days=7))

    assert days(case) == (FOUR + timedelta(days=7), FOUR + timedelta(days=7) + AFTER)


@proves("R-003-20")
def test_how_it_went_is_told_once_after_closing_and_only_the_team_reads_it(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    with pytest.raises(NotNow, match="not_closed"):
        mailbox.evaluate(box_of(code), {"heard": "yes"})
    closed(house, case)

    mailbox.evaluate(box_of(code), {"heard": "mostly", "own_words": "zqfaster"})

    with pytest.raises(NotNow, match="answered_already"):
        mailbox.evaluate(box_of(code), {"heard": "no"})
    given = opened(house.readers[0], case).of("report", afterwards.SLOT)
    assert [one.payload["answers"] for one in given] == [{"heard": "mostly", "own_words": "zqfaster"}]
    assert len(shelf.current().aftercare.evaluation) <= 5


@proves("R-003-20")
def test_one_writes_back_in_a_closed_case_only_while_something_is_agreed(
    house: Institution, sent: tuple[Case, str]
) -> None:
    case, code = sent
    closed(house, case)
    with pytest.raises(NotNow, match="ended"):
        mailbox.write_back(box_of(code), "zqwell")
    proposed(house, case, how="phone", on=localdate())

    mailbox.write_back(box_of(code), "zqwell", once="b")
    mailbox.write_back(box_of(code), "zqwell", once="b")

    assert [one.payload["text"] for one in opened(house.readers[0], case).of("report", "message")] == ["zqwell"]
    assert now(case).reply_waiting
