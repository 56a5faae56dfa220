"""A file that just arrived is made safe: readers get a cleaned copy, and what came is destroyed unless the reporter
wants it kept. It happens here because here its key is at hand anyway; nothing that runs by itself ever holds one.

Whatever goes wrong, the file stays as it came, with the reason beside it.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from hashlib import sha256

from django.conf import settings

from haven.cases.files import ParkedFile, Safety
from haven.cleaning import limits, sandbox, scanning
from haven.cleaning.kinds import NotCleaned, Reason
from haven.vault import files
from haven.vault.files import SealedFileInfo, SealedWriter


def make_safe(came: ParkedFile, *, keep_original: bool, seconds: float = limits.SECONDS) -> ParkedFile:
    """The file as readers will get it. Its virus scan and its hash are of what came."""
    safety = Safety(scan=scanning.scan(_pieces(came.info), at=settings.CLAMAV), came=_hash(came.info))
    if came.size > limits.INPUT:
        return replace(came, safety=replace(safety, reason=Reason.TOO_LARGE))
    try:
        return _cleaned(came, safety, keep_original=keep_original, seconds=seconds)
    except NotCleaned as refusal:
        return replace(came, safety=replace(safety, reason=refusal.reason))
    except OSError:  # no room, or no process: words and file are kept all the same
        return replace(came, safety=replace(safety, reason=Reason.BUSY))


def _cleaned(came: ParkedFile, safety: Safety, *, keep_original: bool, seconds: float) -> ParkedFile:
    """The copy is on disk for good before what came is destroyed."""
    ending = _ending(came.name)
    with ExitStack() as open_files:
        copy = open_files.enter_context(closing(SealedWriter(settings.BLOB_ROOT)))
        sheets = open_files.enter_context(closing(SealedWriter(settings.BLOB_ROOT)))
        done = sandbox.clean(_pieces(came.info), ending=ending, copy=copy, sheets=sheets, seconds=seconds)
        looks = sheets.finish() if done.sheets else None
        info = copy.finish()
    if not keep_original:
        files.unlink_all(settings.BLOB_ROOT, [came.info.blob])
    name = came.name if ending in done.kind.names else f"{came.name}.{done.kind.ending}"
    safety = replace(safety, reason=Reason.CLEANED, pages=done.pages, sheets=done.sheets, left_out=done.left_out)
    return ParkedFile(info, name, done.kind.media, info.size, safety, looks, came.info if keep_original else None)


def _pieces(info: SealedFileInfo) -> Iterator[bytes]:
    return files.open_verified(settings.BLOB_ROOT, info)


def _hash(info: SealedFileInfo) -> str:
    digest = sha256()
    for piece in _pieces(info):
        digest.update(piece)
    return digest.hexdigest()


def _ending(name: str) -> str:
    """What the name promises, in letters and digits, or nothing."""
    ending = name.rpartition(".")[2].lower()
    return ending if ending.isascii() and ending.isalnum() and "." in name else ""
