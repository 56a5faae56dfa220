"""At fixed hours everybody gets the same mail: who looks at the mail server learns nothing of what came in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connections
from pytest_django import Settings

from haven.clock import jobs
from haven.notices import actions
from haven.notices.actions import deliver, tell
from haven.notices.models import Outgoing, Round
from haven.people.models import Membership
from haven.rulebook import shelf
from haven.rulebook.institution import Notices
from tests.institution import Institution
from tests.post import PostOffice
from tests.proves import proves

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = date(2027, 2, 1)


def at(hour: int, minute: int = 0, day: date = MONDAY) -> time_machine.travel:
    """Amsterdam is an hour ahead in winter."""
    return time_machine.travel(datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC), tick=False)


def rule(**notices: object) -> None:
    book = shelf.current()
    rules = Notices.model_validate({"mode": "fixed-hours", "hours": (9, 15), **notices})
    shelf.put(replace(book, institution=book.institution.model_copy(update={"notices": rules})))


@pytest.fixture
def house(settings: Settings) -> Institution:
    rule()
    return Institution(settings).with_readers(3)


def everybody(house: Institution) -> list[str]:
    return sorted(one.user.email for one in house.readers)


def received(office: PostOffice) -> list[str]:
    """To whom, and nothing more; and forget it."""
    to = sorted(str(one["To"]) for one in office.mails)
    office.mails.clear()
    return to


@proves("R-002-09")
def test_before_the_hour_nothing_leaves_and_then_everybody_gets_one_mail(
    house: Institution, post_office: PostOffice
) -> None:
    with at(8, 59):
        house.report()
        deliver()
        assert received(post_office) == []
    with at(9):
        deliver()
        assert received(post_office) == everybody(house)
        assert not Outgoing.objects.exists(), "it has taken the place of the others"
        deliver()
    with at(14, 59):
        house.report()
        jobs.send_notices()
        assert received(post_office) == []
    with at(15):
        jobs.send_notices()
        assert received(post_office) == everybody(house)


def test_a_mail_has_the_same_bytes_whether_or_not_something_came(house: Institution, post_office: PostOffice) -> None:
    sent = []
    for number, day in enumerate(MONDAY + timedelta(days=one) for one in range(4)):
        with at(8, 0, day):
            for _report in range(number * 3):
                house.report()
            if number == 3:
                tell([house.readers[0].user], "overdue", again=str(day))
        with at(9, 0, day):
            deliver()
        mails = {str(one["To"]): one for one in post_office.mails}
        assert sorted(mails) == everybody(house)
        sent.append({to: (len(one.as_bytes()), one["Subject"], one.get_content()) for to, one in mails.items()})
        assert len({content for _size, _subject, content in sent[-1].values()}) == 1
        post_office.mails.clear()
    assert sent[1:] == sent[:1] * 3


def test_the_order_of_sending_says_nothing_of_for_whom_something_came(
    house: Institution, post_office: PostOffice
) -> None:
    orders = []
    for day, struck in ((MONDAY, ()), (MONDAY + timedelta(days=1), (house.readers[0].kid,))):
        with at(8, 0, day):
            house.report(struck_out=frozenset(struck))
        with at(9, 0, day):
            deliver()
        orders.append([str(one["To"]) for one in post_office.mails])
        post_office.mails.clear()
    assert orders[0] == orders[1]


def test_what_is_urgent_leaves_at_once_and_is_no_reason_to_leave_out_the_next_mail(
    house: Institution, post_office: PostOffice
) -> None:
    with at(10):
        deliver()
        received(post_office)
        house.report(urgent=True)
        deliver()
        assert {one.get_content().splitlines()[0] for one in post_office.mails} == {"Er wacht iets op je. Kijk nu."}
        assert received(post_office) == everybody(house)
    with at(15):
        deliver()
        assert received(post_office) == everybody(house)


def test_an_institution_can_let_what_is_urgent_wait_as_well(house: Institution, post_office: PostOffice) -> None:
    rule(urgent_at_once=False)
    with at(8):
        house.report(urgent=True)
        deliver()
        assert received(post_office) == []
    with at(9):
        deliver()
        assert received(post_office) == everybody(house)


def test_that_the_readers_changed_is_told_at_once(house: Institution, post_office: PostOffice) -> None:
    with at(8):
        tell([house.readers[0].user], "keys", again="x")
        deliver()
    assert received(post_office) == [house.readers[0].user.email]


def test_only_who_serves_a_route_or_still_holds_a_case_gets_it(house: Institution, post_office: PostOffice) -> None:
    left, suspended = house.readers[0].user, house.readers[1].user
    house.report()
    house.person("Admin", role="administrator", serves=False)
    two = house.person("Two Routes").user
    Membership.objects.create(user=two, route="ombuds")
    Membership.objects.filter(user=left).delete()
    suspended.is_active = False
    suspended.save()
    with at(9):
        deliver()
    assert received(post_office) == sorted([left.email, house.readers[2].user.email, two.email])


def test_a_clock_that_stood_still_makes_up_for_the_last_hour_only(house: Institution, post_office: PostOffice) -> None:
    for hour, day, mails in ((16, MONDAY, 3), (23, MONDAY, 0), (8, MONDAY + timedelta(days=1), 0)):
        with at(hour, 0, day):
            deliver()
        assert len(received(post_office)) == mails, (hour, day)
    with at(9, 0, MONDAY + timedelta(days=1)):
        deliver()
    assert len(received(post_office)) == 3
    assert list(Round.objects.values_list("day", "hour")) == [(MONDAY + timedelta(days=1), 9)], "yesterday is gone"


def test_a_process_that_dies_after_making_the_round_leaves_it_for_the_next(
    house: Institution, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def dies(_notice: object) -> int:
        raise Died

    with at(9), monkeypatch.context() as killed:
        killed.setattr(actions, "_send", dies)
        with pytest.raises(Died):
            deliver()
    with at(9, 5):
        deliver()
        deliver()
    assert received(post_office) == everybody(house)


def test_a_dead_mail_server_does_not_make_two_mails_of_two_hours(house: Institution, post_office: PostOffice) -> None:
    post_office.refuses = True
    with at(9):
        deliver()
    post_office.refuses = False
    with at(15):
        deliver()
        deliver()
    assert received(post_office) == everybody(house)


def test_two_clocks_at_once_do_no_harm(house: Institution, post_office: PostOffice) -> None:
    def clock() -> None:
        try:
            deliver()
        finally:
            connections.close_all()

    house.report()
    with at(9):
        clocks = [Thread(target=clock) for _number in range(4)]
        for one in clocks:
            one.start()
        for one in clocks:
            one.join()
    assert received(post_office) == everybody(house)


def test_back_to_at_once_nothing_that_waited_is_lost(house: Institution, post_office: PostOffice) -> None:
    with at(8):
        house.report()
        deliver()
        assert received(post_office) == []
        rule(mode="at-once")
        deliver()
    assert received(post_office) == everybody(house)
