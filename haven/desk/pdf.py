"""A case as a tagged PDF. Nothing in it tells at what time or by which account it was made."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.complaints.papers import pdf
from haven.complaints.papers.document import Document, Part
from haven.desk.paper import Entry, Paper
from haven.rulebook.markup import Heading, Paragraph, Run


def pdf_of(paper: Paper) -> bytes:
    return pdf.pdf_of(
        Document(
            title=paper.title,
            name=_("Confidential"),
            language=get_language() or "nl",
            day=localdate(),
            parts=tuple(_parts(paper)),
            facts=tuple((fact.label, fact.words) for fact in paper.facts),
            mark=_("Confidential"),
            made=paper.made,
        )
    )


def _parts(paper: Paper) -> Iterator[Part]:
    for section in paper.sections:
        yield Heading(section.title)
        yield from (Paragraph(_runs(entry)) for entry in section.entries)


def _runs(entry: Entry) -> tuple[Run, ...]:
    about = (Run(f"  {entry.about}", "small"),) if entry.about else ()
    words = (Run(f"\n{entry.words}"),) if entry.words else ()
    return (Run(entry.label, "strong"), *about, *words)
