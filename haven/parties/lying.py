"""The documents of a party: what was given to them and on which day, what they filed, and where that lies now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.complaints import readable, regulation
from haven.complaints.models import Party
from haven.complaints.opened import OpenParty, Paper
from haven.complaints.papers import pdf
from haven.complaints.papers.document import Document, plain
from haven.rulebook.procedure import Procedure
from haven.ui.templatetags.ui import day


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
    def kind(self) -> str:
        return readable.kind_of(self.rules, self.paper.kind)

    @property
    def title(self) -> str:
        return readable.name_of(self.rules, self.paper)

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
    def files(self) -> list[readable.Attached]:
        return readable.attached(self.paper)

    @property
    def facts(self) -> Sequence[readable.Fact]:
        """At the head of the document, on the page and on paper."""
        rows = [(_("What it is"), self.kind), (_("In the file since"), day(self.paper.on))]
        if self.served_on:
            rows.append((_("Given to you on"), day(self.served_on)))
        return [*rows, *readable.facts_of(self.rules, self.paper)]

    @property
    def words(self) -> str:
        return self.paper.text


def lying(opened: OpenParty) -> list[Lying]:
    """The newest last. None before confidentiality was accepted."""
    served, rules = opened.served_on, regulation.of(opened.row)
    return [Lying(one, opened.party, rules, served.get(one.row.pk)) for one in opened.papers]


def pdf_of(one: Lying) -> bytes:
    """To keep on paper. Its name says nothing: a program shows it on a screen that others may see."""
    mark = _("Confidential")
    return pdf.pdf_of(
        Document(
            title=one.title,
            name=mark,
            language=get_language() or "nl",
            day=one.paper.on,
            parts=tuple(plain(*one.words.split("\n\n"))),
            facts=tuple(one.facts),
            mark=mark,
        )
    )
