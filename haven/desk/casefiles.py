"""The files of an opened case: the copy everybody gets, pictures of its pages, and the original where it was kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings

from haven.cases.files import FILE, ORIGINALS, SHEETS, Safety
from haven.cases.opened import OpenCase
from haven.vault import files
from haven.vault.files import SealedFileInfo


@dataclass(frozen=True)
class CaseFile:
    """`original` and `sheets` are what is sealed about these parts; empty where there is none, or no key to it."""

    id: UUID
    about: dict[str, Any] = field(repr=False)
    original: dict[str, Any] = field(repr=False)
    sheets: dict[str, Any] = field(repr=False)
    damaged: bool

    @property
    def name(self) -> str:
        return str(self.about.get("name", ""))

    @property
    def size(self) -> int:
        return int(self.about.get("size", 0))

    @property
    def type(self) -> str:
        return str(self.about.get("type", ""))

    @property
    def safety(self) -> Safety:
        return Safety.told(self.about)

    @property
    def looks(self) -> range:
        """The numbers of the pictures of its pages. None of what is not safe, whatever lies there."""
        return range(1, 1 + len(self.safety.sheets)) if self.sheets and self.safety.safe else range(0)

    def look(self, number: int) -> tuple[Iterator[bytes], int]:
        """One of the pictures, and its size. Raises CannotOpen."""
        sizes = self.safety.sheets
        pieces = files.open_verified(settings.BLOB_ROOT, SealedFileInfo.from_dict(self.sheets))
        return _between(pieces, sum(sizes[: number - 1]), sizes[number - 1]), sizes[number - 1]


def files_of(opened: OpenCase) -> list[CaseFile]:
    sheets, originals = _by_file(opened, "report", SHEETS), _by_file(opened, ORIGINALS, FILE)
    return [
        CaseFile(one.item.pk, one.payload, originals.get(blob, {}), sheets.get(blob, {}), one.damaged)
        for one in opened.files
        for blob in [one.payload.get("blob")]
    ]


def _by_file(opened: OpenCase, kind: str, slot: str) -> dict[Any, dict[str, Any]]:
    return {one.payload["of"]: one.payload for one in opened.of(kind, slot) if "of" in one.payload}


def _between(pieces: Iterator[bytes], start: int, size: int) -> Iterator[bytes]:
    """A part of a stream, in pieces. The rest is read no further."""
    for piece in pieces:
        kept = piece[start : start + size]
        start, size = max(0, start - len(piece)), size - len(kept)
        if kept:
            yield kept
        if not size:
            return
