"""A document for a word processor: real headings, lists and tables, its language; nothing of who made it where."""

import io
import re
import zipfile
from datetime import UTC, datetime, time
from functools import cache, singledispatch
from typing import Any, Final

import docx
import typst
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from haven.complaints.papers.document import Document, Facts, House, Picture, Signatures, Table, visible
from haven.complaints.papers.pdf import logo_says, numbered
from haven.rulebook.markup import Heading, Listing, Paragraph, Runs

SERIF: Final = "Cambria"
SOFT: Final = RGBColor(0x4A, 0x5A, 0x62)
TONGUES: Final = {"nl": "nl-NL", "en": "en-GB"}
BROUGHT: Final = {"thumbnail", "extended-properties", "stylesWithEffects", "customXml"}
STYLES: Final = {
    *("Normal", "Heading 1", "Heading 2", "List Bullet", "List Number", "Header", "Footer"),
    *("Heading 1 Char", "Heading 2 Char", "Header Char", "Footer Char"),
    *("Default Paragraph Font", "Normal Table", "No List", "Table Grid"),
}
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say


def docx_of(document: Document) -> bytes:
    word = docx.Document(io.BytesIO(_blank()))
    _style(word, document)
    _about(word, document)
    _frame(word, document)
    _head(word, document)
    for part in document.parts:
        _draw(part, word)
    return _same_each_time(word)


# ── How it looks, and what it says of itself ─────────────────────────────────────────────────────


def _style(word: Word, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(27),
        Mm(25),
        Mm(26),
        Mm(25),
    )
    brand = RGBColor.from_string(document.house.brand.lstrip("#").upper()) if document.house else RGBColor(0, 0, 0)
    sizes = {"Normal": 11, "Heading 1": 14 if document.form == "letter" else 19, "Heading 2": 12.5}
    for name, size in sizes.items():
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold = SERIF, Pt(size), name != "Normal"
        style.font.color.rgb = (
            brand if name == "Heading 1" and document.form == "document" else RGBColor(0x16, 0x24, 0x2B)
        )
        style.element.rPr.rFonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            style.element.rPr.rFonts.set(qn(f"w:{script}"), SERIF)
    normal: Any = word.styles["Normal"]
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.15
    small: Any = word.styles.add_style("Small", WD_STYLE_TYPE.CHARACTER)
    small.font.size, small.font.color.rgb = Pt(8.5), SOFT
    language: Any = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for kind in ("val", "eastAsia"):
        language.set(qn(f"w:{kind}"), TONGUES.get(document.language, document.language))


def _about(word: Word, document: Document) -> None:
    about, day = word.core_properties, datetime.combine(document.day, time(), UTC).replace(tzinfo=None)
    about.author = about.last_modified_by = about.comments = about.keywords = about.category = ""
    about.title, about.language = visible(document.name), TONGUES.get(document.language, document.language)
    about.created = about.modified = about.last_printed = day
    about.revision = 1


def _frame(word: Word, document: Document) -> None:
    """The head of each page, and the foot with its number."""
    section = word.sections[0]
    head = document.made if document.house is None else ""
    _small(section.header.paragraphs[0], " · ".join(filter(None, [document.mark, head])))
    foot = section.footer.paragraphs[0]
    _small(foot, f"{document.foot}\t\t")
    for words in re.split(r"(\{pages?\})", numbered(document.language)) if document.counts else ():
        if words.startswith("{"):
            _field(foot, "PAGE" if words == "{page}" else "NUMPAGES")
        else:
            _small(foot, words)


def _head(word: Word, document: Document) -> None:
    if document.house:
        _letterhead(word, document.house, logo_says(document.house, document.language))
    if document.form == "letter":
        word.add_paragraph(visible("\n".join(document.to))).paragraph_format.space_before = Pt(24)
        _table(word, document.facts, heading=False)
    word.add_heading(visible(document.title), 1)
    if document.form == "document" and document.facts:
        _table(word, document.facts, heading=False)


def _letterhead(word: Word, house: House, says: str) -> None:
    if house.logo:
        _picture(word, house.logo, says, height=Mm(15))
    else:
        name = word.add_paragraph().add_run(visible(house.name))
        name.bold, name.font.size, name.font.color.rgb = True, Pt(15), RGBColor.from_string(house.brand[1:].upper())
    _small(word.add_paragraph(), "\n".join(house.address))


