"""Who left is removed: keys first, then the name. Those they vouched for stay readers; no case loses its last ones."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.timezone import localdate

from haven.cases import actions as cases
from haven.cases import leaving, reminders, retention, search
from haven.cases.models import Case
from haven.clock.verify import findings
from haven.notices.actions import tell
from haven.notices.models import Reminder
from haven.people import actions as people
from haven.people.models import Membership, User
from haven.people.readers import readers_of
from haven.rulebook import shelf
from haven.trail.actions import broken_at
from haven.trail.models import Entry
from haven.vault import directory
from haven.vault.models import Drawer, Endorsement, Grant, KeyBundle, KeySlot, SearchEntry, UnlockedSession
from tests.desk.conftest import page, sits_down
from tests.institution import Institution, Person, yesterday
from tests.proofs.filled import open_for
from tests.proofs.tables import database
from tests.proves import proves

LEFT = date(2027, 2, 1)
WAIT = timedelta(days=90)
DUE = LEFT + WAIT


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    """Readers 0 and 1 are the roots; 2 and 3 brought in Newcomer, who has read long since."""
    house = Institution(settings).with_readers(4)
    house.readers.append(house.person("Newcomer"))
    house.confirm(house.readers[4], by=house.readers[2:4])
    return house


def suspend(*people_: Person, on: date = LEFT) -> None:
    with time_machine.travel(datetime(on.year, on.month, on.day, 12, tzinfo=UTC)):
        for one in people_:
            people.suspend(one.user, by=one.user)


def names() -> set[str]:
    return {one.name for one in readers_of("contact_point")}


def about(person: Person) -> list[str]:
    """The tables in which the name or the mail address of this person can be read."""
    sought = {person.user.name, person.user.email}
    return [t for t, rows in database().items() if any(str(v) in sought for row in rows for v in row)]


@proves("R-002-17")
def test_nothing_of_who_left_stays_but_a_number_in_the_trail(house: Institution) -> None:
    leaver = house.readers[4]
    case, _code = house.report()
    sits_down(leaver)
    EmailAddress.objects.create(user=leaver.user, email=leaver.user.email)
    tell([leaver.user], "waiting")
    assert leaver.keyring is not None
    search.find(leaver.keyring, "shouted", where="text")
    cases.assign(open_for(house.readers[0], case), to=leaver.user)
    reminders.remind(open_for(leaver, case), day=localdate() + timedelta(days=400))
    assert (Drawer.objects.count(), Reminder.objects.count()) == (1, 1)
    assert {"people_user", "account_emailaddress"} <= set(about(leaver))
    suspend(leaver)
    number = str(leaver.user.pk)

    assert leaving.let_go_due(DUE) == 1

    assert about(leaver) == []
    assert not User.objects.filter(pk=leaver.user.pk).exists()
    for model in (Grant, SearchEntry, Drawer, KeyBundle, Endorsement):
        assert not model._default_manager.filter(kid=leaver.kid).exists()
    assert (KeySlot.objects.count(), UnlockedSession.objects.count()) == (8, 0), "two of each who stays"
    assert not Reminder.objects.exists()
    assert not Membership.objects.filter(user_id=number).exists()
    assert (Authenticator.objects.count(), Session.objects.count(), EmailAddress.objects.count()) == (0, 0, 0)
    assert Case.objects.get().handler is None
    assert [one.did for one in Entry.objects.filter(subject=number)][-2:] == ["person.removed", "keys.removed"]
    assert (broken_at(), findings()) == (None, [])


def test_nobody_goes_before_the_day_and_who_is_let_in_again_stays(house: Institution) -> None:
    assert shelf.current().retention.periods.left_days == WAIT.days
    leaver = house.readers[4]
    suspend(leaver)
    assert leaving.let_go_due(DUE - timedelta(days=1)) == 0
    people.readmit(leaver.user, by=leaver.user)

    assert leaving.let_go_due(DUE + timedelta(days=900)) == 0
    assert User.objects.get(pk=leaver.user.pk).left_on is None
    assert "Newcomer" in names()


def test_suspending_twice_does_not_begin_the_days_anew(house: Institution) -> None:
    suspend(house.readers[4])
    suspend(house.readers[4], on=DUE)

    assert leaving.let_go_due(DUE) == 1


@proves("R-002-17")
def test_who_was_brought_in_by_those_who_left_stays_a_reader(house: Institution) -> None:
    """A root and one whom Newcomer was brought in by: their public keys stay, without a name."""
    leavers = [house.readers[0], house.readers[2]]
    suspend(*leavers)
    before = names()

    assert leaving.let_go_due(DUE) == 2

    assert names() == before == {"Reader 1", "Reader 3", "Newcomer"}
    assert findings() == []
    for leaver in leavers:
        row, bundle = User.objects.get(pk=leaver.user.pk), leaver.user.key_bundles.get()
        assert (row.name, row.function_en, row.has_usable_password(), about(leaver)) == ("", "", False, [])
        assert (bytes(bundle.private_sealed), bundle.state, bundle.slots.count()) == (b"", "retired", 0)
        assert not readers_of_other(leaver)
    assert leaving.let_go_due(DUE + timedelta(days=1)) == 0, "once"
    assert Entry.objects.filter(did="person.removed").count() == 2


def readers_of_other(person: Person) -> bool:
    return person.kid in {bundle.kid for bundle in directory.readers_of("contact_point", yesterday())}


def test_public_keys_go_with_the_last_reader_who_is_proven_by_them(house: Institution) -> None:
    signer, proven = house.readers[2], house.readers[4]
    suspend(signer)
    leaving.let_go_due(DUE)
    assert KeyBundle.objects.filter(kid=signer.kid).exists()

    suspend(proven, on=DUE)
    leaving.let_go_due(DUE + WAIT)

    assert not KeyBundle.objects.filter(kid__in=[signer.kid, proven.kid]).exists()
    assert not User.objects.nameless().exists()
    assert names() == {"Reader 0", "Reader 1", "Reader 3"}


@proves("R-002-08")
def test_the_last_readers_of_a_case_stay_until_colleagues_can_read_it(house: Institution) -> None:
    """Newcomer was struck out, and so were two others: two people read this case, and one of them leaves."""
    struck = frozenset(one.kid for one in house.readers[2:4])
    case, _code = house.report(struck_out=struck)
    leaver = house.readers[0]
    suspend(leaver, house.readers[4])

    assert leaving.let_go_due(DUE) == 0
    assert Grant.objects.filter(kid=leaver.kid).count() == 3
    assert any("fewer than 2 readers" in one for one in findings()), "and the night says so"

    colleague = house.person("Colleague")
    house.confirm(colleague, by=house.readers[1:3])
    cases.assign(open_for(house.readers[1], case), to=colleague.user)
    assert leaving.let_go_due(DUE) == 2
    assert findings() == []
    assert {one.user.name for one in (house.readers[1], colleague) if one.opens(case)} == {"Reader 1", "Colleague"}


@proves("R-000-19")
def test_who_alone_holds_a_name_stays_as_long_as_the_case(house: Institution) -> None:
    leaver = house.readers[4]
    case, _code = house.report({"mode": "confidential", "name": "Sam"}, keeper=leaver.kid)
    suspend(leaver)
    assert leaving.let_go_due(DUE) == 0
    assert findings() == [], "nobody can give this key to a colleague"

    opened = open_for(house.readers[0], case)
    cases.screen(opened, "other")
    cases.close(opened, outcome="talked", category="bullying", destination="none", on=LEFT)
    assert (leaving.let_go_due(DUE), retention.forget_due(DUE), leaving.let_go_due(DUE)) == (0, 1, 1)
    assert not KeyBundle.objects.filter(kid=leaver.kid).exists()


def test_the_desk_knows_who_left_no_more(house: Institution) -> None:
    case, _code = house.report()
    leaver, admin = house.readers[2], house.person("Pim", role="administrator", serves=False)
    sits_down(leaver).get(reverse("desk:case", args=[case.reference]))
    suspend(leaver)
    where = reverse("desk:person", args=[leaver.user.pk])
    assert "Sunday 2 May 2027" in sits_down(admin).get(where).content.decode()
    leaving.let_go_due(DUE)
    assert User.objects.filter(pk=leaver.user.pk).exists()

    client = sits_down(admin)
    assert client.get(where).status_code == 404
    back = client.post(reverse("desk:start_anew", args=[leaver.user.pk]), {"do": "readmit"})
    assert (back.status_code, User.objects.get(pk=leaver.user.pk).is_active) == (404, False)
    assert leaver.user not in client.get(reverse("desk:people")).context["staff"]
    shown = page(sits_down(house.readers[0]), case)
    assert "somebody who left" in {line.who for line in shown.timeline}
    assert "" not in {one.name for one in shown.opened.readers}
