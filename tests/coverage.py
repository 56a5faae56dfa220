"""Which requirements are proven: drawn from the marks of tests that passed, never written by hand (see proves.py).

`pytest --requirements` prints it at the end; `just coverage` is that for the whole suite.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

IDS = frozenset((Path(__file__).parent / "requirements.txt").read_text().split())
NAME = "proves"


class Coverage:
    """A requirement is proven when some test that carries it passed, and none that carries it failed. One that is of
    the other database was left out, and runs there."""

    def __init__(self) -> None:
        self.passed: set[str] = set()
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Works in the main process of a parallel run: what a report carries comes with it."""
        ids = {str(value) for name, value in report.user_properties if name == NAME}
        if report.when == "call" and report.passed:
            self.passed |= ids
        elif report.failed:
            self.failed |= ids

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        proven = self.passed - self.failed
        say = terminalreporter.write_line
        terminalreporter.section("requirements")
        say(f"{len(proven)} of {len(IDS)} proven: {_line(proven)}")
        say(f"{len(IDS - proven)} not proven: {_line(IDS - proven)}")
        if self.failed:
            say(f"A test of these did not pass: {_line(self.failed)}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--requirements", action="store_true", help="print which requirements the passing tests prove")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--requirements"):
        config.pluginmanager.register(Coverage())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The ids travel with the reports. A mark with an id that nobody knows stops the run."""
    for item in items:
        for mark in item.iter_markers(NAME):
            if unknown := set(mark.args) - IDS:
                raise pytest.UsageError(f"{item.nodeid} says it proves {_line(unknown)}, which is no requirement.")
            item.user_properties += [(NAME, one) for one in mark.args]


def _line(ids: Iterable[str]) -> str:
    """R-000-01 02 03, R-002-09 11"""
    groups: dict[str, list[str]] = {}
    for one in sorted(ids):
        seed, number = one.rsplit("-", 1)
        groups.setdefault(seed, []).append(number)
    return ", ".join(f"{seed}-{' '.join(numbers)}" for seed, numbers in groups.items()) or "none"
