"""On which day somebody wrote is known; at what time of that day is not, in no column and of no file."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from tests.institution import Institution
from tests.proofs.tables import database, written
from tests.proves import proves
from tests.reporter.visitor import Visitor

MOMENT = datetime(2027, 3, 4, 14, 37, 21, 123456, tzinfo=UTC)
CLOCK = re.compile(r"\d\d:\d\d")
SCALES = (1, 10**3, 10**6, 10**9)
DAY = 24 * 60 * 60


def tells_time(value: Any) -> bool:
    """A time as text, or a number of seconds, or of their thousandths and so on, since 1970; not a midnight."""
    if isinstance(value, datetime) or (isinstance(value, str) and CLOCK.search(value)):
        return True
    if isinstance(value, int | float):
        moment = MOMENT.timestamp()
        return any(abs(value / scale - moment) < DAY and value % (DAY * scale) for scale in SCALES)
    return False


@pytest.fixture
def on_that_day() -> Iterator[None]:
    with time_machine.travel(MOMENT, tick=True):
        yield


def everything_a_reporter_does(house: Institution) -> None:
    """Writes with a file, comes back, writes again with a file, says who it is; and somebody else withdraws."""
    visitor = Visitor().open()
    while visitor.at != "code":
        photo = {"files": SimpleUploadedFile("photo.jpg", b"photo")} if visitor.at == "ask:files" else {}
        visitor.press("add", **photo) if photo else None
        given = {"choice": "report"} if visitor.at == "ask:purpose" else {}
        visitor.press("next", **given)
    code = visitor.code
    visitor.press("send", urgent="yes", readback="yes")
    visitor.go("mailbox/", code=code)
    visitor.client.post(f"{visitor.base}mailbox/open/write/", {"words": "x", "files": SimpleUploadedFile("b", b"b")})
    visitor.go("mailbox/open/reveal/", name="Sam", to="everyone")
    _case, other = house.report()
    Visitor().go("mailbox/", code=other).go("mailbox/open/withdraw/", sure="yes")


@pytest.mark.usefixtures("on_that_day")
@proves("R-000-18", "R-003-14")
def test_nothing_that_a_reporter_does_is_kept_with_its_time(house: Institution) -> None:
    before = database()

    everything_a_reporter_does(house)

    kept = written(before, database())
    touched = {table for table, rows in kept.items() if rows}
    expected = {"cases_case", "dialogue_mailbox", "vault_sealeditem", "vault_sealedfile", "vault_grant", "vault_tally"}
    assert touched >= expected | {"vault_compartment", "notices_outgoing", "trail_entry", "trail_head"}
    assert {
        (table, value) for table, rows in kept.items() for row in rows for value in row if tells_time(value)
    } == set()


@pytest.mark.usefixtures("on_that_day")
@proves("R-003-14")
def test_files_and_their_folder_bear_the_last_midnight(house: Institution) -> None:
    everything_a_reporter_does(house)

    blobs = list(settings.BLOB_ROOT.iterdir())
    times = {datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat() for path in (settings.BLOB_ROOT, *blobs)}
    assert (len(blobs), times) == (2, {"2027-03-04T00:00:00+00:00"})


@proves("R-003-14")
def test_ids_are_made_by_chance_and_hold_no_clock(house: Institution) -> None:
    everything_a_reporter_does(house)

    ours = [model for model in apps.get_models() if model.__module__.startswith("haven.")]
    columns = [
        (model, field.name) for model in ours for field in model._meta.fields if isinstance(field, models.UUIDField)
    ]
    ids = [one for model, name in columns for one in model._default_manager.values_list(name, flat=True) if one]
    assert {UUID(str(one)).version for one in ids} == {4}
    assert len(ids) > 20


def test_a_time_would_be_noticed() -> None:
    moment = MOMENT.timestamp()
    noticed = [MOMENT, "2027-03-04 14:37:21.123456", moment, int(moment), int(moment * 1000), int(moment * 10**6)]
    calm: list[Any] = ["2027-03-04", 12, None, b"\x00:", int(moment) // DAY * DAY, "ABCD-EFGH"]

    assert [tells_time(one) for one in noticed] == [True] * len(noticed)
    assert [tells_time(one) for one in calm] == [False] * len(calm)
