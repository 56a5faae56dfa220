"""The Dutch catalogue: what the code says in English, what the .po file has for it, and the .mo file made of that.

`python -m tests.house.catalogue` takes in what is new, drops what is gone, and writes both files. It needs no gettext.
A sentence without a context is one message, wherever it stands. No address of a line is kept: it only makes noise.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import haven

PACKAGE = Path(next(iter(haven.__path__)))
PO = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
HEADER = "# Haven in Dutch. The English comes from the code: `python -m tests.house.catalogue`. Write the Dutch here."
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # a header wants days; one that moves would change the files each time
FUNCTIONS = {
    "_": None,
    "now": None,  # gettext, where `_` is the lazy one
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

type Words = str | tuple[str, ...]
type Sentence = tuple[str | None, Words]  # with its context, if it has one


def said_in_python(source: bytes) -> Iterator[Sentence]:
    for _line, message, _comments, context in extract("python", BytesIO(source), FUNCTIONS):
        yield context, message


def said_in_template(source: str) -> Iterator[Sentence]:
    """Django turns a template into calls of gettext between filler; on one line that reads as Python."""
    calls = " ".join(line.strip() for line in templatize(source).splitlines() if not line.strip().startswith("#"))
    yield from said_in_python(calls.encode())


def said() -> Catalog:
    """Everything Haven says in English."""
    found = Catalog(
        locale="nl",
        header_comment=HEADER,
        project="Haven",
        version="1",
        msgid_bugs_address="-",
        creation_date=FIRST_DAY,
        revision_date=FIRST_DAY,
        last_translator="Haven",
        language_team="Dutch",
        fuzzy=False,
    )
    for file in sorted(PACKAGE.rglob("*.py")):
        for context, message in said_in_python(file.read_bytes()):
            found.add(message, context=context)
    for file in sorted(PACKAGE.rglob("*.html")):
        for context, message in said_in_template(file.read_text()):
            found.add(message, context=context)
    return found


def written() -> Catalog:
    """The Dutch catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="nl")


def compiled() -> Catalog:
    with MO.open("rb") as file:
        return read_mo(file)


def forms(words: str | Sequence[str] | None) -> tuple[str, ...]:
    """One form, or one for one thing and one for several."""
    return (words,) if isinstance(words, str) else tuple(words or ())


def identity(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context or None, forms(message.id)


def renew() -> list[Message]:
    """Write both files; what comes back still wants Dutch."""
    kept = {identity(message): message.string for message in written() if message.id} if PO.exists() else {}
    catalogue = said()
    for message in catalogue:
        if message.id and identity(message) in kept:
            message.string = kept[identity(message)]
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=120, no_location=True, sort_output=True, include_previous=False)
    with MO.open("wb") as file:
        write_mo(file, catalogue)
    return [message for message in catalogue if message.id and not has_dutch(message)]


def has_dutch(message: Message) -> bool:
    words = forms(message.string)
    return bool(words) and all(words)


if __name__ == "__main__":
    for message in renew():
        print(f"No Dutch yet: {message.id!r}")  # noqa: T201  a command that speaks to a terminal
