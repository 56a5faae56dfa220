"""What a backup file is: a tar of numbered parts with a list of their hashes at its end, encrypted with age. `age -d`
and `tar` open it as well. Everything passes in pieces; nothing of it lies anywhere in the clear on its way out."""

import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from haven.config.backup.keys import Recipient

FORMAT = 1
ABOUT, LIST = "about.json", "list.json"
NAMES = re.compile(
    r"about\.json|haven\.env|haven\.sqlite3|secrets/\w+|blobs/[0-9a-f]{32}|tables/\w+/\d{6}"
    r"|media/(original_images|images)/\w[\w.-]*"
)
_PIECE = 1024 * 1024


class Damaged(Exception):
    """The file is not a whole backup of Haven, or not for this key. The message says which."""


@dataclass(frozen=True)
class Part:
    name: str
    size: int
    pieces: Iterable[bytes]

    @classmethod
    def of(cls, name: str, content: bytes) -> "Part":
        return cls(name, len(content), [content])


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def encrypt(parts: Iterable[Part], to: BinaryIO, recipients: list[Recipient]) -> None:
    """Raises what the parts or the writing raised."""
    source = _Source(_tar(parts))
    try:
        pyrage.encrypt_io(source, to, recipients)
    except pyrage.EncryptError as error:
        raise source.failed or OSError(str(error)) from None


def decrypt(source: BinaryIO, to: BinaryIO, identities: list[Any]) -> None:
    """Raises Damaged, before the end or at the latest there: age vouches for every piece and for the end."""
    try:
        pyrage.decrypt_io(source, to, identities)
    except (pyrage.DecryptError, OSError) as error:
        if getattr(error, "errno", None):
            raise
        other = "No matching keys" in str(error)
        raise Damaged("It is not for this key." if other else "It is damaged, or not whole.") from None


def unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Put every part in its place, and compare all of them with the list. Gives what it is about. Raises Damaged."""
    found: dict[str, str] = {}
    try:
        with tarfile.open(file, "r:") as tar:
            for entry in tar:
                name = entry.name
                if name != LIST and (name in found or not entry.isreg() or not NAMES.fullmatch(name)):
                    raise Damaged("There is something in it that Haven did not put there.")
                tar.extract(entry, folder, filter="data")
                with (folder / name).open("rb") as content:
                    found[name] = file_digest(content, "sha256").hexdigest()
        listed = json.loads((folder / LIST).read_text())
        about: dict[str, Any] = json.loads((folder / ABOUT).read_text())
    except (tarfile.TarError, ValueError, FileNotFoundError):
        raise Damaged("It is not a backup of Haven.") from None
    del found[LIST]
    if found != listed:
        raise Damaged("What is in it is not what its list says.")
    if about["format"] != FORMAT:
        raise Damaged(f"It was made by another version of Haven ({about['haven']}).")
    return about


class _Source:
    """Pieces as a file that can be read. What goes wrong in them is kept, since age would only repeat its words."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""
        self.failed: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._left:
                self._left = next(self._pieces)
        except StopIteration:
            return b""
        except Exception as error:
            self.failed = error
            raise
        piece, self._left = self._left[:size], self._left[size:]
        return piece


def _tar(parts: Iterable[Part]) -> Iterator[bytes]:
    hashes: dict[str, str] = {}
    for part in parts:
        digest = sha256()
        yield from _entry(part, digest)
        hashes[part.name] = digest.hexdigest()
    yield from _entry(Part.of(LIST, json.dumps(hashes).encode()), sha256())
    yield bytes(2 * tarfile.BLOCKSIZE)


def _entry(part: Part, digest: Any) -> Iterator[bytes]:
    head = tarfile.TarInfo(part.name)
    head.size, head.mode = part.size, 0o600
    yield head.tobuf(tarfile.GNU_FORMAT)
    size = 0
    for piece in part.pieces:
        digest.update(piece)
        size += len(piece)
        yield piece
    if size != part.size:
        raise OSError(f"{part.name} changed while it was read")
    yield bytes(-size % tarfile.BLOCKSIZE)
