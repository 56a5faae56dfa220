"""The regulations of a folder: procedures/*.toml, a file for each version. There need not be one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from haven.rulebook import guardcheck, problems, procedurecheck, procedurenames
from haven.rulebook.book import Rulebook
from haven.rulebook.procedure import Procedure
from haven.rulebook.versions import Procedures
from haven.rulebook.words import Problem

FOLDER: Final = "procedures"


def contents(folder: Path) -> dict[str, bytes]:
    return {f"{FOLDER}/{file.name}": file.read_bytes() for file in sorted((folder / FOLDER).glob("*.toml"))}


def validated(files: dict[str, Any], wrong: list[Problem]) -> dict[str, Procedure]:
    """The regulations by the name of their file. What is wrong with a file is added to `wrong`."""
    found: dict[str, Procedure] = {}
    for name, data in files.items():
        try:
            found[name] = Procedure.model_validate(data)
        except ValidationError as error:
            wrong += problems.found(name, Procedure, data, error)
    return found


def gathered(found: dict[str, Procedure]) -> Procedures:
    return Procedures(versions=tuple(found.values()))


def check(found: dict[str, Procedure], book: Rulebook) -> Iterator[Problem]:
    entities = [one.key for one in book.institution.entities]
    papers = [one.key for one in book.papers.papers]
    yield from _versions(found)
    for name, rules in found.items():
        yield from procedurecheck.check(name, rules, entities)
        yield from guardcheck.check(name, rules)
        yield from procedurenames.letters(name, rules, papers)
        yield from _somebody_keeps_it(name, rules, book)


def _somebody_keeps_it(name: str, rules: Procedure, book: Rulebook) -> Iterator[Problem]:
    """The complaints officers of routes.toml have a role in each regulation, or nobody could be sealed to."""
    office = book.routes.complaints
    if office and not any(one.side == "office" and one.key in office.roles for one in rules.roles):
        says = "The complaints officers have no role in this regulation."
        remedy = "Add a role with side = “office”, and its key to complaints.roles in routes.toml."
        yield Problem(name, "roles", says, remedy)


def _versions(found: dict[str, Procedure]) -> Iterator[Problem]:
    """No version twice, and on no day two versions of one regulation."""
    seen: list[Procedure] = []
    for name, rules in found.items():
        for other in (one for one in seen if one.key == rules.key):
            later = max(rules.in_force, other.in_force)
            if other.version == rules.version:
                says = f"The version “{rules.version}” of “{rules.key}” stands in two files."
                remedy = "Give each its own version: a complaint keeps the one it began under."
                yield Problem(name, "version", says, remedy)
            elif rules.in_force_on(later) and other.in_force_on(later):
                says = f"Two versions of “{rules.key}” are in force on {later}."
                yield Problem(name, "in_force", says, "Write `until` in the older one: the last day on which it holds.")
        seen.append(rules)
