"""The deletion register beside the backups: what must never come back out of one."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from haven.cases.models import Case
from haven.clock import deletions, jobs
from haven.dialogue.actions import open_mailbox, withdraw
from haven.intake.actions import Withdrawn
from haven.vault.models import SealedItem
from tests.institution import Institution
from tests.proves import proves


@proves("R-000-24")
def test_what_was_destroyed_or_taken_back_is_destroyed_again_and_stays_so(
    transactional_db: None, settings: Any, tmp_path: Path
) -> None:
    """As after a restore: the rows are there, and the register says that they must not be."""
    house = Institution(settings).with_readers(2)
    (kept, kept_code), (back, code), (forgotten, _) = (house.report() for _number in range(3))
    gone = {back.pk: localdate(), forgotten.pk: localdate() - timedelta(days=3), uuid4(): date(2020, 1, 1)}
    file = tmp_path / deletions.NAME
    file.write_text("".join(f"{day} {scope}\n" for scope, day in gone.items()))

    assert deletions.read(file) == gone
    assert deletions.apply(gone) == 2
    assert list(Case.objects.all()) == [kept]
    assert set(SealedItem.objects.values_list("compartment__scope", flat=True)) == {kept.pk}
    assert (open_mailbox(code), open_mailbox(kept_code) is None) == (None, False)
    assert deletions.destroyed() == {back.pk: localdate(), forgotten.pk: localdate(), **dict([list(gone.items())[2]])}
    assert deletions.apply(gone) == 0
    with pytest.raises(Withdrawn):  # a browser that sends again brings nothing back
        house.sent(code=code)


def test_the_register_beside_the_backups_only_grows(db: None, settings: Any, tmp_path: Path) -> None:
    house = Institution(settings).with_readers(2)
    case, code = house.report()
    earlier = f"2020-01-01 {uuid4()}\n"
    (tmp_path / deletions.NAME).write_text(earlier)
    box = open_mailbox(code)
    assert box is not None
    withdraw(box)

    deletions.keep(tmp_path)
    assert (tmp_path / deletions.NAME).read_text() == f"{earlier}{localdate()} {case.pk}\n"
    Case.objects.all().delete()
    deletions.keep(tmp_path)
    assert str(case.pk) in (tmp_path / deletions.NAME).read_text()
    assert [path.name for path in tmp_path.iterdir()] == [deletions.NAME]


def test_the_clock_keeps_it_where_backups_go(db: None, settings: Any, tmp_path: Path) -> None:
    settings.BACKUPS = None
    jobs.keep_deletions()
    settings.BACKUPS = tmp_path
    jobs.keep_deletions()

    assert jobs.keep_deletions in jobs.AT_EVERY_TICK
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(deletions.NAME, "")]
