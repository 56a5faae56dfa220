"""What the pages of the yearly report show. Opens nothing by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from haven.complaints import revealing, tallying, written
from haven.complaints.models import COURSE, YearlyReport
from haven.complaints.opened import OpenComplaint, listed
from haven.complaints.papers.document import Document
from haven.complaints.revealing import NAME, NUMBER, UNIT, Hint
from haven.complaints.written import LANGUAGES, OpenReport
from haven.complaints.yearly import OfComplaints
from haven.desk.forms import said
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure
from haven.vault.unlocking import Keyring

RULES: Final = {
    NUMBER: _("A small number. Who knows one of the people can recognise them by it; write “a few” or “several”."),
    UNIT: _("A unit. In a unit people know each other; write about the whole organisation."),
    NAME: _("A name of somebody in a complaint that you can open. No name belongs in this report."),
}
TONGUES: Final = {"nl": _("Dutch"), "en": _("English")}


@dataclass(frozen=True)
class Line:
    """One year of one regulation in the list. `report`: None when nobody began it, or when there is no key to it."""

    rules: Procedure
    year: int
    there: bool
    report: OpenReport | None
    known: bool  # complaints were kept here in that year
    on: date

    @property
    def name(self) -> str:
        return said(self.rules.name)

    @property
    def due_on(self) -> date | None:
        return written.due_on(OfComplaints(self.rules), self.year) if self.rules.yearly else None

    @property
    def finished(self) -> bool:
        return bool(self.report and self.report.row.finished_on)

    @property
    def overdue(self) -> bool:
        """Not when a colleague has it, and there is no key to say how far it is."""
        if self.report is not None:
            return self.report.overdue(self.on)
        return self.known and not self.there and self.due_on is not None and self.on > self.due_on


def lines_of(keyring: Keyring, by: User, on: date) -> list[Line]:
    """Every year that is over, from the first of which anything is known; the last one always."""
    keys = list(dict.fromkeys(one.key for one in shelf.current().procedures if one.yearly))
    there = set(YearlyReport.objects.filter(procedure__in=keys).values_list("procedure", "year"))
    found = []
    for rules, year, known in (one for key in keys for one in _years(key, on)):
        begun = (rules.key, year) in there
        found.append(Line(rules, year, begun, _held(rules, year, keyring, by) if begun else None, known, on))
    return found


def _years(key: str, on: date) -> Iterable[tuple[Procedure, int, bool]]:
    """The last first, each with the regulation of that year, and whether complaints were kept here."""
    last = on.year - 1
    rules = tallying.rules_of(key, last)
    first = tallying.first_year(rules) if rules else None
    for year in range(last, min(first or last, last) - 1, -1):
        if then := tallying.rules_of(key, year):
            yield then, year, first is not None and first <= year


def _held(rules: Procedure, year: int, keyring: Keyring, by: User) -> OpenReport | None:
    try:
        return written.find(OfComplaints(rules), year, keyring=keyring, by=by)
    except YearlyReport.DoesNotExist:
        return None


@dataclass
class ReportPage:
    """One report. `typed`: texts that were looked at and not kept yet."""

    report: OpenReport
    typed: dict[str, str] | None = None

    @property
    def texts(self) -> dict[str, str]:
        return self.report.texts if self.typed is None else self.typed

    @property
    def name(self) -> str:
        return said(self.report.kind.name)

    @cached_property
    def figures(self) -> dict[str, Any]:
        return self.report.figures

    def drawn(self, language: str) -> Document:
        """As it will be, or as it was finished."""
        report = self.report
        day = report.row.finished_on or localdate()
        return report.kind.drawn(report.row.year, self.figures, self.texts, language=language, day=day)

    @property
    def previews(self) -> list[tuple[str, Any, Document]]:
        own = (get_language() or "nl")[:2]
        order = sorted(LANGUAGES, key=lambda one: one != own)
        return [(one, TONGUES[one], self.drawn(one)) for one in order]

    @cached_property
    def hints(self) -> list[tuple[str, Any, Hint]]:
        """Per section and language: what stands there, and the rule."""
        names, units = names_of(self.report), units_of()
        found = []
        for section in self.report.kind.sections:
            for tongue in LANGUAGES:
                text = self.texts.get(f"{section.key}_{tongue}", "")
                where = f"{said(section.name)} ({TONGUES[tongue]})"
                about = revealing.hints(text, tongue, units=units, names=names)
                found += [(where, RULES[one.rule], one) for one in about]
        return found

    @property
    def addressees(self) -> list[tuple[str, date | None]]:
        return [(said(one.label), self.report.sent.get(one.key)) for one in self.report.kind.addressees]

    @property
    def overdue(self) -> bool:
        return self.report.overdue(localdate())


def units_of() -> list[str]:
    return [name for one in shelf.current().institution.units for name in (one.name.nl, one.name.en)]


def names_of(report: OpenReport) -> list[str]:
    """Everybody who is named in a complaint that this officer can open."""
    return list(dict.fromkeys(name for one in listed(report.keyring, by=report.by) for name in _named(one)))


def _named(opened: OpenComplaint) -> Iterable[str]:
    head = opened.head
    yield str(head.get("complainant", {}).get("name", ""))
    yield from (str(one.get("name", "")) for one in head.get("defendants", ()))
    yield from (str(one.payload.get("name", "")) for one in opened.of(COURSE, "party"))
