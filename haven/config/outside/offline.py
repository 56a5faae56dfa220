"""At the reader outside, without a network, a database or a setting of the institution: keys, opening, answering."""

import json
import os
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.timezone import localdate

from haven.cases.files import ORIGINALS, Safety
from haven.config.outside import pages
from haven.config.outside.package import Package, PackedCase, read_at_most, show
from haven.config.outside.pages import SentFile
from haven.config.place import Refused
from haven.rulebook import shelf
from haven.rulebook.outside import OutsideReader, key_text
from haven.rulebook.words import RulebookError
from haven.vault import files, outside
from haven.vault.errors import CannotOpen
from haven.vault.files import SealedFileInfo
from haven.vault.keyring import Keyring
from haven.vault.readers import fingerprint
from haven.vault.reading import Opened

KEY_FORMAT, KEY_FILE, REPLY = "haven-outside-key/1", "haven-outside.key", "reply"
SHORTEST_PASSPHRASE = 12
LONGEST_TEXT = 20_000  # characters
MOST_BYTES = 1024 * 1024

type Say = Callable[[str], object]


type Decided = tuple[str, str, str]
"""How a case ended, in keys of the rulebook: outcome, category, destination."""


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────


def make_keys(say: Say, folder: Path) -> None:
    """A key file under a passphrase, and the public text to hand over. Raises Refused."""
    file = folder / KEY_FILE
    if file.exists():
        raise Refused(f"{file} is there already. With another key nothing opens that came before: choose a new folder.")
    passphrase = _new_passphrase()
    kept, bundle = outside.make_key(passphrase, localdate())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(file, json.dumps({"format": KEY_FORMAT, **kept}, indent=1).encode())
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}.") from None
    say(f"Your key is in {file}. Keep it, and a copy on a stick in a safe. Without file or passphrase nobody can open")
    say("what is sealed to you. Give this line to the institution, which writes it in routes.toml:")
    say("")
    say(f'key = "{key_text(bytes(bundle.enc_public), bytes(bundle.sign_public))}"')
    say("")
    say(f"Compare by telephone that this is what they have: {show(bundle.kid)}")


def _new_passphrase() -> str:
    passphrase = _ask("A passphrase, five words that do not belong together: ")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(f"This is too short: use at least {SHORTEST_PASSPHRASE} characters. Nothing was made.")
    if _ask("The same once more: ") != passphrase:
        raise Refused("The two are not the same. Nothing was made.")
    return passphrase


def _ask(prompt: str) -> str:
    """Typed unseen at a terminal; otherwise the next line of what comes in."""
    return getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def _keyring(file: Path) -> Keyring:
    try:
        with file.open("rb") as source:
            kept = json.loads(read_at_most(source, MOST_BYTES))
        known = kept["format"] == KEY_FORMAT
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from None
    except outside.NONSENSE:
        known = False
    if not known:
        raise Refused(f"{file} is not a key file of Haven. It is called {KEY_FILE} when it is made.")
    try:
        return outside.open_key(kept, _ask("Your passphrase: "))
    except CannotOpen:
        raise Refused(f"This passphrase does not open {file}. Nothing was opened.") from None


# ── Opening ──────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _opened(file: Path, key: Path) -> Iterator[tuple[Package, Keyring]]:
    """A whole package for this key, of the institution that was met before, with its rulebook on the shelf."""
    with Package(file) as package:
        keyring = _keyring(key)
        if package.reader != keyring.kid:
            raise Refused(f"{file} is for another reader: this key does not open it. Nothing was opened.")
        _meet(package, key.with_name(f"{key.name}.sealed-by"))
        with TemporaryDirectory(prefix="haven-rules-") as folder:
            package.unpack_rulebook(Path(folder))
            try:
                shelf.open_at(Path(folder))
            except RulebookError:
                raise Refused(f"{file} was made by another version of Haven. Install that version here.") from None
        yield package, keyring


def _meet(package: Package, known: Path) -> None:
    """Who sealed the first package is remembered beside the key; from then on nobody else's is opened."""
    if not known.exists():
        _write(known, f"{package.sealed_by}\n".encode())
    elif known.read_text().strip() != package.sealed_by:
        raise Refused(
            f"{package.file} is sealed by {show(package.sealed_by)}, not by whom you met. Nothing was opened. "
            f"Call the institution. If it has changed its state key, remove {known}."
        )


def open_package(say: Say, file: Path, *, key: Path, to: Path, language: str) -> None:
    """Write every case of the package as a page with its files. Raises Refused."""
    try:
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(to.iterdir()):
            raise Refused(f"{to} holds something already. Choose a new folder, so that old and new do not mix.")
        with _opened(file, key) as (package, keyring):
            say(f"Sealed by {show(package.sealed_by)}, on {package.made_on}.")
            for case in map(package.case, package.cases):
                say(f"   {_write_case(package, case, keyring, to, language)}")
            say(f"{len(package.cases)} in all. What is written here is readable: remove the folder when you are done.")
    except OSError as error:
        raise Refused(f"Writing in {to} went wrong: {error.strerror}.") from None


