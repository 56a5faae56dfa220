"""What kind of file this is, by its first bytes and never by its name; and why one could not be cleaned."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final


class Reason(StrEnum):
    """Why a file was not cleaned. It is then kept as it came, marked, and never shown."""

    CLEANED = ""
    KIND = "kind"  # nobody here knows how to clean this kind of file
    WRONG_TYPE = "wrong_type"  # its name promises another kind of file than it is
    FAILED = "failed"  # damaged, or with something unusual inside
    LOCKED = "locked"  # with a password
    BOMB = "bomb"  # unpacks to far more than a file like this does
    PAGES = "pages"  # more pages or pictures than are cleaned
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    BUSY = "busy"
    MISSING = "missing"  # the sandbox, or a program in it, is not installed


class NotCleaned(Exception):
    """Raised inside the sandbox; `reason` is all that gets out."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Kind:
    """`ending` is that of the cleaned copy, `media` its type; `names`: endings that people give such a file."""

    ending: str
    media: str
    names: frozenset[str]


@dataclass(frozen=True)
class Made:
    """What comes of cleaning: the copy, pictures of its first pages, and how many pages there are."""

    kind: Kind
    copy: Path
    sheets: Sequence[Path] = ()
    pages: int = 0
    left_out: bool = False  # parts that could not be cleaned are not in the copy


def _kind(ending: str, media: str, *more: str) -> Kind:
    return Kind(ending, media, frozenset({ending, *more}))


OFFICE: Final = "application/vnd.openxmlformats-officedocument."
ODF: Final = "application/vnd.oasis.opendocument."
JPEG, PNG = _kind("jpg", "image/jpeg", "jpeg", "jpe", "jfif"), _kind("png", "image/png")
GIF, WEBP, TIFF = _kind("gif", "image/gif"), _kind("webp", "image/webp"), _kind("tiff", "image/tiff", "tif")
PDF, TXT = _kind("pdf", "application/pdf"), _kind("txt", "text/plain")
DOCX = _kind("docx", f"{OFFICE}wordprocessingml.document")
XLSX = _kind("xlsx", f"{OFFICE}spreadsheetml.sheet")
PPTX = _kind("pptx", f"{OFFICE}presentationml.presentation")
ODT, ODS, ODP = _kind("odt", f"{ODF}text"), _kind("ods", f"{ODF}spreadsheet"), _kind("odp", f"{ODF}presentation")
MP3, OGG, FLAC = (
    _kind("mp3", "audio/mpeg"),
    _kind("ogg", "audio/ogg", "oga", "opus", "ogv"),
    _kind("flac", "audio/flac"),
)
WAV, M4A = _kind("wav", "audio/x-wav", "wave"), _kind("m4a", "audio/mp4", "m4b", "mp4")
MP4, MOV = _kind("mp4", "video/mp4", "m4v", "3gp", "mov", "m4a"), _kind("mov", "video/quicktime", "qt", "mp4")
WEBM, MKV = _kind("webm", "video/webm"), _kind("mkv", "video/x-matroska")

PICTURES: Final = (JPEG, PNG, GIF, WEBP, TIFF)
PACKED: Final = (DOCX, XLSX, PPTX, ODT, ODS, ODP)
MEDIA: Final = (MP3, OGG, FLAC, WAV, M4A, MP4, MOV, WEBM, MKV)
KINDS: Final = {one.ending: one for one in (*PICTURES, PDF, TXT, *PACKED, *MEDIA)}
PROMISED: Final = frozenset().union(*(one.names for one in KINDS.values()))

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"%PDF-", PDF),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
    (b"OggS", OGG),
    (b"fLaC", FLAC),
)
_FOLDERS: Final = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
_BRANDS: Final = {b"M4A ": M4A, b"M4B ": M4A, b"qt  ": MOV}
_PICTURE_BRANDS: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")


def kind_of(file: Path) -> Kind | None:
    """None for what is not cleaned here."""
    with file.open("rb") as source:
        head = source.read(64)
    found = next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)
    return found or _boxed(head) or (_packed(file) if head.startswith(b"PK\x03\x04") else None)


def _boxed(head: bytes) -> Kind | None:
    """RIFF, MP4 and Matroska say a little later what is in the box."""
    if head.startswith(b"RIFF"):
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head.startswith(b"\x1aE\xdf\xa3"):
        return WEBM if b"webm" in head else MKV
    if head[4:8] == b"ftyp" and head[8:12] not in _PICTURE_BRANDS:
        return _BRANDS.get(head[8:12], MP4)
    return None


def _packed(file: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            said = archive.open("mimetype").read(100).decode() if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None
    if "[Content_Types].xml" in names:
        return next((kind for folder, kind in _FOLDERS.items() if any(n.startswith(folder) for n in names)), None)
    return next((kind for kind in (ODT, ODS, ODP) if said == kind.media), None)
