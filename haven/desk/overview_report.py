"""Yearly reports beside the figures of a year: of the contact point, and of the confidential counsellors.

The figures are those that everybody can read already, and no others: whoever writes sees nothing more here. What
counsellors were told is among them as a line of its own where the plan has one; it is counted like every case, with
noise, and never exactly: where there are few counsellors, a number of notifications would point at one of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from haven.complaints import written
from haven.complaints.models import YearlyReport
from haven.complaints.opened import NotNow
from haven.complaints.papers.document import Document, Part, Table, plain
from haven.complaints.papers.letters import house_of
from haven.desk.overview_files import charts_of, parts_of
from haven.people.models import User
from haven.people.readers import RouteReader, readers_of
from haven.register.models import Period
from haven.register.told import Overview
from haven.rulebook import markup, shelf
from haven.rulebook.counsellors import NOTIFICATION
from haven.rulebook.markup import Heading
from haven.rulebook.overview import Report
from haven.rulebook.roles import Right
from haven.rulebook.words import Listed, Text
from haven.rulebook.yearly import Section
from haven.vault.sealing import Reader
from haven.vault.unlocking import Keyring

CONTACT_POINT: Final = "contact_point"
COUNSELLORS: Final = "counsellors"


@dataclass(frozen=True)
class OfFigures:
    """A Kind of written.py: words beside the overview of a year that was released."""

    report: Report
    presented: bool = False  # the board is on the list, as everybody who gets it

    @property
    def key(self) -> str:
        return self.report.key

    @property
    def name(self) -> Text:
        return self.report.name

    @property
    def sections(self) -> Sequence[Section]:
        return self.report.sections

    @property
    def addressees(self) -> Sequence[Listed]:
        return self.report.addressees

    @property
    def within_months(self) -> int:
        return self.report.within_months

    def authors(self, on: date) -> list[Reader]:
        routes = shelf.current().routes
        if self.key == COUNSELLORS:
            return _keys(readers_of(routes.counsellors.key, on=on))
        found = [one for route in routes for one in readers_of(route.key, on=on)]
        return _keys([one for one in found if one.person and one.person.may(Right.PUBLISH_OVERVIEWS)])

    def gather(self, year: int, *, keyring: Keyring, by: User) -> None:
        """Nothing: the counters are gone, and the figures stand."""

    def figures(self, year: int) -> dict[str, Any]:
        """Which overview it is. Its numbers are frozen where they are, and are not kept a second time."""
        period = overview_of(year)
        if period is None:
            raise NotNow("not_released")
        return {"overview": period.manifest}

    def shown(self, year: int, figures: Mapping[str, Any]) -> None:
        """An overview can be shown as often as one likes."""

    def drawn(
        self, year: int, figures: Mapping[str, Any], texts: Mapping[str, str], *, language: str, day: date
    ) -> Document:
        period = overview_of(year)
        if period is None or period.manifest != figures["overview"]:
            raise NotNow("not_released")
        book = shelf.current()
        with override(language):
            house = house_of(book, book.institution.entities[0].key, language)
            title = f"{self.name.say(language)} {year}"
            for_whom = ", ".join(one.label.say(language) for one in self.addressees)
            return Document(
                title=title,
                name=title,
                language=language,
                day=day,
                parts=tuple(self._parts(Overview(period), texts, language)),
                house=house,
                facts=((_("For"), for_whom),) if for_whom else (),
                foot=f"{house.name} · {title}",
            )

    def _parts(self, overview: Overview, texts: Mapping[str, str], language: str) -> Iterator[Part]:
        for before in (True, False):
            for one in self.sections:
                typed = texts.get(f"{one.key}_{language}", "").replace("\r\n", "\n").strip()
                if typed and one.before is before:
                    yield Heading(one.name.say(language))
                    yield from markup.parse(typed)
            if before:
                yield from plain(_("These are the figures that were released for everybody. There are no others."))
                yield from _notifications(overview) if self.key == COUNSELLORS else ()
                yield from parts_of(overview, charts_of(overview.period))


def _keys(found: Sequence[RouteReader]) -> list[Reader]:
    return list({one.kid: one.reader for one in found if one.person}.values())


def _notifications(overview: Overview) -> Iterator[Part]:
    """First what this report is about."""
    yield Heading(_("What counsellors were told"))
    line = overview.line_of("kind", NOTIFICATION)
    if line is None:
        told = _("The plan of this year has no line of its own for it: so few cases are counted in coarser lines.")
        yield from plain(told)
        return
    yield Table((_("What"), _("How many")), ((line.label, line.number),), (4, 1))
    yield from plain(
        _("Each counsellor counts once a year what they were told. Chance was added to this number as to all others.")
    )


def overview_of(year: int) -> Period | None:
    return Period.objects.released().filter(label=str(year)).first()


def kind_of(key: str, year: int) -> OfFigures:
    """No such report, and a year that was not released, are one answer."""
    found = next((one for one in shelf.current().overview.reports if one.key == key), None)
    if found is None or overview_of(year) is None:
        raise Http404
    return OfFigures(found)


@dataclass(frozen=True)
class Line:
    """How far the report of one year is, as far as that is no secret of its authors."""

    year: int
    begun: bool
    finished_on: date | None
    due_on: date

    @property
    def late(self) -> bool:
        return self.finished_on is None and localdate() > self.due_on


def lines_of(key: str) -> list[Line]:
    """Every year that was released whole, the last first; nothing when the rulebook asks for no such report."""
    report = next((one for one in shelf.current().overview.reports if one.key == key), None)
    if report is None:
        return []
    there = {one.year: one for one in YearlyReport.objects.filter(procedure=key)}
    years = [int(one.label) for one in Period.objects.released() if one.label.isdigit()]
    ends = {year: there[year].finished_on if year in there else None for year in years}
    return [Line(year, year in there, ends[year], written.due_on(OfFigures(report), year)) for year in years]
