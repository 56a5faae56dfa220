"""What a closed period says, as tables in words. The figures are frozen: nothing is worked out here but shares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haven.register.engine import ALL, percent
from haven.register.margins import in_words, margin
from haven.register.models import Period, Plan
from haven.register.plan import EXACT, SEPARATOR
from haven.rulebook.declared import Declared, every_of
from haven.rulebook.overview import Table
from haven.rulebook.words import Text

MOMENTS: Final[dict[str, str | Promise]] = {
    "intake": _("A case counts here in the period in which it was taken in."),
    "action": _("A case counts here when the first thing was done for it, also while it is still open."),
    "closing": _("A case counts here in the period in which it ended."),
}
EVERY: Final[dict[str, str | Promise]] = {
    "year": _("Once a year."),
    "half": _("Every half-year."),
    "quarter": _("Every quarter."),
}
COLUMNS: Final[dict[str, str | Promise]] = {
    "kind": _("question, report or complaint"),
    "category": _("what it was about"),
    "audience": _("who came"),
    "capacity": _("in which part somebody came: as reporter, witness or otherwise"),
    "channel": _("the way in which it came"),
    "mode": _("how many stayed anonymous"),
    "destination": _("where people were referred to"),
    "outcome": _("how cases ended"),
    "action": _("what was done first"),
    "contact_in_time": _("how many were contacted in time"),
}


ANONYMOUS: Final = "anonymous"


@dataclass(frozen=True)
class Line:
    label: str
    shown: int | None
    share: int | None = None  # of the total, in per cent, where it may be said

    @property
    def number(self) -> str:
        return now("fewer than 10") if self.shown is None else str(self.shown)


@dataclass(frozen=True)
class Told:
    """One table of a period. With two dimensions each `block` is a value of the second, and the first has all."""

    key: str
    name: str
    counted: str
    margin: str
    blocks: tuple[tuple[str, tuple[Line, ...]], ...]
    total: Line
    anonymous: str = ""  # the share of who stayed anonymous, in words, where the table tells it

    @property
    def remark(self) -> str:
        if not self.anonymous:
            return ""
        said = now("Share anonymous: %(share)s of everybody who reported. It is worked out from the numbers above.")
        return said % {"share": self.anonymous}

    @property
    def chart(self) -> str:
        """The name of its drawing, without the kind of file; a total has none."""
        return f"{self.key}-{(get_language() or 'nl')[:2]}" if self.blocks else ""

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.blocks[0][1] if self.blocks else ()


@dataclass(frozen=True)
class Overview:
    """A closed period, to be told in the language of the page."""

    period: Period

    @cached_property
    def declared(self) -> Declared:
        return self.period.plan.declared

    @property
    def name(self) -> str:
        return named(self.period.label)

    @cached_property
    def _figures(self) -> dict[tuple[str, str], int | None]:
        return {(one.table, one.cell): one.shown for one in self.period.figures.all()}

    @property
    def tables(self) -> list[Told]:
        return [self._told(table) for table in self.declared.tables_of(self.period.label)]

    @property
    def exact(self) -> list[tuple[str, str, int]]:
        """What a law or a regulation makes us give: its name, the article, the number."""
        found = {cell: shown for (table, cell), shown in self._figures.items() if table == EXACT}
        given = [(one, found.get(one.key)) for one in self.declared.exact if one.every == every_of(self.period.label)]
        return [(said(one.name), one.article, number) for one, number in given if number is not None]

    def line_of(self, column: str, code: str) -> Line | None:
        """The line in which nothing but this code counts, where a table of one dimension has one."""
        for table in self.declared.tables_of(self.period.label):
            for value in self.declared.dimension(table.dims[0]).values if len(table.dims) == 1 else ():
                if self.declared.dimension(table.dims[0]).column == column and value.takes == (code,):
                    return Line(said(value.label), self._shown(table, {table.dims[0]: value.key}))
        return None

    def _told(self, table: Table) -> Told:
        total = self._shown(table, {})
        seconds = self._seconds(table) if table.dims else ()
        return Told(
            key=table.key,
            name=table_name(self.declared, table),
            counted=str(MOMENTS[self.declared.counted_at(table)]),
            margin=in_words(margin(self.declared.scale(table), 1)) if self.declared.method == "noise" else "",
            blocks=tuple((name, tuple(self._lines(table, at, total))) for name, at in seconds),
            total=Line(now("All together"), total),
            anonymous=self._anonymous(table),
        )

    def _anonymous(self, table: Table) -> str:
        """Only from what is shown, as every share."""
        values = self.declared.dimension(table.dims[0]).values if table.dims else ()
        alone = next((one for one in values if one.modes == (ANONYMOUS,)), None)
        if alone is None:
            return ""
        all_of_them = [one for one in values if {*one.takes} & {*alone.takes}]
        shown = {one.key: self._shown(table, {table.dims[0]: one.key}) for one in all_of_them}
        known = [number for number in shown.values() if number is not None]
        share = percent(shown[alone.key], sum(known) if len(known) == len(shown) else None)
        return now("too few to say") if share is None else f"{share} %"

    def _seconds(self, table: Table) -> Iterator[tuple[str, dict[str, str]]]:
        """All of the further dimensions together, then each of their values."""
        yield now("All together"), {}
        further = [self.declared.dimension(key) for key in table.dims[1:]]
        for values in product(*(one.values for one in further)) if further else ():
            at = {one.key: value.key for one, value in zip(further, values, strict=True)}
            yield ", ".join(said(value.label) for value in values), at

    def _lines(self, table: Table, at: Mapping[str, str], total: int | None) -> Iterator[Line]:
        for value in self.declared.dimension(table.dims[0]).values:
            shown = self._shown(table, {table.dims[0]: value.key, **at})
            yield Line(said(value.label), shown, percent(shown, total))

    def _shown(self, table: Table, at: Mapping[str, str]) -> int | None:
        return self._figures.get((table.key, SEPARATOR.join(at.get(key, ALL) for key in table.dims)))


def total_of(period: Period) -> int | None:
    """How many cases it says came in, for the ladder of the next plan."""
    told = Overview(period)
    counted = [one for one in told.declared.tables_of(period.label) if told.declared.counted_at(one) == "intake"]
    return told._shown(counted[0], {}) if counted else None  # noqa: SLF001  of this module


def said(text: Text) -> str:
    return text.say((get_language() or "nl")[:2])


def table_name(declared: Declared, table: Table) -> str:
    return ", ".join(said(declared.dimension(key).name) for key in table.dims) or now("How many came in")


def named(label: str) -> str:
    year, number = label[:4], label[5:]
    parts = {"Q": now("%(year)s, quarter %(number)s"), "H": now("%(year)s, half %(number)s")}
    return parts[label[4]] % {"year": year, "number": number} if number else year


def not_counted(declared: Declared) -> list[str]:
    """What this plan leaves out, so that nobody looks for it."""
    counted = {column for one in declared.dimensions for column in one.columns}
    return [str(name) for column, name in COLUMNS.items() if column not in counted]


@dataclass(frozen=True)
class Planned:
    """A plan in plain words: what is counted, with which margin, and what is not."""

    plan: Plan

    @cached_property
    def declared(self) -> Declared:
        return self.plan.declared

    @property
    def tables(self) -> list[tuple[str, str, list[str], str, int]]:
        """Name, when it is counted, its lines, the margin, and the share of the budget in per cent."""
        declared = self.declared
        return [
            (
                table_name(declared, table),
                f"{EVERY[table.every]} {MOMENTS[declared.counted_at(table)]}",
                [said(value.label) for key in table.dims for value in declared.dimension(key).values],
                in_words(margin(declared.scale(table), 1)) if declared.method == "noise" else "",
                round(100 * table.share),
            )
            for table in declared.tables
        ]

    @property
    def exact(self) -> list[tuple[str, str]]:
        return [(said(one.name), one.article) for one in self.declared.exact]

    @property
    def left_out(self) -> list[str]:
        return not_counted(self.declared)

    @property
    def budget(self) -> float:
        """What all its tables together may tell of one case: of ε."""
        return sum(table.share for table in self.declared.tables) * self.declared.epsilon
