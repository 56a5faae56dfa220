"""The tags of several PDF files put together, so that a file of many documents can still be read out.

A page knows its tags by a number, and the tree knows its pages; what is joined gets numbers that are not taken yet.
"""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Page, Pdf, String


class Tree:
    """The structure of a file to which pages are added. Every document in it is a part, with its title."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.parents: list[Any] = []
        self.identities: list[Any] = []
        self.roles: dict[str, Any] = {}
        self.next = 0
        self.top: Any = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))

    def graft(self, source: Pdf, pages: list[Page], title: str) -> None:
        """The tags of a document whose pages have just been added, and are known to this file therefore."""
        brought: Any = self.pdf.copy_foreign(source.Root.StructTreeRoot)
        part = self.part(title)
        for kid in brought.K if isinstance(brought.K, Array) else [brought.K]:
            kid.P = part
            part.K.append(kid)
        first, self.next = self.next, self.next + int(brought.get("/ParentTreeNextKey", 10_000))
        for key, value in numbers(brought.ParentTree):
            self.parents += [key + first, value]
        for one in (thing for page in pages for thing in (page.obj, *page.obj.get("/Annots", ()))):
            for name in {"/StructParents", "/StructParent"} & set(one.keys()):
                one[name] = int(one[name]) + first
        self._rename(part, f"{first}.")
        self.roles.update(dict(brought.get("/RoleMap", {}).items()))

    def picture(self, part: Any, page: Page, says: str) -> None:
        """A page that came as it is: one picture, with what it is. Its content stands between marks with number 0."""
        figure = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Figure,
                P=part,
                Pg=page.obj,
                K=0,
                Alt=String(says),
                A=Dictionary(O=Name.Layout, Placement=Name.Block, BBox=page.obj.MediaBox),
            )
        )
        part.K.append(figure)
        page.obj.StructParents = self.next
        self.parents += [self.next, Array([figure])]
        self.next += 1

    def finish(self) -> None:
        root = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self.top]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=Array(self.parents))),
                ParentTreeNextKey=self.next,
                RoleMap=Dictionary(self.roles),
            )
        )
        if self.identities:
            named = sorted(self.identities, key=lambda pair: bytes(pair[0]))
            root.IDTree = Dictionary(Names=Array([one for pair in named for one in pair]))
            root.IDTree.Limits = Array([named[0][0], named[-1][0]])
        self.top.P = root
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def part(self, title: str) -> Any:
        part = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, P=self.top, K=Array(), T=String(title))
        )
        self.top.K.append(part)
        return part

    def _rename(self, part: Any, prefix: str) -> None:
        """Cells of a table find their heads by name, and every document has a first table."""
        for one in elements(part):
            if "/ID" in one:
                one.ID = String(prefix + str(one.ID))
                self.identities.append((one.ID, one))
            for about in one.get("/A", ()) if isinstance(one.get("/A"), Array) else [one.get("/A", {})]:
                if "/Headers" in about:
                    about.Headers = Array([String(prefix + str(head)) for head in about.Headers])


def numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """Every number of a number tree with what it leads to."""
    flat = list(tree.get("/Nums", ()))
    yield from ((int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True))
    for kid in tree.get("/Kids", ()):
        yield from numbers(kid)


def elements(top: Any) -> Iterator[Any]:
    """Every element below this one."""
    waiting = [top]
    while waiting:
        one = waiting.pop()
        below = one.get("/K")
        for kid in below if isinstance(below, Array) else [below]:
            if isinstance(kid, Dictionary) and kid.get("/Type") == Name.StructElem:
                yield kid
                waiting.append(kid)