def _picture(word: Word, drawing: str, says: str, **size: Length) -> None:
    drawn = typst.compile(_DRAWING, format="png", ppi=300, sys_inputs={"drawing": drawing})
    shape = word.add_picture(io.BytesIO(drawn), **size) if isinstance(drawn, bytes) else None
    if shape is not None:
        shape._inline.docPr.set("descr", says)  # noqa: SLF001  it has no way to say this


_DRAWING: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.drawing), format: "svg", width: 120mm)"""


# ── Its parts ────────────────────────────────────────────────────────────────────────────────────


@singledispatch
def _draw(part: object, word: Word) -> None:
    raise TypeError(f"{type(word).__name__} knows no {type(part).__name__}")


@_draw.register
def _(part: Heading, word: Word) -> None:
    word.add_heading(visible(part.text), part.level)


@_draw.register
def _(part: Paragraph, word: Word) -> None:
    _say(word.add_paragraph(), part.runs)


@_draw.register
def _(part: Listing, word: Word) -> None:
    """Each numbered list begins at one: they would otherwise count on from the list before."""
    counted = _new_count(word) if part.numbered else None
    for item in part.items:
        line = word.add_paragraph(style="List Number" if part.numbered else "List Bullet")
        line.paragraph_format.space_after = Pt(3)
        _say(line, item)
        if counted is not None:
            _counts(line, counted)


@_draw.register
def _(part: Table, word: Word) -> None:
    _table(word, (part.head, *part.rows), heading=True)


@_draw.register
def _(part: Facts, word: Word) -> None:
    _table(word, part.rows, heading=False)


@_draw.register
def _(part: Picture, word: Word) -> None:
    _picture(word, part.drawing, visible(part.says), width=Mm(115))


@_draw.register
def _(part: Signatures, word: Word) -> None:
    for one in part.signers:
        line = word.add_paragraph(visible(one.name))
        line.paragraph_format.space_before, line.paragraph_format.keep_together = Pt(42), True
        line.add_run("\n")
        _small(line, one.function)
    for line in word.paragraphs[-1 - len(part.signers) : -1]:
        line.paragraph_format.keep_with_next = True


def _say(line: WordParagraph, runs: Runs) -> None:
    for run in runs:
        piece = line.add_run(visible(run.text))
        piece.bold, piece.italic = run.manner == "strong" or None, run.manner == "emphasis" or None
        if run.manner == "small":
            piece.style = "Small"


def _small(line: WordParagraph, words: str) -> None:
    line.add_run(visible(words), style="Small")


def _table(word: Word, rows: tuple[tuple[str, ...], ...], *, heading: bool) -> None:
    """Without a heading it is a list of names and what they are: the names need little room."""
    columns = len(rows[0]) if rows else 0
    table = word.add_table(rows=0, cols=columns)
    widths = [Mm(158 / columns)] * columns if heading else [Mm(38), Mm(120)]
    for row in rows:
        for cell, words, width in zip(table.add_row().cells, row, widths, strict=True):
            cell.text, cell.width = visible(words), width
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
    if heading:
        table.style = "Table Grid"
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  no way to say this
        for cell in table.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True
    word.add_paragraph().paragraph_format.space_after = Pt(0)  # a word processor wants something between two tables


# ── What the library has no words for ────────────────────────────────────────────────────────────


def _field(line: WordParagraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    line._p.append(field)  # noqa: SLF001  the library knows no fields


def _new_count(word: Word) -> int:
    numbering: Any = word.part.numbering_part.element
    style: Any = word.styles["List Number"].element
    used = style.pPr.numPr.numId.val
    abstract = next(one for one in numbering.num_lst if one.numId == used).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _counts(line: WordParagraph, count: int) -> None:
    numbered: Any = line._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  no way to say this
    numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = 0, count


@cache
def _blank() -> bytes:
    """The library's own example without what it brought along: a picture, the name of a program, a hundred styles."""
    word, made = docx.Document(), io.BytesIO()
    for owner in (word.part.package, word.part):
        for key in [key for key, one in owner.rels.items() if one.reltype.rpartition("/")[2] in BROUGHT]:
            del owner.rels[key]
    for style in list(word.styles):
        if style.name not in STYLES:
            style.delete()
    word.save(made)
    return made.getvalue()


def _same_each_time(word: Word) -> bytes:
    """The file without the time at which it was packed."""
    packed, again = io.BytesIO(), io.BytesIO()
    word.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, FIRST_DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
