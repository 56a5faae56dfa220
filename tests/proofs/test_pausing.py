"""Answers that wait under a code: for nobody else, no longer than promised, and without a trace when they are gone."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from haven.cases.models import Case
from haven.clock import jobs
from haven.dialogue.models import Mailbox
from haven.intake import pausing
from haven.intake.actions import TooFewReaders, submit
from haven.intake.state import Draft
from haven.notices.models import Outgoing
from haven.rulebook import shelf
from haven.trail.models import Entry
from haven.vault import paused
from haven.vault.codes import ALPHABET, new_code, show
from haven.vault.models import Paused
from tests.institution import Institution
from tests.proofs.filled import parked
from tests.proves import proves
from tests.reporter.visitor import HERE

STORY = "zqstory what happened on the stairs"
ANSWERS = {"purpose": "report", "story": STORY, "mode": "anonymous"}


@pytest.fixture
def stopped(house: Institution) -> Draft:
    """Somebody who stopped with a file in hand."""
    draft = Draft(
        answers=ANSWERS,
        at="ask:story",
        urgent=True,
        files=(parked("zqname.txt", b"zqcontent"),),
        shown=frozenset(one.kid for one in house.readers),
    )
    pausing.pause(draft)
    return draft


def waits(code: str) -> Draft | None:
    found = pausing.find(code)
    return found.reopened.draft if found else None


def on_disk() -> set[str]:
    return {path.name for path in Path(settings.BLOB_ROOT).iterdir()}


def at_the_door(client: Any, code: str) -> tuple[bytes, int]:
    """What the door answers to a code, and at the cost of how many queries."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("reporter:mailbox"), {"code": code}, headers=HERE)
    return answer.content.replace(code.encode(), b"CODE"), len(queries)


# ── What waits ──


@proves("R-000-18", "R-003-14")
def test_all_of_it_waits_under_its_code_and_nothing_counts_as_a_report(stopped: Draft) -> None:
    assert waits(stopped.code) == stopped
    assert (Case.objects.count(), Mailbox.objects.count(), Outgoing.objects.count(), Entry.objects.count()) == (0,) * 4


@proves("R-000-18", "R-003-14")
def test_the_row_and_the_disk_tell_no_word_and_no_length(stopped: Draft) -> None:
    pausing.pause(replace(stopped, code=new_code(), answers={"purpose": "ask"}, files=()))
    pausing.pause(replace(stopped, code=new_code(), answers=ANSWERS | {"story": "zq" * 2000}))
    rows = [bytes(sealed) for sealed in Paused.objects.values_list("sealed", flat=True)]

    assert {field.name for field in Paused._meta.fields} == {"lookup", "sealed", "goes_on"}
    assert len({len(row) for row in rows}) == 1
    everything = b"".join([*rows, *(path.read_bytes() for path in Path(settings.BLOB_ROOT).iterdir())])
    for word in (b"zqstory", b"zqname", b"zqcontent", stopped.code.encode(), b"purpose"):
        assert word not in everything


def test_to_stop_again_overwrites(stopped: Draft) -> None:
    pausing.pause(stopped.answered("story", "zqlater"))

    found = waits(stopped.code)
    assert found is not None
    assert (found.answers["story"], Paused.objects.count()) == ("zqlater", 1)


def test_what_was_sent_waits_no_more_and_cannot_be_made_to(stopped: Draft) -> None:
    submit(stopped.report("en"))

    assert (waits(stopped.code), Paused.objects.count(), Case.objects.count()) == (None, 0, 1)
    with pytest.raises(pausing.SentAlready):
        pausing.pause(stopped)


def test_what_could_not_be_sent_still_waits(house: Institution, stopped: Draft) -> None:
    everyone = frozenset(one.kid for one in house.readers)
    with pytest.raises(TooFewReaders):
        submit(replace(stopped, struck_out=everyone).report("en"))

    assert waits(stopped.code) == stopped


# ── Attacks ──


