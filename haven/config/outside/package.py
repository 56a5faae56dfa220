"""The file in which ciphertext travels to a reader outside: a zip whose list of content is signed by the institution.

`package.json` names every other entry with its hash; `package.sig` signs it. `rulebook/…` are the public promises,
so that the questions can be shown. `cases/*.json` and `files/*` are as they lie on the server: sealed.
"""

import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Self
from uuid import UUID

from haven.config.place import Refused
from haven.vault import outside
from haven.vault.keyring import Keyring
from haven.vault.readers import fingerprint

KIND, FORMAT = "package", "haven-outside-package/1"
LIST, SIGNATURE = "package.json", "package.sig"
PIECE = 1024 * 1024
LONGEST_LIST = 64 * PIECE
LONGEST_TEXT = 256 * PIECE

NOT_WHOLE = "{} is not a whole package of Haven: something is missing or was changed. Nothing was opened."


def write(file: Path, entries: Mapping[str, bytes | Path], about: Mapping[str, Any], signer: Keyring) -> None:
    """On disk under its name only when it is whole. Raises OSError."""
    part = file.with_name(f"{file.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        with zipfile.ZipFile(raw, "w") as packed:
            hashes = {name: _put(packed, name, entries[name]) for name in entries}
            listed = json.dumps({"format": FORMAT, **about, "entries": hashes}, indent=1).encode()
            packed.writestr(LIST, listed)
            packed.writestr(SIGNATURE, outside.sign(signer, KIND, listed))
        raw.flush()
        os.fsync(raw.fileno())
    part.rename(file)


def _put(packed: zipfile.ZipFile, name: str, content: bytes | Path) -> str:
    digest = sha256()
    with packed.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
        for piece in [content] if isinstance(content, bytes) else _pieces(content):
            digest.update(piece)
            entry.write(piece)
    return digest.hexdigest()


def _pieces(file: Path) -> Iterable[bytes]:
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            yield piece


@dataclass(frozen=True, kw_only=True)
class PackedCase:
    """What stands in the open about a case, and the sealed rest. `seq`: the number of its newest message."""

    reference: str
    scope: UUID
    urgent: bool
    seq: int
    received_on: date
    due: date | None
    sealed: Mapping[str, Any] = field(repr=False)

    def open(self, keyring: Keyring) -> outside.Unpacked:
        """Raises CannotOpen."""
        return outside.unpack(self.scope, self.sealed, keyring)


class Package:
    """A package that was found to be whole: every byte is as the institution signed it. Raises Refused if not."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(file)
        except FileNotFoundError:
            raise Refused(f"There is no file {file}.") from None
        except OSError as error:
            raise Refused(f"{file} cannot be read: {error.strerror}.") from None
        except (zipfile.BadZipFile, NotImplementedError):
            raise Refused(NOT_WHOLE.format(file)) from None
        try:
            self._check()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    @property
    def cases(self) -> list[str]:
        return [name for name in self.about["entries"] if name.startswith("cases/")]

    def unpack_rulebook(self, folder: Path) -> None:
        """The files of the rulebook, into a folder of the moment."""
        for name in self.about["entries"]:
            place, *inside = name.split("/")
            if place == "rulebook" and 1 <= len(inside) <= 2 and all(_plain(one) for one in inside):
                file = folder.joinpath(*inside)
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(self._read(name))

    def case(self, name: str) -> PackedCase:
        """Raises Refused."""
        try:
            read = json.loads(self._read(name))
            return PackedCase(
                reference=str(read["reference"]),
                scope=UUID(read["scope"]),
                urgent=bool(read["urgent"]),
                seq=int(read["seq"]),
                received_on=date.fromisoformat(read["received_on"]),
                due=date.fromisoformat(read["due"]) if read["due"] else None,
                sealed=read,
            )
        except outside.NONSENSE:
            raise Refused(NOT_WHOLE.format(self.file)) from None

    def take_out(self, name: str, to: Path) -> None:
        """Write an entry to a file. Raises Refused when there is none."""
        if name not in self.about["entries"]:
            raise Refused(NOT_WHOLE.format(self.file))
        with self._zip.open(name) as entry, to.open("wb") as out:
            while piece := entry.read(PIECE):
                out.write(piece)

    def _check(self) -> None:
        try:
            listed, signature = self._read(LIST, LONGEST_LIST), self._read(SIGNATURE, PIECE)
            self.about = json.loads(listed)
            self.reader, self.route, self.made_on = (str(self.about[name]) for name in ("for", "route", "on"))
            self.opens, signs = bytes.fromhex(self.about["opens"]), bytes.fromhex(self.about["signs"])
            self.sealed_by = fingerprint(self.opens, signs)
            whole = self.about["format"] == FORMAT and outside.is_signed(signs, signature, KIND, listed)
            whole = whole and all(self._hash(name) == digest for name, digest in self.about["entries"].items())
        except (*outside.NONSENSE, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError):
            whole = False
        if not whole:
            raise Refused(NOT_WHOLE.format(self.file))

    def _hash(self, name: str) -> str:
        digest = sha256()
        with self._zip.open(name) as entry:
            while piece := entry.read(PIECE):
                digest.update(piece)
        return digest.hexdigest()

    def _read(self, name: str, most: int = LONGEST_TEXT) -> bytes:
        with self._zip.open(name) as entry:
            return read_at_most(entry, most)


def read_at_most(source: IO[bytes], most: int) -> bytes:
    """Raises ValueError for more: what somebody sends is not read into memory without an end."""
    content = source.read(most + 1)
    if len(content) > most:
        raise ValueError("too long")
    return content


def show(kid: str) -> str:
    """In groups of four, to compare by telephone."""
    return " ".join(kid[at : at + 4] for at in range(0, len(kid), 4))


def _plain(name: str) -> bool:
    """Whether this names a file beside the others, and leads nowhere else."""
    return name not in {"", ".", ".."} and Path(name).name == name
