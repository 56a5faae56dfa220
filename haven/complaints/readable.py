"""A document of a complaint as it reads: what it is called, the facts at its head, and its files. One place for the
desk, the parties' door and everything that is printed, so that all read the same letter.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from haven.cases.files import Safety
from haven.complaints.letter import NONE
from haven.complaints.opened import Paper
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure
from haven.rulebook.words import Listed, Text
from haven.ui.templatetags.ui import day
from haven.vault.files import SealedFileInfo
from haven.vault.reading import Opened

KINDS: Final = {
    "letter": gettext_lazy("The letter of complaint"),
    "request": gettext_lazy("The request for an investigation"),
    "statement": gettext_lazy("A statement or document"),
    "permission": gettext_lazy("A written permission"),
    "report": gettext_lazy("Report of a hearing"),
    "recommendation": gettext_lazy("The recommendation"),
    "decision": gettext_lazy("The decision"),
}
"""For a regulation that has no word of its own for one of these."""

LEGAL: Final = {
    NONE: gettext_lazy("None"),
    "pending": gettext_lazy("One is going on"),
    "completed": gettext_lazy("One has ended"),
}

type Fact = tuple[str, str]


@dataclass(frozen=True)
class Attached:
    """One file of a document."""

    opened: Opened = field(repr=False)

    @property
    def id(self) -> UUID:
        return self.opened.item.pk

    @property
    def about(self) -> dict[str, Any]:
        return self.opened.payload

    @property
    def name(self) -> str:
        return str(self.about.get("name", "file"))

    @property
    def size(self) -> int:
        return int(self.about.get("size", 0))

    @property
    def safe(self) -> bool:
        return Safety.told(self.about).safe

    @property
    def info(self) -> SealedFileInfo:
        return SealedFileInfo.from_dict(self.about)


def attached(paper: Paper) -> list[Attached]:
    return [Attached(one) for one in paper.files if not one.damaged]


def kind_of(rules: Procedure, kind: str) -> str:
    named = {one.key: one.label for one in rules.papers}
    return _say(named[kind]) if kind in named else str(KINDS.get(kind, _("A document")))


def name_of(rules: Procedure, paper: Paper) -> str:
    """What a document is called: its title, or the name of its kind."""
    return paper.title or kind_of(rules, paper.kind)


def facts_of(rules: Procedure, paper: Paper) -> list[Fact]:
    """What a letter of complaint says in fields, each with its label; nothing for every other document."""
    told = paper.head.get("letter")
    return _facts(rules, told) if isinstance(told, dict) else []


def _facts(rules: Procedure, told: dict[str, Any]) -> list[Fact]:
    rows = [
        *_people(rules, told),
        (_("Organisation"), _entity(str(told.get("entity", "")))),
        (_("About what kind of behaviour"), _labels(rules.categories, told.get("categories", ()))),
        (_("Grounds of discrimination"), _labels(rules.grounds_of_discrimination, told.get("grounds", ()))),
        (_("When it happened"), _when(told)),
        (_("Steps already taken"), _("None, as the letter says") if told.get("steps_taken") == NONE else ""),
        (_("A legal procedure about the same"), "" if told.get("requested_by") else _legal(told)),
        (_("An earlier complaint about the same"), _earlier(told)),
    ]
    return [one for one in rows if one[1]]


def _people(rules: Procedure, told: dict[str, Any]) -> list[Fact]:
    against = (_("About whom"), "; ".join(filter(None, map(_named, told.get("defendants", ())))))
    if role := str(told.get("requested_by", "")):
        return [(_("Who asks for it"), _say(rules.role(role).name)), against]
    return [(_("Who complains"), _named(told.get("complainant", {})) or _("The letter has no name.")), against]


def _entity(key: str) -> str:
    names = {one.key: one.name for one in shelf.current().institution.entities}
    return _say(names[key]) if key in names else ""


def _legal(told: dict[str, Any]) -> str:
    return str(LEGAL.get(str(told.get("legal_procedure", NONE)), ""))


def _earlier(told: dict[str, Any]) -> str:
    """With what is new since then: without that the committee need not handle it again (R-001-58)."""
    return str(told.get("new_facts") or _("Yes; nothing new is said")) if told.get("earlier_complaint") else ""


def _named(person: dict[str, Any]) -> str:
    return ", ".join(filter(None, [str(person.get("name", "")), str(person.get("function", ""))]))


def _labels(listed: tuple[Listed, ...], keys: Any) -> str:
    return ", ".join(_say(one.label) for one in listed if one.key in keys)


def _when(told: dict[str, Any]) -> str:
    days = [day(date.fromisoformat(told[key])) for key in ("incident_from", "incident_to") if told.get(key)]
    if len(set(days)) > 1:
        said = _("From %(first)s until %(last)s") % {"first": days[0], "last": days[-1]}
    else:
        said = days[0] if days else ""
    return f"{said} ({_('more than once')})" if said and told.get("repeated") else said


def _say(text: Text) -> str:
    return text.say(get_language() or "nl")
