"""What time does: mail leaves, late contacts are told of, what is due is forgotten, what is wrong is found."""

from datetime import UTC, date, datetime, timedelta
from os import utime

import pytest
import time_machine
from django.conf import settings as haven_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils.timezone import localdate, now
from pytest_django import Settings

from haven.cases.models import Case, State
from haven.clock import jobs, tick, verify
from haven.notices.actions import tell
from haven.notices.models import Outgoing
from haven.people.actions import suspend
from haven.people.models import User
from haven.trail.models import Entry
from haven.vault.files import SealedWriter
from haven.vault.models import Endorsement, Grant, SealedFile, SealedItem, Shredded, UnlockedSession
from haven.vault.unlocking import open_session
from tests.institution import Institution
from tests.post import PostOffice
from tests.proves import proves

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = date(2027, 2, 1)


def at(hour: int, day: date = MONDAY) -> time_machine.travel:
    """Amsterdam is an hour ahead in winter."""
    return time_machine.travel(datetime(day.year, day.month, day.day, hour - 1, 30, tzinfo=UTC), tick=False)


@pytest.fixture
def house(settings: Settings) -> Institution:
    return Institution(settings).with_readers(3)


@proves("R-002-09")
def test_a_report_alerts_its_readers_by_a_mail_that_says_nothing(house: Institution, post_office: PostOffice) -> None:
    house.report({"story": "zilvermeeuw-7731"})
    jobs.send_notices()
    assert sorted(str(one["To"]) for one in post_office.mails) == sorted(one.user.email for one in house.readers)
    assert not any("zilvermeeuw" in one.as_string() for one in post_office.mails)
    assert {str(one["Subject"]) for one in post_office.mails} == {"Haven"}
    assert not Outgoing.objects.exists()


def test_a_dead_mail_server_delays_a_notice_and_loses_none(house: Institution, post_office: PostOffice) -> None:
    post_office.refuses = True
    tell([house.readers[0].user], "waiting")
    jobs.send_notices()
    waiting = Outgoing.objects.get()
    assert (waiting.tries, waiting.lease_until) == (1, None)
    post_office.refuses = False
    jobs.send_notices()
    assert post_office.mails == [], "it waits before it tries again"
    with time_machine.travel(now() + timedelta(minutes=1)):
        jobs.send_notices()
    assert len(post_office.mails) == 1


@proves("R-004-27")
def test_who_can_read_an_overdue_case_is_reminded_once_a_working_day(house: Institution) -> None:
    with at(10, date(2027, 1, 4)):
        house.report({"mode": "named", "name": "Sam", "support": "yes"}, struck_out=frozenset())
    Case.objects.update(contact_due=date(2027, 1, 29))
    stranger = house.person("Stranger")
    Outgoing.objects.all().delete()
    for hour, day, expected in ((7, MONDAY, 0), (8, MONDAY, 3), (16, MONDAY, 3), (9, MONDAY + timedelta(days=1), 6)):
        with at(hour, day):
            jobs.remind_of_overdue_contacts()
            jobs.send_notices()
        assert len(mail.outbox) == expected, (hour, day)
    assert stranger.user.email not in {to for one in mail.outbox for to in one.to}


def test_nobody_is_reminded_on_a_day_off_or_of_a_contact_that_was_made(house: Institution) -> None:
    with at(10, date(2027, 1, 4)):
        house.report({"support": "yes"})
        house.report({"support": "yes"})
    Case.objects.update(contact_due=date(2027, 1, 29))
    Outgoing.objects.all().delete()
    with at(10, date(2027, 1, 31)):
        jobs.remind_of_overdue_contacts()
    Case.objects.update(contacted_on=date(2027, 1, 28))
    with at(10):
        jobs.remind_of_overdue_contacts()
    assert not Outgoing.objects.exists()


@proves("R-000-24")
def test_a_case_is_forgotten_on_its_day_and_not_before(house: Institution) -> None:
    kept, _code = house.report()
    due, _code = house.report()
    for case, days in ((kept, 1), (due, 0)):
        day = localdate() + timedelta(days)
        Case.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_on=localdate(), forget_on=day)
    jobs.forget_what_is_due()
    assert list(Case.objects.values_list("pk", flat=True)) == [kept.pk]
    assert not SealedItem.objects.filter(compartment__scope=due.pk).exists()
    assert Shredded.objects.filter(scope=due.pk).exists()
    jobs.forget_what_is_due()
    assert Entry.objects.filter(did="case.forgotten").count() == 1


