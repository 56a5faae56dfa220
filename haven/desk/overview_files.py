"""What is drawn of a closed period, once: charts, a table for a spreadsheet, and a paper in each language.

Charts are drawn by the program that makes papers (decision 29): the letters in them are shapes, so they look the same
everywhere, and nothing more stays in the memory of a server.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from haven.complaints.papers import pdf
from haven.complaints.papers.document import Document, Part, Picture, Table, plain
from haven.complaints.papers.letters import house_of
from haven.register import guide
from haven.register.models import Period
from haven.register.told import Overview, Told
from haven.register.trends import trends
from haven.rulebook import shelf
from haven.rulebook.markup import Heading

LANGUAGES: Final = ("nl", "en")
DRAWING: Final = Path(__file__).with_name("drawing")
SHARPNESS: Final = 192  # points of a picture in an inch


def drawn(period: Period) -> dict[str, bytes]:
    """Every file, by its name."""
    files = {"figures.csv": _spreadsheet(period)}
    for language in LANGUAGES:
        with override(language):
            overview = Overview(period)
            for table in (one for one in overview.tables if one.lines):
                files[f"{table.key}-{language}.svg"] = _chart(table, language, "svg")
                files[f"{table.key}-{language}.png"] = _chart(table, language, "png")
            files[f"overview-{language}.pdf"] = pdf.pdf_of(_paper(overview, language, files))
    return files


@cache
def _typst() -> tuple[Any, Any]:
    typst = import_module("typst")
    return typst, typst.Fonts(include_system_fonts=False, font_paths=[DRAWING])


def _chart(table: Told, language: str, form: str) -> bytes:
    """Of two dimensions the first is drawn; the table beside it has both."""
    typst, fonts = _typst()
    highest = max((line.shown or 0 for line in table.lines), default=0)
    bars = [
        {
            "label": line.label,
            "length": None if line.shown is None else line.shown / highest,
            "shown": line.number if line.share is None else f"{line.number} ({line.share} %)",
        }
        for line in table.lines
    ]
    brand = shelf.current().institution.style.brand
    given = {"chart": json.dumps({"brand": brand, "language": language, "bars": bars})}
    more = {"ppi": SHARPNESS} if form == "png" else {}
    source = (DRAWING / "bars.typ").read_bytes()
    return bytes(typst.compile(source, format=form, sys_inputs=given, font_paths=fonts, **more))


def _spreadsheet(period: Period) -> bytes:
    """One line for each figure. `*`: all values together; `<10`: fewer than ten."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(["period", "table", "cell", "shown"])
    for one in period.figures.order_by("table", "cell"):
        table = "exact" if one.table == "§" else one.table
        lines.writerow([period.label, table, one.cell or "*", "<10" if one.shown is None else one.shown])
    return text.getvalue().encode()


def _paper(overview: Overview, language: str, files: Mapping[str, bytes]) -> Document:
    book, period = shelf.current(), overview.period
    house = house_of(book, book.institution.entities[0].key, language)
    title = _("Overview of %(period)s") % {"period": overview.name}
    day = period.frozen_on
    if day is None:
        raise Period.DoesNotExist
    return Document(
        title=title,
        name=title,
        language=language,
        day=day,
        parts=tuple(_all(overview, files)),
        house=house,
        facts=((_("Closed on"), day.isoformat()), (_("Plan"), overview.period.plan.hash[:16])),
        foot=f"{house.name} · {title}",
    )


def _all(overview: Overview, files: Mapping[str, bytes]) -> Iterator[Part]:
    """With the years beside each other, as far as they were released when this one was closed."""
    yield from parts_of(overview, files)
    for trend in trends([*Period.objects.released(), overview.period]) if overview.period.label.isdigit() else ():
        yield Heading(_("%(table)s: the years beside each other") % {"table": trend.name})
        rows = [(label, *(line.number for line in lines)) for label, lines in trend.rows]
        if trend.anonymous:
            rows.append((_("Share anonymous of everybody who reported"), *trend.anonymous))
        yield Table((trend.name, *trend.years), tuple(rows), (3, *(1 for _year in trend.years)))
        yield from plain(_("A difference between two years that is smaller than the margin says nothing."))


def charts_of(period: Period) -> dict[str, bytes]:
    """The drawings that were made of a period, by their names."""
    return {one.name: bytes(one.content) for one in period.files.filter(name__endswith=".svg")}


def parts_of(overview: Overview, files: Mapping[str, bytes]) -> Iterator[Part]:
    """`files`: those of the period, of which the drawings stand above their tables."""
    for table in overview.tables:
        yield from _table(table, files.get(f"{table.chart}.svg", b"").decode())
    for name, article, number in overview.exact:
        yield Heading(name)
        yield from plain(_("%(number)d, exactly as %(article)s asks.") % {"number": number, "article": article})
    yield Heading(_("How to read this"))
    yield from plain(*guide.reading(overview.declared))
    yield Heading(_("What we promise"))
    yield from plain(*guide.promise(overview.declared))


def _table(table: Told, chart: str) -> Iterator[Part]:
    yield Heading(table.name)
    yield from plain(table.counted, table.margin)
    if chart:
        said = _("Bars of “%(name)s”. The table below has the same numbers.") % {"name": table.name}
        yield Picture(chart, said)
    if not table.blocks:
        yield Table((_("What"), _("How many")), ((table.total.label, table.total.number),), (4, 1))
    for number, (name, lines) in enumerate(table.blocks):
        rows = [(one.label, one.number, "" if one.share is None else f"{one.share} %") for one in lines]
        if not number:
            rows.append((table.total.label, table.total.number, ""))
        head = table.name if len(table.blocks) == 1 else name
        yield Table((head, _("How many"), _("Share")), tuple(rows), (5, 2, 1))
    if table.remark:
        yield from plain(table.remark)
