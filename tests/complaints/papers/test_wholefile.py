"""The whole file as one PDF: what the committee leafs through, and what it may not carry along."""

import io
from datetime import date
from typing import Any

import pikepdf
import pytest
from PIL import Image

from haven.complaints.papers.enclosed import Cover, Enclosed
from haven.complaints.papers.letters import finished, house_of
from haven.complaints.papers.pdf import pdf_of
from haven.complaints.papers.wholefile import file_of
from haven.rulebook.book import Rulebook
from tests.complaints.papers.reading import opened, told
from tests.complaints.papers.telling import matter


@pytest.fixture
def cover(book: Rulebook) -> Cover:
    facts = (("Klager", "Robin de Vries"), ("Beklaagde", "Sam Özdemir-Łukasik"))
    house = house_of(book, "university", "nl")
    return Cover(house=house, language="nl", day=date(2026, 7, 1), reference="K7QW-2MXA", facts=facts)


@pytest.fixture
def documents(book: Rulebook) -> list[Enclosed]:
    made = {key: finished(book, key, matter(book, key)) for key in ("receipt", "decision")}
    return [
        Enclosed("1", "Ontvangstbevestiging", date(2026, 4, 7), pdf_of(made["receipt"]), made_here=True),
        Enclosed("2", "Scan van een brief", date(2026, 4, 8), scan(2)),
        Enclosed("3", "Foto", date(2026, 4, 9), photo()),
        Enclosed("4", "Besluit", date(2026, 7, 1), pdf_of(made["decision"]), made_here=True),
        Enclosed("5", "Opname", date(2026, 4, 22), b"RIFF....WAVE"),
        Enclosed("6", "Kapot", date(2026, 4, 23), b"%PDF-1.7 not at all"),
    ]


def scan(pages: int) -> bytes:
    """What somebody sent: larger than a sheet, on its side, with a script, a link and a form."""
    pdf, made = pikepdf.new(), io.BytesIO()
    for _page in range(pages):
        page = pdf.add_blank_page(page_size=(1200, 800))
        page.obj.Rotate = 90
        page.obj.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link)])
        page.contents_add(b"0 0 1200 800 re f")
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('zqscript')")
    pdf.save(made)
    return made.getvalue()


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (900, 600), "#6688aa").save(made, "JPEG")
    return made.getvalue()


def test_every_document_begins_on_a_page_of_its_own_and_pages_are_numbered_through(
    cover: Cover, documents: list[Enclosed]
) -> None:
    whole = file_of(cover, documents)

    with opened(whole) as read:
        total = len(read.pages)
        with read.open_outline() as outline:
            marks = [(one.title, _page_of(read, one)) for one in outline.root]
    assert marks == [
        ("Inhoud", 0), ("1. Ontvangstbevestiging", 1), ("2. Scan van een brief", 3), ("3. Foto", 5),
        ("4. Besluit", 6), ("5. Opname", 8), ("6. Kapot", 9),
    ]  # fmt: skip
    index = told(whole, 1)
    assert "Dossier K7QW-2MXA · Inhoud Pagina 1 van 10" in index
    assert index.count("Pagina 1 van") == 1
    with opened(whole) as read:
        links = list(read.pages[0].obj.Annots)
        assert [read.pages.index(pikepdf.Page(one.Dest[0])) for one in links] == [page for _title, page in marks[1:]]
        assert all("/A" not in one and "/StructParent" in one for one in links)
    assert "2 Scan van een brief 8 april 2026 4" in index
    assert "6 Kapot 23 april 2026 10" in index
    assert f"Dossier K7QW-2MXA · Stuk 1 Pagina 2 van {total}" in told(whole, 2)
    assert f"Dossier K7QW-2MXA · Stuk 2 Pagina 5 van {total}" in told(whole, 5)
    assert "Wij hebben uw klacht ontvangen" in told(whole, 2)
    assert "Dit stuk kan hier niet worden afgedrukt" in told(whole, 9)
    assert "Dit stuk kan hier niet worden afgedrukt" in told(whole, 10)


def test_it_can_be_read_out_document_by_document(cover: Cover, documents: list[Enclosed]) -> None:
    with opened(file_of(cover, documents)) as read:
        (top,) = read.Root.StructTreeRoot.K
        parts = [str(part.T) for part in top.K]
        assert parts == ["Inhoud", "Ontvangstbevestiging", "Scan van een brief", "Foto", "Besluit", "Opname", "Kapot"]
        tree: list[Any] = list(read.Root.StructTreeRoot.ParentTree.Nums)
        numbers = [int(number) for number in tree[::2]]
        assert numbers == sorted(set(numbers))
        named = list(read.Root.StructTreeRoot.IDTree.Names)[::2]
        assert [bytes(one) for one in named] == sorted({bytes(one) for one in named})
        assert all(int(page.obj.StructParents) in numbers for page in read.pages)
        found = dict(zip(numbers, tree[1::2], strict=True))
        assert all(_pages_of(found[int(page.obj.StructParents)]) == {page.objgen} for page in read.pages)
        alternatives = [str(one.Alt) for one in read.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        assert "Scan van een brief, pagina 2 van 2, zoals het is ingestuurd" in alternatives
        assert str(read.Root.Lang) == "nl"


def _page_of(read: pikepdf.Pdf, mark: Any) -> int:
    return read.pages.index(pikepdf.Page(mark.destination[0]))


def _pages_of(elements: Any) -> set[tuple[int, int]]:
    """The pages that the elements of one page say they are on."""
    return {one.Pg.objgen for one in elements if isinstance(one, pikepdf.Dictionary) and "/Pg" in one}


def test_what_others_sent_brings_no_script_and_no_link(cover: Cover, documents: list[Enclosed]) -> None:
    with opened(file_of(cover, documents)) as read:
        held = [one for one in read.objects if isinstance(one, pikepdf.Dictionary)]
        assert not [one for one in held if "/JS" in one or one.get("/S") in {"/URI", "/JavaScript"}]
        assert ["/Annots" in page for page in read.pages] == [True] + 9 * [False]  # the list leads to the documents
        sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in read.pages}
        assert sizes == {(595, 842), (842, 595)}
        assert "/Metadata" not in read.Root  # it promises no standard for what others made
        assert b"zqscript" not in b"".join(
            one.read_raw_bytes() for one in read.objects if isinstance(one, pikepdf.Stream)
        )


def test_the_same_documents_make_the_same_file(cover: Cover, documents: list[Enclosed]) -> None:
    assert file_of(cover, documents) == file_of(cover, documents)


def test_an_empty_file_is_a_list_without_documents(cover: Cover) -> None:
    with opened(file_of(cover, [])) as read:
        assert len(read.pages) == 1
