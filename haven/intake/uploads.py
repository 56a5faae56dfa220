"""Files that somebody adds: sealed while they arrive, refused with a sentence, and never a reason to lose words."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haven.cases.files import ParkedFile
from haven.cleaning import limits
from haven.intake.safe import make_safe
from haven.rulebook import shelf
from haven.ui.templatetags.ui import filesize
from haven.vault import files
from haven.vault.handler import SealedUpload, SealingUploadHandler, UploadProblem, was_interrupted

ROOM_FOR_WORDS = 1024**3  # bytes that stay free for text when the disk fills up


def has_room() -> bool:
    """Whether files can still be taken. Text is taken for longer: it is small, and it matters more."""
    root: Path = settings.BLOB_ROOT
    there = next(folder for folder in (root, *root.parents) if folder.exists())
    return shutil.disk_usage(there).free >= ROOM_FOR_WORDS


class RoomySealing(SealingUploadHandler):
    """Skips a file for which there is no room, so that the rest of the form arrives all the same."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.no_room = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not has_room():
            self._skip()
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._skip()

    def file_complete(self, file_size: int) -> SealedUpload | None:  # type: ignore[override]
        """None leaves the file out, which Django's handlers may do and ours never does otherwise."""
        try:
            return super().file_complete(file_size)
        except OSError:
            self.no_room = True
            return None

    def _skip(self) -> None:
        self.no_room = True
        raise SkipFile


@dataclass
class Received:
    """What arrived, and a sentence for each file that did not."""

    files: list[ParkedFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def receive(request: HttpRequest, *, there: int = 0) -> Received:
    """Take the files of a form. `there`: how many were added before. What is refused leaves the disk at once."""
    received = Received()
    until = monotonic() + limits.TOGETHER
    for upload in request.FILES.getlist("files"):
        if isinstance(upload, SealedUpload) and (parked := _take(upload, received, there + len(received.files))):
            keep, left = request.POST.get("original") == "keep", until - monotonic()
            received.files.append(make_safe(parked, keep_original=keep, seconds=left))
    if any(isinstance(handler, RoomySealing) and handler.no_room for handler in request.upload_handlers):
        received.problems.append(no_room())
    elif was_interrupted(request):
        received.problems.append(_("A file did not arrive completely. Please add it again. Nothing else was lost."))
    return received


def _take(upload: SealedUpload, received: Received, there: int) -> ParkedFile | None:
    name = upload.name or ""
    problem = _problem(upload, name, there)
    if problem is None and upload.info is not None:
        return ParkedFile(upload.info, name, upload.content_type or "", upload.info.size)
    if upload.info is not None:
        files.unlink_all(settings.BLOB_ROOT, [upload.info.blob])
    received.problems.append(problem or "")
    return None


def _problem(upload: SealedUpload, name: str, there: int) -> str | None:
    limits = shelf.current().intake.files
    if upload.problem is UploadProblem.EMPTY:
        return _("“%(name)s” is empty, so it was not added. Look whether you chose the right file.") % {"name": name}
    if upload.problem is UploadProblem.TOO_LARGE or (upload.size or 0) > limits.max_bytes:
        text = _("“%(name)s” is too large. A file can be %(most)s at most. You can tell us about it in words instead.")
        return text % {"name": name, "most": most_bytes()}
    if there >= limits.max_count:
        text = ngettext(
            "“%(name)s” was not added: there can be %(most)s file.",
            "“%(name)s” was not added: there can be %(most)s files.",
            limits.max_count,
        )
        return text % {"name": name, "most": limits.max_count} + " " + _("More can follow later.")
    return None


def most_bytes() -> str:
    return filesize(min(shelf.current().intake.files.max_bytes, settings.UPLOAD_MAX_BYTES))


def no_room() -> str:
    return _("We cannot take files right now. Your words are safe and can be sent. Files can follow later.")
