"""The whole file of a complaint as one PDF: the papers that Haven drew, what was typed, and the pages of what was sent.

Only copies that were cleaned are put on pages: those were made anew where nothing can be reached. Whatever else was
sent gets a sheet that names it, so that no document of the file is missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from haven.cases.files import Safety
from haven.complaints import readable
from haven.complaints.opened import Paper
from haven.complaints.papers import pdf
from haven.complaints.papers.document import Document, plain
from haven.complaints.papers.enclosed import Enclosed
from haven.rulebook.procedure import Procedure
from haven.vault import files
from haven.vault.errors import CannotOpen
from haven.vault.files import SealedFileInfo
from haven.vault.reading import Opened

MOST_BYTES: Final = 200 * 1024**2  # of what was sent; the rest of a larger file is named, and opened on the screen
ON_PAPER: Final = ("application/pdf", "image/jpeg", "image/png")


@dataclass
class Gathered:
    """`left`: how many bytes can still be taken in. It goes down while papers are gathered."""

    rules: Procedure
    language: str
    left: int = MOST_BYTES

    def enclosed(self, papers: Sequence[Paper]) -> list[Enclosed]:
        return [part for number, one in enumerate(papers, 1) for part in self._of(one, str(number))]

    def _of(self, paper: Paper, number: str) -> Iterator[Enclosed]:
        """A paper that Haven drew is that; of every other its words first, then each of its files."""
        title = readable.name_of(self.rules, paper)
        made = next((one for one in paper.files if _is_drawn(one)), None)
        if made is not None:
            yield Enclosed(number, title, paper.on, self._content(made), made_here=True)
            return
        sent = [one for one in paper.files if not one.payload.get("made_here")]
        if paper.text or readable.facts_of(self.rules, paper) or not sent:
            yield Enclosed(number, title, paper.on, self._words(title, paper), made_here=True)
        for nth, one in enumerate(sent, 1):
            name = f"{title}: {one.payload.get('name', '')}"
            yield Enclosed(f"{number}.{nth}", name, paper.on, self._pages(one))

    def _words(self, title: str, paper: Paper) -> bytes:
        parts, facts = tuple(plain(*(paper.text or "—").split("\n\n"))), tuple(readable.facts_of(self.rules, paper))
        return pdf.pdf_of(
            Document(title=title, name=title, language=self.language, day=paper.on, parts=parts, facts=facts)
        )

    def _pages(self, one: Opened) -> bytes:
        """Nothing for what was not made safe, is no page, or is too much: what joins the file makes a sheet of that."""
        size = int(one.payload.get("size", 0))
        shown = Safety.told(one.payload).safe and one.payload.get("type") in ON_PAPER
        if one.damaged or not shown or size > self.left:
            return b""
        self.left -= size
        return self._content(one)

    def _content(self, one: Opened) -> bytes:
        try:
            return b"".join(files.open_verified(settings.BLOB_ROOT, SealedFileInfo.from_dict(one.payload)))
        except CannotOpen:
            return b""


def _is_drawn(one: Opened) -> bool:
    """The PDF that Haven made of a letter when it was issued."""
    return bool(one.payload.get("made_here")) and str(one.payload.get("name", "")).endswith(".pdf")
