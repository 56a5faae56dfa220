"""From a folder of TOML files to a Rulebook, or to a list of everything that is wrong with it."""

import hashlib
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from haven.rulebook import (
    crosscheck,
    letters,
    overviewcheck,
    papertexts,
    placeholders,
    problems,
    procedurefiles,
    sitecheck,
    waycheck,
)
from haven.rulebook.aftercare import Aftercare
from haven.rulebook.book import Rulebook
from haven.rulebook.calendar import Calendar
from haven.rulebook.concerned import Concerned
from haven.rulebook.directory import Audiences, Provisions
from haven.rulebook.institution import Institution
from haven.rulebook.intake import Intake
from haven.rulebook.overview import Overview
from haven.rulebook.papers import Papers
from haven.rulebook.privacy import Privacy
from haven.rulebook.retention import Retention
from haven.rulebook.routes import Routes
from haven.rulebook.site import Site
from haven.rulebook.voices import Voices
from haven.rulebook.words import Problem, RulebookError

FILES: dict[str, type[BaseModel]] = {
    "institution.toml": Institution,
    "audiences.toml": Audiences,
    "provisions.toml": Provisions,
    "intake.toml": Intake,
    "routes.toml": Routes,
    "calendar.toml": Calendar,
    "retention.toml": Retention,
    "aftercare.toml": Aftercare,
    "privacy.toml": Privacy,
    "papers.toml": Papers,
    "concerned.toml": Concerned,
    "site.toml": Site,
    "overview.toml": Overview,
    "voices.toml": Voices,
}
EXAMPLE = "rulebooks/example shows how each file looks."


def load(folder: Path) -> Rulebook:
    """The rulebook of a folder. Raises RulebookError with every problem found."""
    book, wrong = _read(folder)
    if wrong or book is None:
        raise RulebookError(wrong)
    return book


def check(folder: Path) -> list[Problem]:
    """Everything that is wrong with a folder; an empty list means that Haven can start with it."""
    return _read(folder)[1]


def names(folder: Path) -> list[str]:
    """Every file that belongs to the rulebook of a folder, also those in its folders: what has to travel with it."""
    drawings = [file.name for file in sorted(folder.glob("*.svg"))]
    return [*FILES, *letters.contents(folder), *procedurefiles.contents(folder), *drawings]


def _read(folder: Path) -> tuple[Rulebook | None, list[Problem]]:
    if not folder.is_dir():
        remedy = "Give the folder that holds institution.toml and the other files."
        return None, [Problem(str(folder), "", "There is no such folder.", remedy)]
    contents, wrong = _contents(folder)
    files = {name: _parsed(name, content, wrong) for name, content in contents.items()}
    files = {name: data for name, data in files.items() if data is not None}
    texts, regulations = letters.contents(folder), procedurefiles.contents(folder)
    written, mistakes = letters.made(texts, files)
    rules = {name: _parsed(name, content, wrong) for name, content in regulations.items()}
    rules = {name: data for name, data in rules.items() if data is not None}
    wrong += [*placeholders.unknown(files | rules), *mistakes]
    filled = placeholders.fill(files | rules)
    parts = _validated({name: filled[name] for name in files}, wrong)
    procedures = procedurefiles.validated({name: filled[name] for name in rules}, wrong)
    papers, faults = papertexts.made(parts.get("papers"), texts, files)
    logos, lacking = papertexts.drawings(folder, parts.get("papers"))
    wrong += [*faults, *lacking]
    if len(parts) < len(FILES):
        return None, sorted(wrong)
    version = _version(contents | texts | regulations | {name: drawing.encode() for name, drawing in logos.items()})
    parts |= {"paper_texts": tuple(papers), "logos": logos, "procedures": procedurefiles.gathered(procedures)}
    book = Rulebook(**parts, letters=written, version=version)
    wrong += [*crosscheck.check(book), *waycheck.check(book), *overviewcheck.check(book), *sitecheck.check(book)]
    wrong += procedurefiles.check(procedures, book)
    return replace(book, intake=book.intake.settled()), sorted(wrong)


def _contents(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    wrong = [
        Problem(file.name, "", "Haven does not know this file.", problems.near(file.name, [*FILES]))
        for file in folder.glob("*.toml")
        if file.name not in FILES
    ]
    contents = {}
    for name in FILES:
        try:
            contents[name] = (folder / name).read_bytes()
        except FileNotFoundError:
            wrong.append(Problem(name, "", "This file is missing.", f"Add it. {EXAMPLE}"))
        except OSError as error:
            says = f"This file cannot be read: {error.strerror}."
            wrong.append(Problem(name, "", says, "Give Haven the right to read it."))
    return contents, wrong


def _parsed(name: str, content: bytes, wrong: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        line = f"line {content.count(b'\n', 0, error.start) + 1}"
        says = "This file holds characters that are not UTF-8."
        wrong.append(Problem(name, line, says, "Save it again as UTF-8."))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = f"line {at[1]}" if at else "last line"
        says = f"This is not TOML: {str(error).split(' (at ')[0].lower()}."
        remedy = "Look at that line and the one above it: a quote, bracket or = may be missing, or a key stands twice."
        wrong.append(Problem(name, line, says, remedy))
    return None


def _validated(files: dict[str, Any], wrong: list[Problem]) -> dict[str, Any]:
    """The validated files by their name without `.toml`, as the fields of Rulebook are called."""
    parts: dict[str, Any] = {}
    for name, data in files.items():
        try:
            parts[name.removesuffix(".toml")] = FILES[name].model_validate(data)
        except ValidationError as error:
            wrong += problems.found(name, FILES[name], data, error)
    return parts


def _version(contents: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]
