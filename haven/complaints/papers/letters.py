"""A letter drawn from the rulebook as blocks: fixed ones stay as they are, free ones can be edited before it is sent.

`blocks_of` is what somebody edits, `finished` the document that is looked at beforehand and sent: one and the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from haven.complaints.papers.document import Document, House, Part
from haven.complaints.papers.filling import Filling, Value, shown
from haven.rulebook import dates, markup
from haven.rulebook.book import Rulebook
from haven.rulebook.papers import MustSay, PaperKind
from haven.rulebook.papertexts import PaperBlock, PaperText


class Incomplete(Exception):
    """Something that this paper says is not known. A letter with a hole in it is not drawn."""

    def __init__(self, names: set[str]) -> None:
        self.names = sorted(names)
        super().__init__(", ".join(self.names))


class Fixed(Exception):
    """Somebody wants to change a block that this paper must have."""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What one paper is about. `facts`: each fact of the paper, as it is. `relation`: of whom it is for."""

    language: str
    day: date
    values: Mapping[str, Value] = field(repr=False)
    facts: Mapping[str, bool] = field(default_factory=dict)
    to: tuple[str, ...] = field(default=(), repr=False)
    relation: str = ""
    entity: str = ""
    number: str = ""  # of the document in the file


@dataclass(frozen=True)
class Block:
    """`words`: what a form shows, in the small Markdown of the rulebook. `parts`: what is drawn."""

    key: str
    fixed: bool
    article: str
    words: str = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)


def blocks_of(book: Rulebook, key: str, matter: Matter) -> tuple[Block, ...]:
    """The blocks that this paper has, as things are. Raises Incomplete when something is not known."""
    kind, known = book.papers.kind(key), _known(book, key, matter)
    made = tuple(
        _block(one, kind.about(one.key), known) for one in _drawn(_text(book, key), kind, matter, known.values)
    )
    if known.lacking:
        raise Incomplete(known.lacking)
    return made


def finished(book: Rulebook, key: str, matter: Matter, edits: Mapping[str, str] | None = None) -> Document:
    """`edits`: free blocks with other words; one without words is left out."""
    kind, blocks = book.papers.kind(key), blocks_of(book, key, matter)
    changed = edits or {}
    if barred := [one.key for one in blocks if one.fixed and changed.get(one.key, one.words) != one.words]:
        raise Fixed(barred[0])
    parts = [part for one in blocks for part in _as_edited(one, changed)]
    with override(matter.language):
        return _document(book, kind, matter, tuple(parts))


def house_of(book: Rulebook, entity: str, language: str) -> House:
    """The style of a legal entity on paper."""
    head = book.papers.letterhead(entity)
    named = next((one.name for one in book.institution.entities if one.key == head.entity), book.institution.name)
    address = tuple(line.say(language) for line in head.address)
    return House(named.say(language), book.institution.style.brand, address, book.logos.get(head.logo or "", ""))


def _text(book: Rulebook, key: str) -> PaperText:
    return next(one for one in book.paper_texts if one.key == key)


def _known(book: Rulebook, key: str, matter: Matter) -> Filling:
    """What this paper can say, with what follows from it. A part that is empty is not known."""
    kind = book.papers.kind(key)
    known: dict[str, Value] = {"today": matter.day, "environment": book.papers.environment(matter.relation)}
    known |= {name: value for name, value in matter.values.items() if name in kind.placeholders()}
    given = {name: value for name, value in known.items() if value not in {(), ""} and str(value).strip()}
    return Filling(matter.language, given, kind.parts)


def _drawn(text: PaperText, kind: PaperKind, matter: Matter, values: Mapping[str, Value]) -> Iterator[PaperBlock]:
    """Each fact of the paper has to be told: one that was forgotten would draw the wrong letter."""
    if forgotten := set(kind.facts) - set(matter.facts):
        raise Incomplete(forgotten)
    holds = {**dict.fromkeys(values, True), **matter.facts}
    for block in text.blocks:
        must = kind.about(block.key)
        wanted = must is None or must.when is None or holds.get(must.when, False)
        barred = must is not None and must.unless is not None and holds.get(must.unless, False)
        if wanted and not barred:
            yield block


def _block(block: PaperBlock, must: MustSay | None, known: Filling) -> Block:
    """A block that holds what is no text cannot be edited either."""
    pieces = list(known.pieces(block.words[known.language]))
    parts = [part for one in pieces for part in (markup.parse(one) if isinstance(one, str) else (one,))]
    fixed = (must is not None and not must.free) or any(not isinstance(one, str) for one in pieces)
    words = "\n\n".join(filter(None, map(shown, pieces)))
    return Block(block.key, fixed, (must.article if must else None) or "", words, tuple(parts))


def _as_edited(block: Block, edits: Mapping[str, str]) -> tuple[Part, ...]:
    changed = edits.get(block.key)
    return block.parts if changed is None or block.fixed else markup.parse(changed.replace("\r\n", "\n"))


def _document(book: Rulebook, kind: PaperKind, matter: Matter, parts: tuple[Part, ...]) -> Document:
    house, known = house_of(book, matter.entity, matter.language), _known(book, kind.key, matter)
    title = known.line(_text(book, kind.key).title[matter.language])
    numbered = " · ".join(filter(None, [known.say("reference") if "reference" in known.values else "", matter.number]))
    rows = {row.key: row.label.say(matter.language) for row in book.papers.rows}
    facts = [(_("Date"), dates.full(matter.day, matter.language))]
    if kind.form == "letter" and numbered:
        facts.append((_("Our reference"), numbered))
    facts += [(rows[row], known.say(row)) for row in kind.rows]
    if known.lacking:
        raise Incomplete(known.lacking)
    return Document(
        title=title,
        name=title if kind.public else " · ".join(filter(None, [house.name, numbered])),
        language=matter.language,
        day=matter.day,
        parts=parts,
        form=kind.form,
        house=house,
        to=matter.to,
        facts=tuple(facts),
        mark="" if kind.public else _("Confidential"),
        foot=" · ".join(filter(None, [house.name, numbered])),
    )