@proves("R-003-14")
def test_a_guess_opens_nothing_and_every_wrong_code_gets_one_answer_at_one_cost(client: Any, stopped: Draft) -> None:
    neighbour = next(code for code in (new_code() for _try in range(9)) if code != stopped.code)
    thrown, late = new_code(), new_code()
    pausing.pause(replace(stopped, code=late, files=()), on=localdate() - timedelta(days=8))
    pausing.pause(replace(stopped, code=thrown, files=()))
    pausing.throw_away(thrown)

    answers = {at_the_door(client, code) for code in (neighbour, thrown, late, new_code())}

    assert len(answers) == 1
    assert at_the_door(client, stopped.code)[1] == next(iter(answers))[1]
    assert waits(stopped.code[:-1] + next(one for one in ALPHABET if one != stopped.code[-1])) is None


def test_a_box_under_another_code_opens_for_neither(stopped: Draft) -> None:
    other = replace(stopped, code=new_code(), answers={"story": "zqother"}, files=())
    pausing.pause(other)
    one, two = Paused.objects.order_by("lookup")
    Paused.objects.filter(lookup=one.lookup).update(sealed=two.sealed)
    Paused.objects.filter(lookup=two.lookup).update(sealed=one.sealed)

    assert (waits(stopped.code), waits(other.code)) == (None, None)


def test_who_gives_a_box_more_time_destroys_it(stopped: Draft) -> None:
    Paused.objects.update(goes_on=localdate() + timedelta(days=300))

    assert waits(stopped.code) is None


@proves("R-003-14")
def test_what_was_thrown_away_leaves_no_row_no_file_and_no_way_back(
    client: Any, stopped: Draft, django_capture_on_commit_callbacks: Any
) -> None:
    page = client.post(reverse("reporter:mailbox"), {"code": show(stopped.code)}, headers=HERE)
    state = page.context["state"]
    assert page.templates[0].name == "reporter/waiting.html"
    assert STORY not in page.content.decode()

    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            thrown = client.post(reverse("reporter:start"), {"state": state, "do": "throw"}, headers=HERE)
        assert thrown.templates[0].name == "reporter/thrown.html"
    assert (Paused.objects.count(), on_disk()) == (0, set())
    back = client.post(reverse("reporter:start"), {"state": state, "do": "resume"}, headers=HERE)
    assert (back.status_code, back["Location"]) == (302, reverse("reporter:mailbox"))


@proves("R-003-14")
def test_the_files_wait_as_long_as_the_answers_and_then_both_go(stopped: Draft) -> None:
    period = shelf.current().retention.periods.paused_days
    with time_machine.travel(now() + timedelta(days=period), tick=False):
        assert paused.sweep(localdate()) == 0
        jobs.sweep_files()
        found = pausing.find(stopped.code)
        assert found is not None
        assert (found.reopened.draft, found.reopened.lost) == (stopped, ())
    with time_machine.travel(now() + timedelta(days=period + 1), tick=False):
        assert pausing.find(stopped.code) is None
        assert (paused.sweep(localdate()), Paused.objects.count()) == (1, 0)
        assert jobs.sweep_paused in jobs.AT_TIMES
    with time_machine.travel(now() + timedelta(days=period + 3), tick=False):
        jobs.sweep_files()
        assert on_disk() == set()


def test_to_come_back_and_not_send_does_not_shorten_the_wait_of_a_file(stopped: Draft) -> None:
    assert waits(stopped.code) == stopped
    with time_machine.travel(now() + timedelta(days=5), tick=False):
        jobs.sweep_files()
        assert waits(stopped.code) == stopped
        submit(stopped.report("en"))
        (path,) = Path(settings.BLOB_ROOT).iterdir()
        assert path.stat().st_mtime <= now().timestamp()


def test_answers_that_no_longer_fit_the_rulebook_are_asked_again_and_the_others_stay(
    client: Any, stopped: Draft
) -> None:
    pausing.pause(replace(stopped, answers=ANSWERS | {"gone": "x", "audience": "no_longer"}, at="ask:gone"))
    page = client.post(reverse("reporter:mailbox"), {"code": stopped.code}, headers=HERE)
    back = client.post(reverse("reporter:start"), {"state": page.context["state"], "do": "resume"}, headers=HERE)

    assert (back.status_code, back.context["draft"].at) == (200, "start")
    assert back.context["draft"].clean == ANSWERS
