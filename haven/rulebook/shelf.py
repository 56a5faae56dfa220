"""Where the rulebook stands: opened once at start, taken from here by everyone else."""

from pathlib import Path

from haven.rulebook import loader
from haven.rulebook.book import Rulebook

_shelf: list[Rulebook] = []


def open_at(folder: Path) -> Rulebook:
    """Load the folder and put it on the shelf. Raises RulebookError with every problem in it."""
    return put(loader.load(folder))


def put(rulebook: Rulebook) -> Rulebook:
    _shelf[:] = [rulebook]
    return rulebook


def current() -> Rulebook:
    if not _shelf:
        raise LookupError("No rulebook is open. Call shelf.open_at(folder) first.")
    return _shelf[0]
