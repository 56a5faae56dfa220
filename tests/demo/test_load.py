"""The demo, loaded through the usual actions, is what its files say."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils.timezone import localdate
from pytest_django import Settings

from haven.cases.models import Case, State
from haven.cases.opened import open_case
from haven.complaints import course, entering, serving
from haven.complaints.actions import open_to
from haven.complaints.models import Complaint
from haven.complaints.opened import open_complaint, open_party
from haven.config.demo import complaining
from haven.config.demo.content import people, reports, story_of
from haven.config.demo.counselling import told
from haven.config.demo.load import load
from haven.counsel import figures
from haven.counsel.opened import own
from haven.dialogue.actions import open_mailbox
from haven.notices.models import Outgoing
from haven.people.models import User
from haven.people.readers import readers_of
from haven.register.models import Plan
from haven.trail import actions as trail
from haven.trail.models import Entry
from haven.vault.models import KeyBundle, SealedFile, SealedItem
from haven.vault.unlocking import unlock
from tests import counted

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["2026-11-25", "2027-03-30"], ids=["a Wednesday", "the Tuesday after Easter"])
def loaded(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[list[str]]:
    settings.DATA, settings.BLOB_ROOT = tmp_path, tmp_path / "blobs"
    settings.VAULT_ARGON2 = {"time_cost": 1, "memory_cost": 1024, "parallelism": 1}
    said: list[str] = []
    with time_machine.travel(f"{request.param} 09:00:00+00:00", tick=False):
        load(said.append)
        yield said


def test_the_demo_is_whole_and_loading_it_again_does_nothing(loaded: list[str], settings: Settings) -> None:
    assert Case.objects.count() == len(reports())
    assert User.objects.count() == len(people().person) + len(people().editor)
    assert (settings.DATA / "secrets" / "roots").read_text().split() == list(settings.VAULT_ROOTS)
    assert len(list(settings.BLOB_ROOT.iterdir())) == SealedFile.objects.count()
    assert SealedItem.objects.filter(slot="file").count() == sum(len(report.files) for report in reports())
    load(loaded.append)
    assert Case.objects.count() == len(reports())
    assert len(loaded) == 3
    _the_desk_finds_work_of_every_sort()
    _every_ended_report_left_one_row()
    _the_trail_runs_forward()
    _only_the_people_of_a_route_can_read()
    _the_coordinator_reads_what_was_written()
    _two_mailboxes_open_with_known_codes()
    _a_handful_of_notices_waits()
    _each_counsellor_opens_what_they_were_told()
    _one_complaint_came_in_one_runs_and_one_is_closed()
    _both_parties_of_the_one_that_runs_come_in()


def _the_desk_finds_work_of_every_sort() -> None:
    today = localdate()
    states = Counter(Case.objects.values_list("state", flat=True))
    assert states[State.NEW] >= 8
    assert states[State.FILED] >= 6
    assert states[State.CLOSED] >= 8
    assert states[State.WITHDRAWN] == 1
    assert states[State.OPEN] >= 25
    assert Case.objects.overdue(today).count() >= 2
    assert Case.objects.with_reply().count() == sum(report.unread for report in reports())
    assert Case.objects.filter(urgent=True).count() == 2
    assert Case.objects.filter(urgent=True, state=State.NEW).count() == 1
    assert not Case.objects.to_forget(today).exists()
    assert Case.objects.earliest("received_on").received_on == today - timedelta(days=reports()[0].days_ago)


def _every_ended_report_left_one_row() -> None:
    ended = sum(bool(report.closing) or report.withdrawn_after is not None for report in reports())
    assert len(counted.ended()) == ended
    assert Plan.objects.exclude(frozen_on=None).filter(year=localdate().year).exists()


def _the_trail_runs_forward() -> None:
    days = list(Entry.objects.order_by("seq").values_list("day", flat=True))
    assert days == sorted(days)
    assert days[-1] <= localdate()
    assert trail.broken_at() is None


def _only_the_people_of_a_route_can_read() -> None:
    readers = {
        route: len(readers_of(route)) for route in ("contact_point", "ombuds", "outside", "online_safety", "privacy")
    }
    assert readers == {"contact_point": 6, "ombuds": 2, "outside": 2, "online_safety": 2, "privacy": 2}


def _the_coordinator_reads_what_was_written() -> None:
    noor = User.objects.get(name="Noor Voorbeeld")
    keyring = unlock(KeyBundle.objects.get(owner=noor), people().passphrase)
    opened = [open_case(case.reference, keyring=keyring, by=noor) for case in Case.objects.granted_to(keyring)]
    struck_out = sum("noor" in report.struck_out for report in reports())
    elsewhere = ("about_contact_point", "yes"), ("form_kind", "online_threat"), ("form_kind", "privacy")
    other_route = sum(any(report.answers.get(key) == said for key, said in elsewhere) for report in reports())
    assert len(opened) == len(reports()) - struck_out - other_route
    stories = {story_of(case.answers["answers"]) for case in opened if case.answers}
    assert stories < {report.story for report in reports()}
    assert len(stories) == len(opened) - 1, "the withdrawn one is gone"
    assert sum(len(case.messages) for case in opened) > 150


def _two_mailboxes_open_with_known_codes() -> None:
    known = [report for report in reports() if report.code]
    assert {report.language for report in known} == {"nl", "en"}
    for report in known:
        box = open_mailbox(report.code)
        assert box is not None
        assert [m.payload["text"] for m in box.messages() if m.payload.get("from") == "team"] == [
            message.text for message in report.dialogue if message.sender == "team"
        ]


def _a_handful_of_notices_waits() -> None:
    assert 0 < Outgoing.objects.count() <= 4 * len(people().person)


def _one_complaint_came_in_one_runs_and_one_is_closed() -> None:
    nadia = User.objects.get(name="Nadia Proefbrief")
    keyring = unlock(KeyBundle.objects.get(owner=nadia), people().passphrase)
    rows = Complaint.objects.granted_to(keyring).order_by("-received_on")
    new, runs, closed = [open_complaint(row.reference, keyring=keyring, by=nadia) for row in rows]
    assert [one.step for one in course.done(new)] == ["received"]
    assert {"receipt_sent", "rights_told"} <= {step.key for step in open_to(new)}
    assert {"complainant_heard", "defendant_heard"} <= {one.step for one in course.done(runs)}
    terms = {one.term.key: (one.state, one.last.day) for one in course.due(runs, on=localdate()) if one.last}
    assert [terms[key][0] for key in ("hearing", "investigation", "statutory")] == ["met", "running", "running"]
    assert runs.row.look_by == terms["investigation"][1] <= localdate() + timedelta(days=14)
    assert [one.row.ended_on is None for one in (new, runs, closed)] == [True, True, False]
    assert serving.unequal(runs.row) == serving.unequal(closed.row) == []
    assert {one.language for one in complaining.written()} == {"nl", "en"}


def _both_parties_of_the_one_that_runs_come_in() -> None:
    parties = complaining.to_show()
    assert [one.role for one in parties] == ["complainant", "defendant"]
    for one in parties:
        opened = open_party(entering.enter(one.number, people().passphrase))
        own = {"receipt", "information_complainant"} if one.role == "complainant" else {"information_defendant"}
        assert {paper.kind for paper in opened.papers} == {"letter", "hearing_report", f"invitation_{one.role}", *own}


def _each_counsellor_opens_what_they_were_told() -> None:
    hilde, emeka = User.objects.get(name="Hilde Proefveld"), User.objects.get(name="Emeka Voorbeeldson")
    for person, key in ((hilde, "hilde"), (emeka, "emeka")):
        keyring = unlock(KeyBundle.objects.get(owner=person), people().passphrase)
        mine = [one for one in told() if one.counsellor == key]
        assert {one.taken["about"] for one in own(keyring, by=person)} == {one.about for one in mine}
        assert sum(figures.due(keyring, on=localdate()).values()) == sum(one.ended is not None for one in mine)