def test_who_was_suspended_long_ago_is_removed_by_a_tick(house: Institution) -> None:
    leaver = house.readers[2].user
    suspend(leaver, by=leaver)
    for days, kept in ((89, True), (90, False)):
        with time_machine.travel(now() + timedelta(days)):
            assert tick.once() == 0
        assert User.objects.filter(pk=leaver.pk).exists() == kept


def test_only_files_that_no_report_took_are_swept_and_only_when_old(house: Institution) -> None:
    root = haven_settings.BLOB_ROOT
    fresh, old, taken = (_file() for _number in range(3))
    long_ago = (now() - timedelta(days=3)).timestamp()
    for name in (old, taken):
        utime(root / name, (long_ago, long_ago))
    house.report()
    compartment = SealedItem.objects.all()[0].compartment
    SealedFile.objects.create(id=taken, compartment=compartment, step=512)
    jobs.sweep_files()
    assert sorted(path.name for path in root.iterdir()) == sorted([fresh, taken])


def _file() -> str:
    writer = SealedWriter(haven_settings.BLOB_ROOT)
    writer.write(b"something")
    return writer.finish().blob.hex


def test_sessions_that_are_over_go(house: Institution) -> None:
    reader = house.readers[0]
    assert reader.keyring is not None
    open_session(reader.user.key_bundles.get(), reader.keyring)
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now() + timedelta(days=1))
    jobs.end_sessions()
    assert UnlockedSession.objects.count() == 1
    UnlockedSession.objects.update(idle_until=now() - timedelta(minutes=1))
    jobs.end_sessions()
    assert not UnlockedSession.objects.exists()
    assert [one.session_key for one in Session.objects.all()] == ["new"]


def test_the_night_is_verified_once_and_the_trail_says_how_it_went(house: Institution) -> None:
    house.report()
    for hour in (2, 3, 4):
        with at(hour):
            jobs.verify_each_night()
    assert list(Entry.objects.filter(did__startswith="store.").values_list("did", "day")) == [("store.sound", MONDAY)]
    Grant.objects.all()[0].delete()
    Grant.objects.all()[0].delete()
    with at(5, MONDAY + timedelta(days=1)):
        jobs.verify_each_night()
    assert Entry.objects.filter(did="store.unsound").count() == 1


def test_verification_finds_each_kind_of_damage(house: Institution) -> None:
    case, _code = house.report()
    assert verify.findings() == []
    compartment = Grant.objects.filter(compartment__kind="internal")[0].compartment
    compartment.grants.all()[0].delete()
    assert len(verify.findings()) == 0, "two are left"
    compartment.grants.all()[0].delete()
    SealedFile.objects.create(id=case.pk, compartment=compartment, step=512)
    Endorsement.objects.filter(pk=Endorsement.objects.all()[0].pk).update(signature=b"forged")
    Entry.objects.filter(seq=1).update(actor="somebody else")
    pairs = zip(("trail", "confirmation", "fewer", "missing"), verify.findings(), strict=True)
    assert [word for word, sentence in pairs if word not in sentence] == []


def test_a_job_that_fails_keeps_no_other_from_running(
    house: Institution, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def breaks() -> None:
        raise ZeroDivisionError

    def works() -> None:
        done.append("worked")

    monkeypatch.setattr(jobs, "AT_EVERY_TICK", (breaks, works))
    monkeypatch.setattr(jobs, "AT_TIMES", ())
    assert tick.once() == 1
    assert done == ["worked"]
    assert "The clock could not breaks" in caplog.text


def test_a_whole_tick_twice_is_as_good_as_once(house: Institution) -> None:
    with at(12):
        house.report()
        assert (tick.once(), tick.once()) == (0, 0)
    assert len(mail.outbox) == 3
    assert Entry.objects.filter(did="store.sound").count() == 1
