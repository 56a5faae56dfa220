"""Uploads are sealed while they arrive: no plaintext on disk, and no more than a piece of it in memory."""

import re
import unicodedata
from enum import StrEnum
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from haven.vault.files import SealedFileInfo, SealedWriter

UNKNOWN_TYPE = "application/octet-stream"
_NAME_LENGTH = 120
_DRAIN = 10  # times the limit are read and thrown away, so that the answer can be a sentence; beyond that we hang up
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PARTS = {
    b"word/": "wordprocessingml.document",
    b"xl/": "spreadsheetml.sheet",
    b"ppt/": "presentationml.presentation",
}
_UNSAFE = re.compile(r'[\\/:*?"<>|]')


class UploadProblem(StrEnum):
    TOO_LARGE = "too_large"
    EMPTY = "empty"


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # generic for type checkers only
    """The value of a file field: on disk already, as ciphertext. Exactly one of `info` and `problem` is set."""

    def __init__(
        self, name: str, size: int, content_type: str, info: SealedFileInfo | None, problem: UploadProblem | None
    ) -> None:
        super().__init__(file=None, name=name, content_type=content_type, size=size)
        self.info = info
        self.problem = problem

    def __repr__(self) -> str:
        return "<SealedUpload>"

    def close(self) -> None:
        """Nothing is open."""


class SealingUploadHandler(FileUploadHandler):
    """Django calls these in order: new_file, receive_data_chunk (often), file_complete; or upload_interrupted."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.request = None  # a circle of references would keep an interrupted part alive until the next collection
        self.was_interrupted = False
        self._writer: SealedWriter | None = None
        self._problem: UploadProblem | None = None
        self._type = UNKNOWN_TYPE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._discard()
        self._problem, self._type = None, UNKNOWN_TYPE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.UPLOAD_MAX_BYTES * _DRAIN:
            self._discard()
            raise StopUpload(connection_reset=True)
        if start + len(raw_data) > settings.UPLOAD_MAX_BYTES:
            self._problem = UploadProblem.TOO_LARGE
            self._discard()
        if self._problem is None:
            self._seal(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        if file_size == 0:
            self._problem = UploadProblem.EMPTY
        info = self._writer.finish() if self._writer and self._problem is None else None
        self._writer = None
        return SealedUpload(clean_name(self.file_name or ""), file_size, self._type, info, self._problem)

    def upload_interrupted(self) -> None:
        """The body ended inside a file."""
        self.was_interrupted = True
        self._discard()

    def _seal(self, chunk: bytes) -> None:
        if self._writer is None:
            self._type = sniff(chunk)
            self._writer = SealedWriter(settings.BLOB_ROOT)
        try:
            self._writer.write(chunk)
        except OSError:  # disk full: leave room for what is sealed already
            self._discard()
            raise

    def _discard(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


class NoFiles(FileUploadHandler):
    """Where nobody asks for files none is kept: the default, so that only a door that wants them can fill the disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing arrives here."""

    def file_complete(self, file_size: int) -> None:
        """Nothing was kept."""


def was_interrupted(request: HttpRequest) -> bool:
    """Whether a file of this request was cut off on its way; such a file is not in request.FILES."""
    handlers = request.upload_handlers
    return any(isinstance(handler, SealingUploadHandler) and handler.was_interrupted for handler in handlers)


def sniff(first_chunk: bytes) -> str:
    """The media type by content; what the browser said is not asked."""
    try:  # never with the file's name: puremagic would look for a file of that name on our disk
        found = puremagic.from_string(first_chunk, mime=True)
    except Exception:  # noqa: BLE001  a parser of strangers' bytes may fail in any way; the file is kept all the same
        found = ""
    if found.startswith(_OFFICE):
        return _office(first_chunk)
    if not found and first_chunk[4:8] == b"ftyp":
        return "audio/mp4" if first_chunk[8:11] in {b"M4A", b"M4B"} else "video/mp4"
    return found or ("text/plain" if _is_text(first_chunk) else UNKNOWN_TYPE)


def _office(chunk: bytes) -> str:
    """Every archive begins like an office document; the names of its first parts tell them apart."""
    return next((_OFFICE + kind for folder, kind in _PARTS.items() if folder in chunk), "application/zip")


def _is_text(chunk: bytes) -> bool:
    try:
        chunk[:-4].decode()  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return b"\0" not in chunk


def clean_name(name: str) -> str:
    """A file name that can be shown and saved: no path, no control or direction characters, not too long."""
    kept = "".join(character for character in unicodedata.normalize("NFC", name) if character.isprintable())
    kept = _UNSAFE.sub("_", kept).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: _NAME_LENGTH - len(ending) - 1]}.{ending}"
    return kept[:_NAME_LENGTH] or "file"
