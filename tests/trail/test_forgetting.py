"""Old lines of the trail go as promised, and what is left can still be verified from its first key; who takes away more
than is promised is found."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings

from haven.clock import jobs
from haven.clock.verify import findings
from haven.config import inside
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.trail.models import Entry, Head
from tests.proofs.tables import change
from tests.proves import proves

YEARS = 7
TODAY = date(2027, 3, 1)
OLD = TODAY.replace(year=TODAY.year - YEARS)  # on this day a line is old enough to begin with


@pytest.fixture(autouse=True)
def later_that_week() -> Iterator[None]:
    """What stands in the trail lies before today."""
    with time_machine.travel(datetime(2027, 3, 5, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def first_key(db: None) -> bytes:
    """What the auditor kept. On each of six days a deed, the line of the night, another deed: 18 lines.

    The night of OLD is the newest that is old enough: line 11.
    """
    key = trail.first_key()
    for number in range(6):
        day = OLD + timedelta(days=number - 3)
        trail.note("case.opened", subject=f"MORN-{number}", by="5", on=day)
        trail.note("store.sound", on=day)
        trail.note("case.closed", subject=f"EVEN-{number}", by="5", on=day)
    return key


def forged(first: int, *, years: int = YEARS, on: date = TODAY) -> None:
    """What root can do: delete from the beginning, move the anchor, and write a line with the key of today."""
    anchor = Entry.objects.get(seq=first - 1).hash
    change("DELETE FROM trail_entry WHERE seq < %s", first)
    Head.objects.update(gone=first - 1, anchor=anchor)
    trail.note(trail.FORGOTTEN, subject=f"{first} {years}", on=on)


@proves("R-000-21")
def test_lines_go_when_they_are_older_than_promised_and_the_rest_verifies(first_key: bytes) -> None:
    assert trail.forget(YEARS, on=TODAY) == 10

    assert Entry.objects.order_by("seq").values_list("seq", "did", "day")[0] == (11, "store.sound", OLD)
    assert not Entry.objects.filter(day__lt=OLD).exists()
    assert (trail.broken_at(), trail.broken_at(first_key)) == (None, None)
    assert trail.begins() == (11, TODAY, YEARS)


def test_forgetting_leaves_a_line_once_and_goes_on_the_next_day(first_key: bytes) -> None:
    gone = [trail.forget(YEARS, on=day) for day in (TODAY, TODAY, TODAY + timedelta(days=1))]

    assert gone == [10, 0, 3]
    told = Entry.objects.filter(did=trail.FORGOTTEN).order_by("seq").values_list("subject", "actor")
    assert list(told) == [("11 7", ""), ("14 7", "")]
    trail.note("case.opened", subject="LATER")
    assert (trail.broken_at(), trail.broken_at(first_key)) == (None, None)


def test_nothing_goes_before_its_time_and_no_trail_is_begun_for_it(first_key: bytes) -> None:
    assert trail.forget(YEARS, on=OLD.replace(year=OLD.year + 6)) == 0
    assert Entry.objects.count() == 18
    assert trail.begins() is None


def test_where_there_is_no_trail_there_is_nothing_to_forget(db: None) -> None:
    assert trail.forget(YEARS, on=TODAY) == 0
    assert not Head.objects.exists()


def test_what_the_nightly_verification_compares_with_outlives_its_line(first_key: bytes) -> None:
    """The two roots stand in one line of the first day."""
    Entry.objects.all().delete()
    Head.objects.all().delete()
    key = trail.first_key()
    trail.note("keys.rooted", subject="fingerprint", by="terminal", on=OLD - timedelta(days=9))
    trail.note("store.sound", on=OLD)

    assert trail.forget(YEARS, on=TODAY) == 1

    assert [one.subject for one in Entry.objects.filter(did="keys.rooted")] == ["fingerprint"]
    assert trail.broken_at(key) is None


def test_the_clock_forgets_what_the_rulebook_says(first_key: bytes) -> None:
    assert shelf.current().retention.periods.trail_years == YEARS
    assert jobs.forget_old_trail in jobs.AT_TIMES

    with time_machine.travel(datetime(2027, 2, 26, 12, tzinfo=UTC)):
        jobs.forget_old_trail()
    assert Entry.objects.count() == 18, "the day before"
    with time_machine.travel(datetime(2027, 2, 27, 12, tzinfo=UTC)):
        jobs.forget_old_trail()
    assert Entry.objects.order_by("seq").values_list("seq", "day")[0] == (2, date(2020, 2, 27))
    assert trail.broken_at(first_key) is None


# ── Root, who can write in the tables and knows the key of the next line ──


@proves("R-000-21")
def test_a_line_taken_out_of_the_middle_is_found(first_key: bytes) -> None:
    trail.forget(YEARS, on=TODAY)
    change("DELETE FROM trail_entry WHERE seq = 14")

    assert (trail.broken_at(), trail.broken_at(first_key)) == (14, 14)


@proves("R-000-21")
@pytest.mark.parametrize("first", [12, 14])
def test_more_lines_than_may_go_are_missed(first_key: bytes, first: int) -> None:
    """Line 14 is of a night too, and one day too young."""
    trail.forget(YEARS, on=TODAY)
    anchor = Entry.objects.get(seq=first - 1).hash
    change("DELETE FROM trail_entry WHERE seq < %s", first)
    assert trail.broken_at() == 11, "without a new anchor"

    Head.objects.update(gone=first - 1, anchor=anchor)
    assert trail.broken_at() == first, "with a new anchor, and no line that says so"
    trail.note(trail.FORGOTTEN, subject=f"{first} {YEARS}", on=TODAY)
    assert (trail.broken_at(), trail.broken_at(first_key)) == (first, first), "with that line, well sealed"


@proves("R-000-21")
@pytest.mark.parametrize(
    ("years", "on"),
    [(0, TODAY), (3000, TODAY), (7, TODAY + timedelta(days=30_000))],
    ids=["after no years", "after too many", "on a day to come"],
)
def test_a_line_that_allows_too_much_is_found(first_key: bytes, years: int, on: date) -> None:
    forged(14, years=years, on=on)

    assert (trail.broken_at(), trail.broken_at(first_key)) == (14, 14)


def test_a_line_about_somebody_is_no_beginning(first_key: bytes) -> None:
    forged(10)

    assert trail.broken_at() == 10


@proves("R-000-21")
def test_a_forged_anchor_is_found(first_key: bytes) -> None:
    trail.forget(YEARS, on=TODAY)
    right = Head.objects.get()
    for changed in ({"anchor": bytes(32)}, {"gone": 0}, {"gone": 9}, {"gone": 0, "anchor": bytes(32)}):
        Head.objects.update(**changed)
        assert trail.broken_at() is not None, changed
        Head.objects.update(gone=right.gone, anchor=right.anchor)
    assert trail.broken_at() is None


@proves("R-000-21")
def test_an_old_day_on_a_young_line_is_found_with_the_first_key(first_key: bytes) -> None:
    """Everything from the new beginning is written anew, as it should be, but for the keys, which are gone."""
    kept = list(Entry.objects.filter(seq__gte=14).order_by("seq"))
    forged(14)
    Entry.objects.all().delete()
    Head.objects.update(seq=13, hash=Head.objects.get().anchor)
    trail.note("store.sound", on=OLD)
    for line in kept[1:]:
        trail.note(line.did, subject=line.subject, by=line.actor, on=line.day)
    trail.note(trail.FORGOTTEN, subject="14 7", on=TODAY)

    assert trail.broken_at() is None
    assert trail.broken_at(first_key) == 14


def test_a_beginning_that_makes_no_sense_is_told_and_breaks_nothing(first_key: bytes) -> None:
    trail.forget(YEARS, on=TODAY)
    trail.note(trail.FORGOTTEN, subject="all of it", on=TODAY)

    assert trail.begins() is None
    assert trail.broken_at() == 11
    assert any("trail is broken at line 11" in one for one in findings())


def test_the_auditor_is_told_where_the_trail_begins_and_why(first_key: bytes, capsys: Any, monkeypatch: Any) -> None:
    trail.forget(YEARS, on=TODAY)
    monkeypatch.setenv("HAVEN_DATA", str(settings.BLOB_ROOT.parent))
    (settings.BLOB_ROOT.parent / "secrets").mkdir()

    assert inside.run(Namespace(verb="trail", deed="verify", key=first_key.hex())) == 0

    said = capsys.readouterr().out
    assert "begins at line 11: what was before it was forgotten on 2027-03-01, after 7 years" in said
    assert "Every line follows from the one before." in said
