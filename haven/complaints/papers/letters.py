"""A letter drawn from the rulebook as blocks: fixed ones stay as they are, free ones can be edited before it is sent.

`blocks_of` is what somebody edits, `finished` the document that is looked at beforehand and sent: one and the same.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from haven.complaints.papers.document import Document, House, Part, Signatures, Table
from haven.rulebook import dates, markup
from haven.rulebook.book import Rulebook
from haven.rulebook.papers import MustSay, PaperKind
from haven.rulebook.papertexts import PaperBlock, PaperText
from haven.rulebook.words import Text

type Value = str | date | time | Text | tuple[str, ...] | Table | Signatures

_ALONE: Final = re.compile(r"^\{([a-z_]+)\}$", re.MULTILINE)
_BEGINS: Final = re.compile(r"(?:(?<=^)|(?<=[.?!] ))\{([a-z_]+)\}|\{([a-z_]+)\}", re.MULTILINE)


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
    kind, text = book.papers.kind(key), _text(book, key)
    values, lacking = _values(book, kind, matter), set[str]()
    made = tuple(_block(one, kind, matter.language, values, lacking) for one in _drawn(text, kind, matter, values))
    if lacking:
        raise Incomplete(lacking)
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


def _values(book: Rulebook, kind: PaperKind, matter: Matter) -> dict[str, Value]:
    """What is known, with what follows from it. A part that is empty is not known."""
    known: dict[str, Value] = {"today": matter.day, "environment": book.papers.environment(matter.relation)}
    known |= {name: value for name, value in matter.values.items() if name in kind.placeholders()}
    return {name: value for name, value in known.items() if value != () and value != "" and str(value).strip()}


def _drawn(text: PaperText, kind: PaperKind, matter: Matter, values: Mapping[str, Value]) -> Iterator[PaperBlock]:
    """Each fact of the paper has to be told: one that was forgotten would draw the wrong letter."""
    if forgotten := set(kind.facts) - set(matter.facts):
        raise Incomplete(forgotten)
    for block in text.blocks:
        must = kind.about(block.key) or MustSay(key=block.key, free=True)
        if _holds(must.when, True, matter, values) and _holds(must.unless, False, matter, values):  # noqa: FBT003  what it has to be
            yield block


def _holds(name: str | None, wanted: bool, matter: Matter, values: Mapping[str, Value]) -> bool:  # noqa: FBT001  what it has to be
    return name is None or matter.facts.get(name, name in values) == wanted


def _block(
    block: PaperBlock, kind: PaperKind, language: str, values: Mapping[str, Value], lacking: set[str]
) -> Block:
    must = kind.about(block.key)
    pieces = list(_pieces(block.words[language], kind, language, values, lacking))
    parts = [part for one in pieces for part in (markup.parse(one) if isinstance(one, str) else (one,))]
    fixed = (must is not None and not must.free) or any(not isinstance(one, str) for one in pieces)
    words = "\n\n".join(one.strip() if isinstance(one, str) else _shown(one) for one in pieces)
    return Block(block.key, fixed, (must.article if must else "") or "", words.strip(), tuple(parts))


def _pieces(
    words: str, kind: PaperKind, language: str, values: Mapping[str, Value], lacking: set[str]
) -> Iterator[str | Part]:
    """The text with everything filled in; tables and signatures, which are no text, between its parts."""
    texts = _ALONE.split(words)
    for number, piece in enumerate(texts):
        if number % 2 == 0:
            yield _filled(piece, language, values, lacking)
            continue
        match values.get(piece):
            case None:
                lacking.add(piece)
            case Table() | Signatures() as part:
                yield part
            case tuple() as lines:
                yield "\n".join(f"- {markup.escaped(line)}" for line in lines)
            case str() as written if piece in kind.parts:
                yield written
            case _:
                yield _filled(f"{{{piece}}}", language, values, lacking)


def _filled(text: str, language: str, values: Mapping[str, Value], lacking: set[str]) -> str:
    """What stands at the beginning of a sentence begins with a capital."""

    def said(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name not in values:
            lacking.add(name)
            return ""
        words = markup.escaped(_said(values[name], language))
        return words[:1].upper() + words[1:] if found[1] else words

    return _BEGINS.sub(said, text)


def _said(value: Value, language: str) -> str:
    match value:
        case date():
            return dates.full(value, language)
        case time():
            return f"{value.hour}.{value.minute:02} uur" if language == "nl" else f"{value.hour}:{value.minute:02}"
        case Text():
            return value.say(language)
        case tuple():
            return "\n".join(value)
        case _:
            return str(value)


def _shown(part: Part) -> str:
    """A part that is no text, for a form in which it cannot be edited."""
    match part:
        case Table():
            return "\n".join(f"- {' · '.join(row)}" for row in part.rows)
        case Signatures():
            return "\n".join(f"- {one.name}, {one.function}" for one in part.signers)
        case _:
            return ""


def _as_edited(block: Block, edits: Mapping[str, str]) -> tuple[Part, ...]:
    changed = edits.get(block.key)
    return block.parts if changed is None or block.fixed else markup.parse(changed.replace("\r\n", "\n"))


def _document(book: Rulebook, kind: PaperKind, matter: Matter, parts: tuple[Part, ...]) -> Document:
    house, values, lacking = house_of(book, matter.entity, matter.language), _values(book, kind, matter), set[str]()
    title = _filled(_text(book, kind.key).title[matter.language], matter.language, values, lacking)
    reference = _said(values.get("reference", ""), matter.language)
    numbered = " · ".join(filter(None, [reference, matter.number]))
    lacking |= {row for row in kind.rows if row not in values}
    if lacking:
        raise Incomplete(lacking)
    facts = [(_("Date"), dates.full(matter.day, matter.language))]
    if kind.form == "letter":
        facts += [(_("Our reference"), numbered)] if numbered else []
    else:
        labels = {row.key: row.label.say(matter.language) for row in book.papers.rows}
        facts += [(labels[row], _said(values[row], matter.language)) for row in kind.rows]
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
        foot=" · ".join(filter(None, [house.name, "" if kind.public else numbered])),
    )
