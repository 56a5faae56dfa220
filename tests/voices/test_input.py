"""Input from people: sealed to who handles it, answered within a week, decided on, told, and forgotten."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from haven.clock import jobs
from haven.desk.inputpage import overview
from haven.notices.models import Outgoing
from haven.rulebook import shelf
from haven.rulebook.roles import ROLES, Right
from haven.trail.models import Entry
from haven.vault import unlocking
from haven.vault.models import Compartment, Grant, SealedItem, Shredded
from haven.voices import actions, collecting, figures, published, retention
from haven.voices.actions import Refused
from haven.voices.collecting import NobodyReads, Said
from haven.voices.mail import A_FOLDER
from haven.voices.models import ADDRESS, WORDS, Decision, Input, Round, Wording
from tests.institution import Institution, Person
from tests.post import PostOffice
from tests.proves import proves
from tests.voices.told import DAY, HERE, MAIL, TOLD, decided, form, opens, told

pytestmark = pytest.mark.django_db


def on_disk() -> bytes:
    """Every text and every byte of every table, as a thief of the database has them."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own tables
            found += [repr([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in cursor]
    return "\n".join(found).encode()


@proves("R-004-05", "R-004-50")
def test_words_and_address_are_sealed_to_who_handles_input_and_nothing_tells_who_asked(house: Institution) -> None:
    outsider = house.person("Editor", role="administrator")
    house.confirm(outsider, by=house.readers)
    pk = told(mail=MAIL)

    assert opens(house.readers[0], pk).said["words"] == TOLD
    assert opens(house.readers[0], pk).mail == MAIL
    assert set(Grant.objects.values_list("kid", flat=True)) == {one.kid for one in house.readers}
    assert set(Compartment.objects.values_list("kind", flat=True)) == {WORDS, ADDRESS}
    with pytest.raises(Input.DoesNotExist):
        opens(outsider, pk)
    stored = on_disk()
    assert str(pk).replace("-", "").encode() in stored or str(pk).encode() in stored
    assert [one for one in (TOLD, MAIL, "suggestion") if one.encode() in stored] == []
    assert {(line.did, line.actor, line.subject) for line in Entry.objects.all()} == {("input.received", "", "")}


def test_nobody_but_the_team_of_the_rulebook_has_the_right(house: Institution) -> None:
    able = {role.key for role in ROLES.values() if role.may(Right.INPUT)}
    assert able == {"contact_point", "coordinator"}
    assert shelf.current().voices.team == "contact_point"


def test_sent_twice_is_one_input_and_without_readers_nothing_is_acknowledged(house: Institution, settings: Any) -> None:
    once, said = uuid4(), Said(kind="tip", words=TOLD, language="nl")
    for _time in range(2):
        collecting.receive(said, once=once)
    assert Input.objects.count() == 1
    settings.VAULT_ROOTS = ()
    with pytest.raises(NobodyReads):
        collecting.receive(said, once=uuid4())
    assert Input.objects.count() == 1


@proves("R-004-44")
def test_the_clock_runs_seven_calendar_days_and_reminds_who_can_open_it(house: Institution) -> None:
    pk = told()
    assert Input.objects.get().due_on == DAY + timedelta(days=7)
    for day, waits in ((DAY + timedelta(days=3), 0), (DAY + timedelta(days=4), 2), (DAY + timedelta(days=8), 2)):
        with time_machine.travel(f"{day} 09:00:00+01:00", tick=False):
            jobs.remind_of_input()
            jobs.remind_of_input()
            assert Outgoing.objects.count() == waits
            Outgoing.objects.all().delete()
    shown = seen(house.readers[0], DAY + timedelta(days=8))
    assert [(one.age, one.late, one.is_open) for one in shown["waiting"]] == [(8, True, True)]
    assert (shown["answered"].share, shown["answered"].late) == (0, 1)
    decided(house.readers[0], pk, on=DAY + timedelta(days=8))
    told(on=DAY)
    late = told()
    decided(house.readers[0], late, on=DAY + timedelta(days=7))
    shown = seen(house.readers[0], DAY + timedelta(days=7))
    assert (shown["answered"].in_time, shown["answered"].late, shown["answered"].waiting) == (1, 1, 1)
    assert shown["answered"].share == 50


def seen(person: Person, on: date) -> dict[str, Any]:
    assert person.keyring is not None
    with time_machine.travel(f"{on} 12:00:00+01:00", tick=False):
        return overview(person.keyring, person.user)


@proves("R-004-44")
def test_an_answer_goes_by_mail_once_and_the_address_is_destroyed(house: Institution, post_office: PostOffice) -> None:
    pk, keeper = told(mail=MAIL), house.readers[0]
    decided(keeper, pk)
    assert Input.objects.get().answered_on is None  # somebody waits for an answer of their own
    post_office.refuses = True
    with pytest.raises(OSError, match="Not now"):
        actions.answer(opens(keeper, pk), "zqanswerwm")
    assert (opens(keeper, pk).mail, Input.objects.get().answered_on) == (MAIL, None)
    post_office.refuses = False
    actions.answer(opens(keeper, pk), "zqanswerwm", on=DAY + timedelta(days=7))

    [mail] = post_office.mails
    assert (mail["To"], mail["Subject"], TOLD in str(mail)) == (MAIL, "Antwoord / Answer", False)
    assert "zqanswerwm" in mail.get_content()
    assert (Outgoing.objects.count(), Compartment.objects.filter(kind=ADDRESS).count()) == (0, 0)
    assert opens(keeper, pk).answer["text"] == "zqanswerwm"
    assert (Input.objects.get().in_time, b"zqanswerwm" in on_disk()) == (True, False)
    with pytest.raises(Refused, match="no_address"):
        actions.answer(opens(keeper, pk), "Twice")


def test_without_a_mail_server_no_answer_is_written_to_disk(house: Institution, settings: Any, tmp_path: Path) -> None:
    pk, keeper = told(mail=MAIL), house.readers[0]
    folder = {"BACKEND": A_FOLDER, "OPTIONS": {"file_path": tmp_path / "mail"}}
    settings.MAILERS = {"default": folder}
    with pytest.raises(OSError, match="no mail server"):
        actions.answer(opens(keeper, pk), "zqanswerwm")
    assert (opens(keeper, pk).mail, (tmp_path / "mail").exists()) == (MAIL, False)


@proves("R-004-51", "R-003-06")
def test_a_decision_says_how_and_when_and_two_people_tell_it_on_the_site(house: Institution, client: Client) -> None:
    pk, (one, other) = told(), house.readers[:2]
    with pytest.raises(Refused, match="no_decision"):
        actions.word(opens(one, pk), nl="Woorden.", en="Words.")
    decided(one, pk, action="training_for_all")
    with pytest.raises(Refused, match="no_wording"):
        actions.publish(opens(other, pk))
    actions.word(opens(one, pk), nl="Oude woorden.", en="Old words.")
    actions.word(opens(one, pk), nl="We deden het.", en="We did it.")
    assert b"We did it" not in on_disk()  # sealed until somebody else has looked at it
    with pytest.raises(Refused, match="own_wording"):
        actions.publish(opens(one, pk))
    assert not opens(one, pk).published
    stale = opens(other, pk)
    actions.publish(stale)
    with pytest.raises(Refused, match="no_wording"):
        actions.publish(stale)

    page = client.get("/en/input/outcomes/")
    assert ("We did it." in page.text, "Old words" in page.text, "zqhowwm" in page.text) == (True, False, False)
    assert {key: [one.nl for one in told] for key, told in published.used_by_action().items()} == {
        "training_for_all": ["We deden het."]
    }
    [line] = Entry.objects.filter(did="input.published")
    assert (line.subject, line.actor) == (str(Wording.objects.get().pk), str(other.user.pk))
    actions.take_down(Wording.objects.get(), by=one.user)
    assert "We did it." not in client.get("/en/input/outcomes/").text


@proves("R-004-51")
def test_numbers_on_the_site_begin_at_ten_and_are_rounded(house: Institution, client: Client) -> None:
    year = localdate().year - 1  # of the one that runs nothing is told: two looks could be subtracted
    Input.objects.bulk_create(Input(year=year, in_time=True, decision=Decision.USED) for _n in range(9))
    assert figures.of(year) == figures.Year(year, None, None, None, None, None)
    assert "nothing to count" in client.get("/en/input/outcomes/").text
    Input.objects.bulk_create(Input(year=year, decision=Decision.LATER) for _n in range(4))
    assert figures.of(year) == figures.Year(year, 15, None, None, None, None)
    assert "about 15" in " ".join(client.get("/en/input/outcomes/").text.split())


@proves("R-003-23", "R-004-59", "R-003-27")
def test_a_question_is_open_for_a_unit_and_a_time_and_staff_enter_what_a_meeting_said(
    house: Institution, client: Client
) -> None:
    keeper, today = house.readers[0], localdate()
    asked = Round(unit="x", nl="Wat mist?", en="What is missing?", opens_on=today, closes_on=today + timedelta(days=7))
    actions.open_round(asked, by=keeper.user)
    backwards = Round(nl="x", en="x", opens_on=today, closes_on=today - timedelta(days=1))
    with pytest.raises(Refused):
        actions.open_round(backwards, by=keeper.user)
    address = reverse("pages:input_round", args=[asked.pk])
    assert f'href="{address}"' in client.get("/en/input/").text
    page = client.get(address)
    client.post(address, form(page), headers=HERE)
    [row] = Input.objects.all()
    assert opens(keeper, row.pk).said["round"] == str(asked.pk)

    said = Said(kind="suggestion", words=TOLD, language="nl", source="focus_group", round=str(asked.pk))
    entered = actions.enter(said, by=keeper.user)
    assert (entered.due_on, opens(keeper, entered.pk).said["source"]) == (None, "focus_group")
    decided(keeper, entered.pk)
    assert Input.objects.get(pk=entered.pk).in_time is None
    actions.end_round(asked, by=keeper.user)
    assert (client.get(address).status_code, collecting.open_rounds()) == (404, [])


def test_words_are_destroyed_after_the_time_of_the_rulebook_and_a_line_to_count_stays(house: Institution) -> None:
    days = shelf.current().retention.periods.input_days
    pk, other = told(mail=MAIL), told()
    decided(house.readers[0], pk, Decision.NOT_USED)
    assert retention.forget_due(DAY + timedelta(days=days - 1)) == 0
    assert retention.forget_due(DAY + timedelta(days=days)) == 1
    assert retention.forget_due(DAY + timedelta(days=days)) == 0
    assert set(SealedItem.objects.values_list("compartment__scope", flat=True)) == {other}
    assert Shredded.objects.get().scope == pk
    assert Input.objects.filter(pk=pk).values_list("year", "received_on", "forget_on", "decision").get() == (
        DAY.year, None, None, "not_used",
    )  # fmt: skip

    for reader in house.readers:  # nobody can open the other one any more
        unlocking.retire(reader.user.key_bundles.get())
    assert retention.forget_due(DAY) == 1
    assert not SealedItem.objects.exists()
