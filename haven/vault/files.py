"""Sealed files on disk. Plaintext goes in and comes out in pieces and never touches the disk.

A file is on disk for good before anything refers to it: written as `.part`, fsync, rename, fsync of the folder. Its
time is set to midnight. It is padded to a step, so its size says little; the real size is in the sealed item.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

from haven.vault.bodies import padded_size
from haven.vault.context import ctx
from haven.vault.derive import KEY_BYTES
from haven.vault.errors import CannotOpen
from haven.vault.stream import SEGMENT, StreamSealer, open_stream

PART = ".part"
_PART_IDLE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SealedFileInfo:
    """All that is needed to open a file: travels sealed, in the form's state and then in an item."""

    blob: UUID
    key: bytes = field(repr=False)
    sha256: bytes = field(repr=False)  # of the whole ciphertext
    size: int  # of the plaintext, without padding

    def as_dict(self) -> dict[str, str | int]:
        key, digest = b64encode(self.key).decode(), b64encode(self.sha256).decode()
        return {"blob": self.blob.hex, "key": key, "sha256": digest, "size": self.size}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Takes what `as_dict` gave, also with other keys beside it. Raises CannotOpen."""
        try:
            key, digest = b64decode(stored["key"]), b64decode(stored["sha256"])
            return cls(UUID(stored["blob"]), key, digest, int(stored["size"]))
        except (KeyError, ValueError, TypeError, AttributeError):
            raise CannotOpen from None


class SealedWriter:
    """Seals while it writes. Without `finish` nothing stays: `close`, or the end of the object, removes the part."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._blob, self._key = uuid4(), os.urandom(KEY_BYTES)
        self._sealer = StreamSealer(self._key, _aad(self._blob))
        self._digest = sha256()
        self.size = 0
        root.mkdir(parents=True, exist_ok=True)
        self._part = root / f"{self._blob.hex}{PART}"
        self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._put(self._sealer.header)

    def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self._put(self._sealer.update(chunk))

    def finish(self) -> SealedFileInfo:
        """Everything is on disk when this returns."""
        self._pad()
        self._put(self._sealer.finish())
        self._file.flush()
        set_midnight(self._part)
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.rename(self._root / self._blob.hex)
        set_midnight(self._root)
        _fsync_folder(self._root)
        return SealedFileInfo(self._blob, self._key, self._digest.digest(), self.size)

    def close(self) -> None:
        """Forget a file that was not finished. After `finish` this does nothing."""
        if not self._file.closed:
            with suppress(OSError):  # a full disk refuses the last flush; the part goes all the same
                self._file.close()
            self._part.unlink(missing_ok=True)
            with suppress(OSError):
                set_midnight(self._root)

    def __del__(self) -> None:
        """A broken connection ends the request without a word to its upload handler."""
        if hasattr(self, "_file"):
            self.close()

    def _pad(self) -> None:
        missing = padded_size(self.size) - self.size
        while missing > 0:
            piece = min(missing, SEGMENT)
            self._put(self._sealer.update(bytes(piece)))
            missing -= piece

    def _put(self, sealed: bytes) -> None:
        self._digest.update(sealed)
        self._file.write(sealed)


def open_verified(root: Path, info: SealedFileInfo) -> Iterator[bytes]:
    """The plaintext in pieces. Raises CannotOpen here, before the first piece, if one byte is not as it was sealed."""
    path = root / info.blob.hex
    try:
        with path.open("rb") as sealed:
            digest = file_digest(sealed, "sha256").digest()
    except OSError:
        raise CannotOpen from None
    if digest != info.sha256:
        raise CannotOpen
    return _plaintext(path, info)


def _plaintext(path: Path, info: SealedFileInfo) -> Iterator[bytes]:
    left = info.size
    try:
        with path.open("rb") as sealed:
            for segment in open_stream(sealed, info.key, _aad(info.blob)):
                if left:
                    yield segment[:left]
                left -= min(left, len(segment))
    except OSError:
        raise CannotOpen from None
    if left:
        raise CannotOpen


def renew(root: Path, blob: UUID) -> None:
    """Keep a parked file from the sweeper while its report is being sent. Raises CannotOpen when it is gone."""
    try:
        set_midnight(root / blob.hex)
    except OSError:
        raise CannotOpen from None


def keep(root: Path, blob: UUID, until: date) -> None:
    """Keep a parked file from the sweeper until this day, and never for less than it was kept before. Raises CannotOpen
    when it is gone. Its time then says that day, and nothing else."""
    path, midnight = root / blob.hex, _midnight_of(until)
    try:
        if path.stat().st_mtime < midnight:
            os.utime(path, (midnight, midnight))
    except OSError:
        raise CannotOpen from None


def unlink_all(root: Path, blobs: Collection[UUID]) -> None:
    """After the commit that forgot them. May be repeated."""
    for blob in blobs:
        (root / blob.hex).unlink(missing_ok=True)
    if blobs:
        set_midnight(root)
        _fsync_folder(root)


def sweep(root: Path, referenced: Collection[UUID], older_than: timedelta) -> int:
    """Remove parts nobody writes any more and files no row knows; gives how many.

    A file's time is the midnight before it came, so its age counts from the midnight after: never too early.
    """
    now = datetime.now(UTC)
    known = {blob.hex for blob in referenced}
    removed = 0
    for path in root.iterdir() if root.exists() else ():
        is_part = path.suffix == PART
        deadline = _PART_IDLE if is_part else older_than + timedelta(days=1)
        with suppress(FileNotFoundError):  # finished or unlinked since the folder was listed
            if path.name not in known and now - datetime.fromtimestamp(path.stat().st_mtime, UTC) > deadline:
                path.unlink()
                removed += 1
    return removed


def set_midnight(path: Path) -> None:
    """No time of day: the last midnight (UTC)."""
    midnight = _midnight_of(datetime.now(UTC).date())
    os.utime(path, (midnight, midnight))


def _midnight_of(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()


def _aad(blob: UUID) -> bytes:
    """Not the case: a file is sealed before there is one. Its key is in an item that is bound to the case."""
    return ctx("haven/v1/file", blob.bytes)


def _fsync_folder(root: Path) -> None:
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
