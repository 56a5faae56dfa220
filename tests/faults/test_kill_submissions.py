"""A small run of the kill harness, and the proof that it finds what it looks for. The large one: docs/benchmarks.md."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
HARNESS = (sys.executable, "-m", "tests.faults.kill_submissions")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="looks at SQLite, and has done so in the run on SQLite"),
]


def harness(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*HARNESS, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def found(said: str, what: str) -> int:
    line = next(line for line in said.splitlines() if line.startswith(what))
    return int(line.split()[-1])


def test_no_report_is_lost_halved_doubled_or_readable_when_the_server_is_killed() -> None:
    run = harness("--count", "300", "--kills", "12")

    assert run.returncode == 0, run.stdout + run.stderr
    assert found(run.stdout, "reports acknowledged") == 300
    assert found(run.stdout, "sealed files") == 75


@pytest.mark.parametrize(
    ("fault", "shows_as"),
    [
        ("no-transaction", "half written"),
        ("answer-before-commit", "acknowledged and lost"),
        ("plaintext", "plaintext on disk"),
        ("twice", "duplicates"),
    ],
)
def test_the_harness_finds_a_planted_fault(fault: str, shows_as: str) -> None:
    run = harness("--count", "100", "--kills", "8", "--plant", fault)

    assert run.returncode == 1, run.stdout + run.stderr
    assert found(run.stdout, shows_as) > 0
