"""The Dutch catalogue: what the code says in English, what the .po file has for it, and the .mo file made of that.

`python -m tests.house.catalogue` takes in what is new, drops what is gone, and writes both files. It needs no gettext.
A sentence without a context is one message, wherever it stands. No address of a line is kept: it only makes noise.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import haven

PACKAGE = Path(next(iter(haven.__path__)))
PO = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
HEADER = "# Haven in Dutch. Its English comes from the code, by `python -m tests.house.catalogue`; write the Dutch here."
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # a header wants days; one that moves would change the files each time
FUNCTIONS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

type Said = str | tuple[str, ...]
type Found = tuple[str | None, Said]


def said_in_python(source: bytes) -> Iterator[Found]:
    for _line, function, said, _comments in extract_python(BytesIO(source), list(FUNCTIONS), (), {}):
        wanted = FUNCTIONS[function or "_"]
        values = said if isinstance(said, tuple) else (said,)
        context = values[0] if wanted and isinstance(wanted[0], tuple) else None
        message = values[1:] if context is not None else values
        words = tuple(word for word in message[: 2 if "ng" in function or "np" in function else 1] if word)
        if words:
            yield context, words if len(words) > 1 else words[0]


def said_in_template(source: str) -> Iterator[Found]:
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


def identity(message: Message) -> Found:
    said = message.id
    return message.context, said if isinstance(said, str) else tuple(said)


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
    words = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(words) and all(words)


if __name__ == "__main__":
    for message in renew():
        print(f"No Dutch yet: {message.id!r}")  # noqa: T201  a command that speaks to a terminal
