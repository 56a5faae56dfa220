"""A notification is sealed to its counsellor alone, counted once, and destroyed after that and never before."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from haven.cases import leaving as staff
from haven.cases.models import Case
from haven.clock import jobs, verify
from haven.counsel import actions, figures, peers, retention
from haven.counsel.actions import Refused
from haven.counsel.models import Notification
from haven.counsel.peers import Talk
from haven.people import actions as people
from haven.people.models import User
from haven.people.readers import reader_of, readers_of
from haven.rulebook import shelf
from haven.rulebook.roles import ROLES, Right
from haven.trail.models import Entry
from haven.vault import leaving, unlocking
from haven.vault.models import Compartment, Grant, SealedItem, Shredded, Tally
from tests import counted
from tests.counsellors import NOTIFIER, counsellor, opens, told
from tests.institution import Institution, Person
from tests.proves import proves

pytestmark = pytest.mark.django_db

YEAR = 2025
IN_YEAR, TOO_EARLY, DAY = date(YEAR, 6, 2), date(YEAR + 1, 1, 14), date(YEAR + 1, 1, 15)


@pytest.fixture
def house(settings: Any) -> Institution:
    return Institution(settings).with_readers(3)


@pytest.fixture
def anna(house: Institution) -> Person:
    return counsellor(house, "Anna")


@pytest.fixture
def bea(house: Institution) -> Person:
    return counsellor(house, "Bea")


def take(person: Person, on: date) -> int:
    assert person.keyring is not None
    return figures.take(person.keyring, by=person.user, on=on)


def end(person: Person, row: Notification, *, on: date) -> None:
    actions.close(opens(person, row), outcome="talked", destination="none", on=on)


def talks(person: Person) -> list[Talk]:
    assert person.keyring is not None
    return peers.talks(person.keyring, by=person.user)


def ask(person: Person, row: Notification, fellow: Person, text: str = "Somebody is left out at meetings.") -> Talk:
    [to] = [one for one in peers.fellows(person.user) if one.person == fellow.user]
    peers.ask(opens(person, row), to=to, text=text)
    return talks(fellow)[0]


@proves("R-001-08", "R-001-09", "R-001-11")
def test_a_notification_is_sealed_to_the_one_who_was_told_and_is_no_case(anna: Person, bea: Person) -> None:
    row = told(anna)
    actions.note(opens(anna, row), {"text": "A note.", "pointed": "ombuds", "next": "2026-01-05"})

    assert opens(anna, row).notifier == NOTIFIER
    assert {one.kind for one in Compartment.objects.filter(scope=row.pk)} == {"counsel", "counsel:name"}
    assert set(Grant.objects.values_list("kid", flat=True)) == {anna.kid}
    with pytest.raises(Notification.DoesNotExist):
        opens(bea, row)
    assert (Case.objects.count(), len(counted.ended())) == (0, 0)


@proves("R-001-09")
def test_a_counsellor_reads_for_no_team_and_a_team_is_not_theirs(house: Institution, anna: Person) -> None:
    house.confirm(anna, by=house.readers[:2])
    pool = shelf.current().routes.counsellors.key

    assert anna.user not in [one.who for one in readers_of("contact_point")]
    assert [one.who for one in readers_of(pool)] == [anna.user]
    assert reader_of(anna.user) is not None
    for key, role in ROLES.items():
        assert role.may(Right.COUNSEL) == (key == "confidential_counsellor")
    assert not ROLES["confidential_counsellor"].may(Right.READ_CASE)


@proves("R-001-09")
def test_what_is_left_outside_the_seal_tells_no_number(house: Institution, anna: Person) -> None:
    """Three notifications leave one line of the trail, and the nightly verification and who is needed know of none."""
    for _each in range(3):
        told(anna)

    assert list(Entry.objects.values_list("did", "subject")) == [("counsel.worked", str(anna.user.pk))]
    assert [one for one in verify.findings() if "readers" in one] == []
    User.objects.filter(pk=anna.user.pk).update(is_active=False)
    assert not leaving.is_needed(anna.user)


def test_a_name_can_be_destroyed_while_the_notes_stay(anna: Person) -> None:
    row = told(anna)
    actions.name(opens(anna, row), {"name": "", "reach": ""})

    assert opens(anna, row).notifier == {}
    assert not Compartment.objects.filter(kind="counsel:name").exists()
    actions.name(opens(anna, row), {"name": "Other", "reach": ""})
    assert opens(anna, row).notifier["name"] == "Other"


@proves("R-001-08")
def test_each_notification_is_counted_once_and_forgotten_some_days_after_that(anna: Person, bea: Person) -> None:
    ended, running, other = told(anna, on=IN_YEAR), told(anna, on=IN_YEAR, audience=""), told(bea, on=IN_YEAR)
    told(anna, on=DAY)
    end(anna, ended, on=IN_YEAR)
    with pytest.raises(Refused, match="no_figures_due"):
        take(anna, TOO_EARLY)
    assert retention.forget_due(DAY + timedelta(days=400)) == 0

    assert take(anna, DAY) == 2
    with pytest.raises(Refused, match="no_figures_due"):
        take(anna, DAY)

    rows = [(one.kind, one.category, one.audience, one.channel, one.outcome) for one in counted.ended()]
    assert sorted(rows) == [
        ("notification", "bullying", "not_said", "counsellor", "not_said"),
        ("notification", "bullying", "phd", "counsellor", "talked"),
    ]
    assert {row.day for row in Tally.objects.all()} == {date(2025, 12, 31)}
    gone = DAY + timedelta(days=30)
    assert (retention.forget_due(gone - timedelta(days=1)), retention.forget_due(gone)) == (0, 1)
    assert not Compartment.objects.filter(scope=ended.pk).exists()
    assert Shredded.objects.filter(scope=ended.pk).exists()
    end(anna, running, on=gone)
    assert (retention.forget_due(gone + timedelta(days=30)), len(counted.ended())) == (1, 2)
    assert opens(bea, other).taken["about"] == "zqaboutwm"


def test_the_table_refuses_a_day_of_forgetting_for_what_was_not_counted(anna: Person) -> None:
    row = told(anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.filter(pk=row.pk).update(forget_on=DAY, closed_on=DAY)


def test_what_was_counted_and_opened_again_stays_and_is_not_counted_twice(anna: Person) -> None:
    row = told(anna, on=IN_YEAR)
    end(anna, row, on=IN_YEAR)
    take(anna, DAY)
    actions.reopen(opens(anna, row))

    assert retention.forget_due(DAY + timedelta(days=400)) == 0
    actions.note(opens(anna, row), {"text": "Back again.", "pointed": "", "next": ""})
    with pytest.raises(Refused):
        take(anna, DAY + timedelta(days=365))


def test_who_stops_counts_and_ends_everything(anna: Person) -> None:
    told(anna, on=IN_YEAR)
    told(anna)
    assert anna.keyring is not None

    assert figures.stop(anna.keyring, by=anna.user) == 2

    assert {(row.kind, row.outcome) for row in counted.ended()} == {("notification", "other")}
    assert retention.forget_due(localdate() + timedelta(days=30)) == 2
    assert not SealedItem.objects.exists()


@proves("R-001-09")
def test_what_a_counsellor_leaves_behind_is_counted_without_being_read_and_destroyed(house: Institution) -> None:
    """Nobody can open it once the keys are gone; before that nothing happens to it."""
    anna = counsellor(house, "Anna")
    row, before = told(anna), told(anna, on=IN_YEAR)
    take(anna, DAY)
    people.suspend(anna.user, by=house.readers[0].user)
    assert retention.forget_due(localdate()) == 0

    staff.let_go_due(localdate() + timedelta(days=90))
    assert retention.forget_due(localdate()) == 2

    assert jobs.forget_notifications in jobs.AT_EVERY_TICK
    assert not Notification.objects.exists()
    assert set(Shredded.objects.values_list("scope", flat=True)) == {row.pk, before.pk}
    assert sorted((one.kind, one.category) for one in counted.ended()) == [
        ("notification", "bullying"),
        ("notification", "not_said"),
    ]


def test_keys_that_were_given_up_take_the_notifications_along(anna: Person) -> None:
    told(anna)
    unlocking.retire(anna.user.key_bundles.get())

    assert (retention.forget_due(localdate()), len(counted.ended()), SealedItem.objects.count()) == (1, 1, 0)


@proves("R-001-09")
def test_a_fellow_opens_the_extract_and_nothing_else(house: Institution, anna: Person, bea: Person) -> None:
    third, row = counsellor(house, "Third"), told(anna)
    talk = ask(anna, row, bea)
    peers.say(talk, "Ask who was invited.")

    assert [one.extract["text"] for one in talks(bea)] == ["Somebody is left out at meetings."]
    assert [one.payload["text"] for one in talks(anna)[0].said] == ["Ask who was invited."]
    assert talks(third) == []
    with pytest.raises(Notification.DoesNotExist):
        opens(bea, row)
    kinds = set(Grant.objects.filter(kid=bea.kid).values_list("compartment__kind", flat=True))
    assert kinds == {talk.part.kind}


@pytest.mark.parametrize("who", ["anna", "bea"])
def test_either_of_the_two_ends_it_and_it_is_gone_at_once(anna: Person, bea: Person, who: str) -> None:
    row = told(anna)
    talk = ask(anna, row, bea)
    mine = talks(anna)[0]

    peers.end(mine if who == "anna" else talk)

    assert (talks(anna), talks(bea)) == ([], [])
    assert not SealedItem.objects.filter(slot__in=("extract", "said")).exists()
    assert opens(anna, row).taken["about"] == "zqaboutwm"


@pytest.mark.parametrize("text", ["It is about ZQNAMEWM again.", "Call zqreachwm."])
def test_an_extract_with_the_kept_name_in_it_is_refused(anna: Person, bea: Person, text: str) -> None:
    row = told(anna)

    with pytest.raises(Refused, match="name_in_extract"):
        ask(anna, row, bea, text)
    assert talks(bea) == []


def test_only_a_counsellor_with_confirmed_keys_can_be_asked(house: Institution, anna: Person) -> None:
    counsellor(house, "Unconfirmed", confirmed=False)

    assert peers.fellows(anna.user) == []


@proves("R-001-10")
def test_no_deed_on_a_notification_makes_a_case_or_tells_a_team(anna: Person, bea: Person) -> None:
    row = told(anna)
    actions.agree(opens(anna, row), {"text": "May be told.", "how": "phone", "on": "2026-01-05"})
    ask(anna, row, bea)
    end(anna, row, on=localdate())

    assert Case.objects.count() == 0
    assert opens(anna, row).agreed[0].payload["to"] == "contact_point"
