"""A backup under load, the loss of everything, and a restore: on SQLite, and in the second run on PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.faults.starting import ROOT
from tests.proves import proves

COUNT = 500


@pytest.mark.slow
@proves("R-000-24")
def test_what_was_acknowledged_before_the_backup_comes_back_whole_and_what_was_destroyed_does_not(
    database: Mapping[str, str],
) -> None:
    given = {"HAVEN_MEASURE_DATABASE": database["DATABASE_URL"]} if database else {}
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.drill", "--count", str(COUNT)],
        cwd=ROOT,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    found = {name: line.split()[-1] for line in run.stdout.splitlines() for name in LOOKED_AT if line.startswith(name)}
    assert {name: int(count) > 0 for name, count in found.items()} == dict.fromkeys(LOOKED_AT, True)
    assert "destroyed again what had come back (6)" in run.stdout
    assert "Restored, and all is sound." in run.stdout


LOOKED_AT = ("reports acknowledged", "sealed files", "acknowledged meanwhile", "destroyed after", "said in the trail")
