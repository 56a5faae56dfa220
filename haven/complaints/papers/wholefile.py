"""The whole file of a complaint as one PDF: a list of what is in it, each document from a new page, pages numbered.

Documents that Haven made keep their pages and their tags. What somebody sent is put on a sheet, a little smaller, so
that the number of the page covers nothing; scripts, links and hidden things of it stay behind.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf
from django.utils.translation import gettext as _
from django.utils.translation import override
from pikepdf import Dictionary, Name, OutlineItem, Page, Pdf
from PIL import Image, ImageOps

from haven.complaints.papers.document import Document, Table, plain
from haven.complaints.papers.enclosed import Cover, Enclosed
from haven.complaints.papers.pdf import compiled, numbered, pdf_of, seen
from haven.complaints.papers.tags import Tree
from haven.rulebook import dates

STAMP: Final = Path(__file__).with_name("stamp.typ").read_bytes()
MM: Final = 72 / 25.4
SHORT, LONG = 210 * MM, 297 * MM
BESIDE, ABOVE, BELOW = 10 * MM, 12 * MM, 8 * MM
PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True)
class Ready:
    """A document that can be joined: its pages, and whether they came from somebody."""

    about: Enclosed
    pdf: Pdf
    framed: bool


def file_of(cover: Cover, documents: Sequence[Enclosed]) -> bytes:
    with override(cover.language):
        ready = [_ready(one, cover) for one in documents]
        index = _index(cover, ready)
        whole = Pdf.new()
        starts = _joined(whole, index, ready)
        _stamp(whole, cover, starts)
        return _saved(whole, index, cover, starts)


# ── What goes in ─────────────────────────────────────────────────────────────────────────────────


def _ready(one: Enclosed, cover: Cover) -> Ready:
    """What cannot be put on paper is a sheet that says so, so that no document of the file is missing."""
    content = _picture(one.content) if one.content.startswith(PICTURES) else one.content
    try:
        pdf = Pdf.open(io.BytesIO(content))
        if len(pdf.pages):
            return Ready(one, pdf, framed=not one.made_here)
    except pikepdf.PdfError:
        pass
    return Ready(one, Pdf.open(io.BytesIO(pdf_of(_sheet(one, cover)))), framed=False)


def _picture(content: bytes) -> bytes:
    """A picture as a page. One that cannot be read becomes no PDF, and gets a sheet."""
    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content)) as picture:
            ImageOps.exif_transpose(picture).convert("RGB").save(made, "PDF", resolution=max(picture.size) / 11)
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""
    return made.getvalue()


def _sheet(one: Enclosed, cover: Cover) -> Document:
    says = _("This document cannot be printed here. It is in the file, and can be opened or played on the screen.")
    return Document(
        title=one.title,
        name=one.title,
        language=cover.language,
        day=cover.day,
        parts=tuple(plain(says)),
        house=cover.house,
        counts=False,
    )


def _index(cover: Cover, ready: Sequence[Ready]) -> Pdf:
    """Drawn twice: how many pages it takes itself decides on which page the first document begins."""
    drawn = Pdf.open(io.BytesIO(pdf_of(_listed(cover, ready, 0))))
    return Pdf.open(io.BytesIO(pdf_of(_listed(cover, ready, len(drawn.pages)))))


def _listed(cover: Cover, ready: Sequence[Ready], before: int) -> Document:
    rows, pages, page = list[tuple[str, ...]](), list[int](), before + 1
    for one in ready:
        day = f"{dates.short(one.about.day, cover.language)} {one.about.day.year}"
        rows.append((one.about.number, one.about.title, day, str(page)))
        pages.append(page)
        page += len(one.pdf.pages)
    return Document(
        title=_("The whole file"),
        name=f"{cover.house.name} · {cover.reference}",
        language=cover.language,
        day=cover.day,
        parts=(Table((_("No."), _("Document"), _("Date"), _("Page")), tuple(rows), (2, 15, 6, 3), tuple(pages)),),
        house=cover.house,
        facts=(
            (_("File"), cover.reference),
            *cover.facts,
            (_("Put together on"), dates.full(cover.day, cover.language)),
        ),
        mark=_("Confidential"),
        counts=False,
    )


# ── Put together ─────────────────────────────────────────────────────────────────────────────────


def _joined(whole: Pdf, index: Pdf, ready: Sequence[Ready]) -> list[tuple[int, str, str]]:
    """For each document: its first page, what is stamped on its pages, and its title."""
    tree, starts = Tree(whole), [(0, _("Contents"), _("Contents"))]
    _take_over(whole, tree, index, _("Contents"))
    for one in ready:
        label = _("Document %(number)s") % {"number": one.about.number}
        starts.append((len(whole.pages), label, f"{one.about.number}. {one.about.title}"))
        if one.framed or "/StructTreeRoot" not in one.pdf.Root:
            _frame(whole, tree, one)
        else:
            _take_over(whole, tree, one.pdf, one.about.title)
    tree.finish()
    _lead(whole, len(index.pages))
    return starts


def _take_over(whole: Pdf, tree: Tree, source: Pdf, title: str) -> None:
    first = len(whole.pages)
    whole.pages.extend(source.pages)
    tree.graft(source, list(whole.pages)[first:], title)


def _lead(whole: Pdf, pages: int) -> None:
    """What the list says of a page becomes a way to it."""
    for link in (one for page in list(whole.pages)[:pages] for one in page.obj.get("/Annots", ())):
        target = whole.pages[int(str(link.A.URI).removeprefix("page:")) - 1]
        del link.A
        link.Dest = pikepdf.Array([target.obj, Name.Fit])


def _frame(whole: Pdf, tree: Tree, one: Ready) -> None:
    part = tree.part(one.about.title)
    for number, old in enumerate(one.pdf.pages, 1):
        drawing = whole.copy_foreign(old.as_form_xobject())
        box = [float(side) for side in drawing.BBox]
        wide = (box[2] - box[0] > box[3] - box[1]) != (int(old.obj.get("/Rotate", 0)) % 180 == 90)
        size = (LONG, SHORT) if wide else (SHORT, LONG)
        page = whole.add_blank_page(page_size=size)
        name = page.add_resource(drawing, Name.XObject, Name.Sheet)
        frame = pikepdf.Rectangle(BESIDE, BELOW, size[0] - BESIDE, size[1] - ABOVE)
        placed = page.calc_form_xobject_placement(
            drawing, name, frame, invert_transformations=True, allow_shrink=True, allow_expand=False
        )
        page.contents_add(b"/Figure <</MCID 0>> BDC\n" + placed + b"\nEMC\n")
        said = {"title": one.about.title, "number": number, "all": len(one.pdf.pages)}
        tree.picture(part, page, _("%(title)s, page %(number)d of %(all)d, as it was sent") % said)


def _stamp(whole: Pdf, cover: Cover, starts: Sequence[tuple[int, str, str]]) -> None:
    sheets = [(*_size(page), f"{_('File')} {cover.reference} · {label}") for page, label in _labelled(whole, starts)]
    given = seen({"sheets": sheets, "language": cover.language, "numbered": numbered(cover.language)})
    with Pdf.open(io.BytesIO(compiled(STAMP, given))) as stamps:
        for number, (page, stamp) in enumerate(zip(whole.pages, stamps.pages, strict=True)):
            drawing = whole.copy_foreign(stamp.as_form_xobject())
            name = page.add_resource(drawing, Name.XObject, Name(f"/Stamp{number}"))  # pages can share what they use
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"Q\n/Artifact <</Type /Pagination>> BDC q %s Do Q EMC\n" % str(name).encode())


def _labelled(whole: Pdf, starts: Sequence[tuple[int, str, str]]) -> Iterator[tuple[Page, str]]:
    labels = {first: label for first, label, _title in starts}
    label = ""
    for number, page in enumerate(whole.pages):
        label = labels.get(number, label)
        yield page, label


def _size(page: Page) -> tuple[int, int]:
    left, low, right, high = (float(side) for side in page.mediabox)
    return round(right - left), round(high - low)


def _saved(whole: Pdf, index: Pdf, cover: Cover, starts: Sequence[tuple[int, str, str]]) -> bytes:
    """It names no standard: nobody can answer for what others sent. Its tags, its language and its title are there."""
    whole.Root.Lang = pikepdf.String(cover.language)
    whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    whole.Root.PageMode = Name.UseOutlines
    whole.docinfo["/Title"] = f"{cover.house.name} · {cover.reference}"
    whole.docinfo["/CreationDate"] = index.docinfo["/CreationDate"]
    with whole.open_outline() as outline:
        outline.root.extend(OutlineItem(title, first) for first, _label, title in starts)
    made = io.BytesIO()
    whole.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()
