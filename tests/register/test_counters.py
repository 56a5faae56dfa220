"""Where counters are: killed at any point nothing counts twice, no copy holds them, and who adds cannot read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction

from haven.cases.batches import count_what_waits
from haven.config.backup import snapshot
from haven.register import store
from haven.register.actions import Event, count
from haven.register.models import Plan
from haven.register.store import Place, counters
from haven.vault import tallies
from haven.vault.errors import CannotOpen
from haven.vault.models import Tally
from tests.proves import proves
from tests.register.year import YEAR, plan_for

DAY = date(YEAR, 5, 3)
KNOWN = {"kind": "report", "category": "bullying", "destination": "none"}
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a file of its own")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="roles")


def total(plan: Plan) -> int:
    return sum(sum(counters().read(plan.pk, label).values()) for label in plan.declared.labels())


@pytest.mark.django_db
@proves("R-000-24", "R-000-28")
def test_killed_between_counting_and_forgetting_a_case_still_counts_once() -> None:
    plan = plan_for(60)
    before = total(plan)
    for at in ("intake", "action", "closing"):
        tallies.keep({"at": at, "known": KNOWN | {"action": "listened"}}, on=DAY)
    with time_machine.travel(DAY + timedelta(days=1), tick=False):
        name, waiting = tallies.batch(before=DAY + timedelta(days=1)) or (uuid4(), [])
        count(name, [Event(one["at"], day, one["known"]) for day, one in waiting], on=DAY)
        assert (total(plan), Tally.objects.count()) == (before + 3, 3)  # here it was killed
        tallies.keep({"at": "closing", "known": KNOWN}, on=DAY)
        assert not tallies.take_back(Tally.objects.exclude(batch=None)[0].pk)
        count_what_waits()

    assert (total(plan), Tally.objects.count()) == (before + 4, 0)


@pytest.mark.django_db
@proves("R-000-24")
def test_what_waits_is_of_one_size_and_does_not_open_in_another_row() -> None:
    tallies.keep({"at": "action", "known": {}}, on=DAY)
    tallies.keep({"at": "closing", "known": KNOWN}, on=DAY)
    one, two = Tally.objects.all()

    assert len(bytes(one.sealed)) == len(bytes(two.sealed))
    two.sealed = one.sealed
    with pytest.raises(CannotOpen):
        tallies.opened(two)


@on_sqlite
@pytest.mark.django_db(transaction=True)
@proves("R-000-28")
def test_no_backup_holds_a_counter_or_what_waits(tmp_path: Path) -> None:
    plan_for(60)
    tallies.keep({"at": "closing", "known": KNOWN}, on=DAY)
    with snapshot.taken(tmp_path), closing(sqlite3.connect(tmp_path / snapshot.COPY)) as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert copy.execute("SELECT count(*) FROM vault_tally").fetchone() == (0,)

    assert "register_period" in tables
    assert not tables & {"counter", "done"}
    assert Path(connection.settings_dict["NAME"]).with_name(store.FILE).stat().st_mode & 0o777 == 0o600


@on_sqlite
@pytest.mark.django_db
def test_a_process_killed_while_it_counts_has_counted_all_or_nothing(tmp_path: Path) -> None:
    place = Place(UUID(int=1), "2024", "kind", "report")
    counters().open({place: 0}, {"2024": DAY})
    other = place._replace(cell="other")
    counters().open({other: 0}, {"2024": DAY})

    class Killed(Exception):
        pass

    def places() -> Iterator[Place]:
        yield place
        raise Killed

    batch = uuid4()
    with pytest.raises(Killed):
        counters().add(batch, places())
    assert counters().read(place.plan, "2024") == {("kind", "report"): 0, ("kind", "other"): 0}
    for _again in range(2):
        counters().add(batch, [place, other])
    assert counters().read(place.plan, "2024") == {("kind", "report"): 1, ("kind", "other"): 1}
    counters().destroy(place.plan, "2024")


@on_postgresql
@pytest.mark.django_db
@proves("R-000-28")
def test_who_adds_cannot_read_and_nobody_reads_an_open_counter() -> None:
    script = Path(store.__file__).with_name("counters_owner.sql").read_text()
    plan = plan_for(60)
    place = Place(plan.pk, "2024", "kind", "report")
    counters().open({place._replace(period="2999"): 3}, {"2999": date(2999, 12, 31)})
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE counting_only")
        cursor.execute(script.replace(':"application"', "counting_only"), None)
        cursor.execute("SET LOCAL ROLE counting_only")
        counters().add(uuid4(), [place])
        for forbidden in ("SELECT value FROM haven_counters.counter", "UPDATE haven_counters.counter SET value = 0"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(forbidden)
        with pytest.raises(ProgrammingError, match="cannot be read"), transaction.atomic():
            counters().read(plan.pk, "2999")
        cursor.execute("RESET ROLE")