def _write_case(package: Package, packed: PackedCase, keyring: Keyring, to: Path, language: str) -> str:
    """The page of the case, to say; one case that does not open leaves the others readable."""
    try:
        case = packed.open(keyring)
    except CannotOpen:
        return f"{packed.reference}: this case was damaged at the institution, and does not open."
    folder = to / plain_name(packed.reference)
    folder.mkdir(mode=0o700)
    came = [*case.of("report", "file"), *case.of(ORIGINALS, "file")]
    sent = [_take_file(package, one, number, folder) for number, one in enumerate(came, 1)]
    struck_out = {*case.one("internal", "excluded").get("kids", ())}
    excluded = [one.name for one in _readers(package) if _kid(one) in struck_out]
    page = folder / "report.html"
    page.write_text(pages.report(packed, case, files=sent, excluded=excluded, language=language))
    if identity := case.one("identity", "identity"):
        (folder / pages.NAME).write_text(pages.identity(packed, identity, language=language))
    return str(page)


def _take_file(package: Package, one: Opened, number: int, folder: Path) -> SentFile:
    """Write one file of the reporter in the clear. Verified before its first byte is written."""
    name = ("original-" if one.kind == ORIGINALS else "") + str(one.payload.get("name", ""))
    cleaned = one.kind != ORIGINALS and Safety.told(one.payload).cleaned
    place = folder / "files" / f"{number:02}-{plain_name(name)}"
    place.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        info = SealedFileInfo.from_dict(one.payload)
        with TemporaryDirectory(prefix="haven-sealed-") as sealed:
            package.take_out(f"files/{info.blob.hex}", Path(sealed) / info.blob.hex)
            pieces = files.open_verified(Path(sealed), info)
            with place.open("wb") as out:
                out.writelines(pieces)
    except CannotOpen:
        return SentFile(name)
    return SentFile(name, f"files/{place.name}", info.size, cleaned=cleaned)


def plain_name(name: str) -> str:
    """A name that is safe on every system: letters, digits, dots and dashes, and no more of it than is needed."""
    plain = re.sub(r"[^\w.-]", "_", name).strip(".")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:60]}{dot}{ending[:10]}" if dot else plain[:60] or "file"


def _readers(package: Package) -> tuple[OutsideReader, ...]:
    routes = shelf.current().routes
    return routes[package.route].outside if package.route in routes else ()


def _kid(reader: OutsideReader) -> str:
    return fingerprint(reader.opens, reader.signs)


# ── Answering ────────────────────────────────────────────────────────────────────────────────────


def answer(  # noqa: PLR0913  as many files as are read and written
    say: Say, file: Path, *, key: Path, case: str, text: Path, to: Path, decided: Decided | None
) -> None:
    """A reply to the reporter, sealed and signed; and, when it was decided, how the case ended. Raises Refused."""
    words = _words(text)
    if to.exists():
        raise Refused(f"{to} is there already. Choose another name for the reply.")
    try:
        with _opened(file, key) as (package, keyring):
            said = json.dumps(_reply(package, _packed(package, case), keyring, words, decided))
            signature = b64encode(outside.sign(keyring, REPLY, said.encode())).decode()
            _write(to, json.dumps({"said": said, "signature": signature}).encode())
    except CannotOpen:
        raise Refused(f"The case {case} was damaged at the institution, and does not open. Nothing was made.") from None
    except OSError as error:
        raise Refused(f"{to} cannot be written: {error.strerror}.") from None
    say(f"The reply is in {to}. Only the reporter can open it. Bring it to the institution.")


def _reply(
    package: Package, packed: PackedCase, keyring: Keyring, words: str, decided: Decided | None
) -> dict[str, Any]:
    """What is signed. It says which case, and nothing that can be read of what is answered or decided."""
    case = packed.open(keyring)
    name = next((one.name for one in _readers(package) if _kid(one) == keyring.kid), "")
    message = case.answer({"from": "team", "by": name, "text": words}, seq=packed.seq + 1, on=localdate())
    closing = ""
    if decided:
        coarse = {**case.one("replies", "coarse"), **_checked(decided)}
        closing = outside.seal_closing(package.opens, message.pk, coarse)
    where = {"case": packed.reference, "scope": packed.scope.hex, "kid": keyring.kid}
    return {**where, "item": outside.pack_item(message), "closing": closing}


def _packed(package: Package, reference: str) -> PackedCase:
    name = f"cases/{reference.upper()}.json"
    if name not in package.cases:
        raise Refused(f"There is no case {reference} in {package.file}. Its reference stands on top of its page.")
    return package.case(name)


def _checked(decided: Decided) -> dict[str, str]:
    """The three keys, if the rulebook knows them. Raises Refused with those it knows."""
    book = shelf.current()
    question = book.intake.counted_as("category")
    known = {
        "outcome": [one.key for one in book.routes.outcomes],
        "category": [one.key for one in question.options] if question else [],
        "destination": [one.key for one in book.destinations()],
    }
    for (name, keys), chosen in zip(known.items(), decided, strict=True):
        if chosen not in keys:
            raise Refused(f"“{chosen}” is not a known {name}. Choose one of: {', '.join(keys)}.")
    return dict(zip(known, decided, strict=True))


def _words(file: Path) -> str:
    try:
        with file.open("rb") as source:
            words = read_at_most(source, MOST_BYTES).decode().strip()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise Refused(f"{file} is not plain text in UTF-8, or far too long. Save it as plain text.") from None
    if not words or len(words) > LONGEST_TEXT:
        raise Refused(f"{file} has to hold between 1 and {LONGEST_TEXT} characters; it has {len(words)}.")
    return words


def _write(file: Path, content: bytes) -> None:
    """A new file that only its owner can read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
