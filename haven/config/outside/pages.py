"""A case as pages on the reader's own disk. Whatever a reporter wrote is shown as text: nothing in it can act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils import translation

from haven.config.outside.package import PackedCase
from haven.intake import questionnaire
from haven.intake.questionnaire import Row
from haven.rulebook import shelf
from haven.vault.outside import Unpacked
from haven.vault.reading import Opened

NAME = "name.html"  # apart from the report, so that one does not see it by reading
TEMPLATES = Engine(
    dirs=[str(Path(__file__).with_name("templates"))],
    builtins=["django.templatetags.i18n", "haven.ui.templatetags.ui"],
)


@dataclass(frozen=True)
class SentFile:
    """A file of the reporter: as it was called, and where it lies now. No place: it was damaged."""

    name: str
    place: str = ""
    size: int = 0
    cleaned: bool = False


@dataclass(frozen=True)
class Said:
    """One message of the dialogue."""

    day: date
    own: bool  # of the reporter
    words: str
    by: str = ""
    about: str = ""
    damaged: bool = False


def report(
    packed: PackedCase, case: Unpacked, *, files: Sequence[SentFile], excluded: Sequence[str], language: str
) -> str:
    """The whole case but the name of the reporter."""
    head, answers = case.one("report", "head"), case.one("report", "answers").get("answers", {})
    both = sorted([*case.of("report", "message"), *case.of("replies", "message")], key=lambda one: one.item.seq)
    told = {
        "title": shelf.current().title(head.get("answers", {}), language),
        "rows": _rows(answers, "report"),
        "messages": [_said(one) for one in both],
        "files": files,
        "excluded": excluded,
        "name": NAME if case.one("identity", "identity") else "",
        "closing": _codes(),
    }
    return _drawn("report.html", packed, told, language)


def identity(packed: PackedCase, answers: Mapping[str, Any], *, language: str) -> str:
    """Who the reporter is, as they said it."""
    return _drawn("name.html", packed, {"rows": _rows(answers, "identity")}, language)


def _drawn(template: str, packed: PackedCase, told: dict[str, Any], language: str) -> str:
    with translation.override(language):
        context = Context({"case": packed, "language": language, **told})
        return str(TEMPLATES.get_template(f"outside/{template}").render(context))


def _rows(answers: Mapping[str, Any], compartment: str) -> list[Row]:
    """The answers that were given, under the questions as they were asked. Read one by one: a condition may look at an
    answer that lies in another compartment."""
    asked = (one for one in shelf.current().intake.every if one.compartment == compartment)
    rows = [Row(one, one.chosen(answers), questionnaire.said_in(one, answers.get(one.key))) for one in asked]
    return [row for row in rows if row.said]


def _said(one: Opened) -> Said:
    said = one.payload
    words, by, about = (str(said.get(name, "")) for name in ("text", "by", "about"))
    return Said(one.item.made_on, said.get("from") == "reporter", words, by, about, one.damaged)


def _codes() -> list[dict[str, Any]]:
    """What can be chosen when closing, with the keys that the command wants."""
    book = shelf.current()
    question = book.intake.counted_as("category")
    known = {
        "OUTCOME": book.routes.outcomes,
        "CATEGORY": question.options if question else (),
        "DESTINATION": book.destinations(),
    }
    return [{"name": name, "choices": choices} for name, choices in known.items()]
