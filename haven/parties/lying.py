"""The documents of a party: what was given to them and on which day, what they filed, and where that lies now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from haven.cases.files import Safety
from haven.complaints import regulation
from haven.complaints.letter import NONE
from haven.complaints.models import Party
from haven.complaints.opened import OpenParty, Paper
from haven.complaints.papers import pdf
from haven.complaints.papers.document import Document, plain
from haven.rulebook.procedure import Procedure
from haven.rulebook.words import Text
from haven.ui.templatetags.ui import day
from haven.vault.files import SealedFileInfo
from haven.vault.reading import Opened

KINDS = {
    "letter": gettext_lazy("The letter of complaint"),
    "statement": gettext_lazy("A statement or document"),
    "permission": gettext_lazy("A written permission"),
    "report": gettext_lazy("Report of a hearing"),
    "recommendation": gettext_lazy("The recommendation"),
    "decision": gettext_lazy("The decision"),
}
"""For a regulation that has no word of its own for one of these."""


@dataclass(frozen=True)
class Enclosed:
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
        return str(self.about.get("name", ""))

    @property
    def size(self) -> int:
        return int(self.about.get("size", 0))

    @property
    def safe(self) -> bool:
        return Safety.told(self.about).safe

    @property
    def info(self) -> SealedFileInfo:
        return SealedFileInfo.from_dict(self.about)


@dataclass(frozen=True)
class Lying:
    """One document as this party holds it. `served_on`: the day on which it was given to them."""

    paper: Paper
    party: Party
    rules: Procedure
    served_on: date | None

    @property
    def id(self) -> UUID:
        return self.paper.row.pk

    @property
    def kind(self) -> Text | str:
        named = {one.key: one.label for one in self.rules.papers}
        return named.get(self.paper.kind) or str(KINDS.get(self.paper.kind, _("A document")))

    @property
    def title(self) -> Text | str:
        return self.paper.title or self.kind

    @property
    def own(self) -> bool:
        return self.paper.row.filed_by_id == self.party.pk

    @property
    def state(self) -> str:
        """Where it lies, in a sentence with its day."""
        filed = {"day": day(self.paper.on)}
        if self.served_on:
            return _("Given to you on %(day)s") % {"day": day(self.served_on)}
        if self.own and self.paper.row.quarantined:
            return _("Sent by you on %(day)s. It waits for a written permission.") % filed
        if self.own:
            return _("Sent by you on %(day)s. It lies with those who handle the complaint.") % filed
        return _("Shown to you by the person you stand by")

    @property
    def files(self) -> list[Enclosed]:
        return [Enclosed(one) for one in self.paper.files if not one.damaged]

    @property
    def letter(self) -> dict[str, Any]:
        """What a letter of complaint says, field by field; empty for every other document."""
        told = self.paper.head.get("letter", {})
        return told if isinstance(told, dict) else {}

    @property
    def categories(self) -> list[Text | str]:
        named = {one.key: one.label for one in self.rules.categories}
        return [named.get(key, key) for key in self.letter.get("categories", ())]

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """At the head of the document, on the page and on paper."""
        language = get_language() or "nl"
        rows = [(_("What it is"), self.kind if isinstance(self.kind, str) else self.kind.say(language))]
        rows.append((_("In the file since"), day(self.paper.on)))
        if self.served_on:
            rows.append((_("Given to you on"), day(self.served_on)))
        if self.letter:
            rows += list(self._who(language))
        return rows

    def _who(self, language: str) -> Iterator[tuple[str, str]]:
        against = [_named(one) for one in self.letter.get("defendants", ())]
        yield _("Who complains"), _named(self.letter.get("complainant", {}))
        if against:
            yield _("About whom"), "; ".join(against)
        if self.categories:
            said = [one if isinstance(one, str) else one.say(language) for one in self.categories]
            yield _("About what kind of behaviour"), ", ".join(said)

    @property
    def words(self) -> str:
        """The text; of a letter of complaint what it describes, with the steps that were taken before."""
        if not self.letter:
            return self.paper.text
        before = str(self.letter.get("steps_taken", ""))
        said = before if before != NONE else ""
        lines = [str(self.letter.get("description", ""))]
        lines += [_("Steps already taken:") + "\n" + said] if said else []
        return "\n\n".join(lines)


def _named(person: dict[str, Any]) -> str:
    return ", ".join(filter(None, [str(person.get("name", "")), str(person.get("function", ""))]))


def lying(opened: OpenParty) -> list[Lying]:
    """The newest last. None before confidentiality was accepted."""
    served, rules = opened.served_on, regulation.of(opened.row)
    return [Lying(one, opened.party, rules, served.get(one.row.pk)) for one in opened.papers]


def pdf_of(one: Lying) -> bytes:
    """To keep on paper. Its name says nothing: a program shows it on a screen that others may see."""
    language = get_language() or "nl"
    title = one.title if isinstance(one.title, str) else one.title.say(language)
    mark = _("Confidential")
    return pdf.pdf_of(
        Document(
            title=title,
            name=mark,
            language=language,
            day=one.paper.on,
            parts=tuple(plain(*one.words.split("\n\n"))),
            facts=tuple(one.facts),
            mark=mark,
        )
    )
