"""PDF and office documents. mat2 draws or packs them anew; pictures inside a PDF are painted again afterwards."""

import io
import re
import zipfile
from functools import reduce
from pathlib import Path, PurePosixPath
from posixpath import normpath

import pikepdf
from PIL import Image

from haven.cleaning import limits
from haven.cleaning.kinds import PDF, Kind, Made, NotCleaned, Reason
from haven.cleaning.pictures import bare
from haven.cleaning.programs import run

RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*?/>")
TARGET = re.compile(rb'\sTarget="([^"]*)"')
POINTERS = re.compile(
    rb"<w:(?:commentRangeStart|commentRangeEnd|commentReference|footnoteReference|endnoteReference)\b[^>]*/>"
)
PACKED_PICTURES = {"/DCTDecode", "/JPXDecode"}  # formats of their own, with room for more than points


def clean_pdf(source: Path) -> Made:
    """mat2 draws each page anew and leaves scripts, forms, notes and attachments out; its words stay words."""
    _count(source)
    named = source.rename(source.with_name("came.pdf"))
    run("mat2", "--lightweight", str(named))
    copy = source.with_name("copy.pdf")
    with pikepdf.open(source.with_name("came.cleaned.pdf")) as document:
        pages = len(document.pages)
        del document.docinfo
        if "/Metadata" in document.Root:
            del document.Root.Metadata
        for one in document.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image":
                _paint_again(one)
        document.remove_unreferenced_resources()
        document.save(copy, deterministic_id=True)
    sheets = ("pdftoppm", "-jpeg", "-scale-to", str(limits.SHEET_SIDE), "-l", str(limits.SHEETS))
    run(*sheets, str(copy), str(source.with_name("sheet")))
    return Made(PDF, copy, sorted(source.parent.glob("sheet-*.jpg")), pages)


def _count(source: Path) -> None:
    try:
        with pikepdf.open(source) as document:
            if len(document.pages) > limits.PAGES:
                raise NotCleaned(Reason.PAGES)
    except pikepdf.PasswordError:
        raise NotCleaned(Reason.LOCKED) from None


def _paint_again(stream: pikepdf.Stream) -> None:
    """JPEG and JPEG 2000 are carried over as they are, with camera and place in them, unless they are unpacked here."""
    filters = stream.get("/Filter")
    names = {str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])}
    if not names & PACKED_PICTURES:
        return
    with Image.open(io.BytesIO(stream.read_raw_bytes()), formats=["JPEG", "JPEG2000"]) as image:
        if image.width * image.height > limits.PIXELS:
            raise NotCleaned(Reason.BOMB)
        new, out = bare(image).convert("L" if image.mode == "L" else "RGB"), io.BytesIO()
    new.save(out, "JPEG", quality=90)
    stream.write(out.getvalue(), filter=pikepdf.Name.DCTDecode)
    stream.ColorSpace = pikepdf.Name.DeviceGray if new.mode == "L" else pikepdf.Name.DeviceRGB
    stream.BitsPerComponent = 8
    for key in ("/Decode", "/Metadata", "/SMaskInData"):
        if key in stream:
            del stream[key]


def clean_packed(source: Path, kind: Kind) -> tuple[Path, bool]:
    """Office documents, and whether parts were left out: mat2 does not know comments in the margin, for example."""
    _measure(source)
    named = source.rename(source.with_name(f"came.{kind.ending}"))
    made = source.with_name(f"came.cleaned.{kind.ending}")
    try:
        run("mat2", str(named))
    except NotCleaned as refusal:
        if refusal.reason is not Reason.FAILED:
            raise
        run("mat2", "--unknown-members", "omit", str(named))
        return _mended(made, source.with_name("copy")), True
    return made, False


def _mended(made: Path, copy: Path) -> Path:
    """Without pointers to the parts that were left out: office programs stumble over those."""
    with zipfile.ZipFile(made) as came, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as whole:
        there = set(came.namelist())
        for name in came.namelist():
            content = came.read(name)
            if name.endswith(".rels"):
                lost = [one for one in RELATION.findall(content) if not _leads(name, one, there)]
                content = reduce(lambda rest, one: rest.replace(one, b""), lost, content)
            elif name == "word/document.xml":
                content = POINTERS.sub(b"", content)
            whole.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return copy


def _leads(rels: str, relation: bytes, there: set[str]) -> bool:
    """Whether a relation of `folder/_rels/part.rels` leads somewhere."""
    target = TARGET.search(relation)
    if target is None or b'"External"' in relation:
        return True
    folder = PurePosixPath(rels).parent.parent
    return normpath(str(folder / target[1].decode())).lstrip("/") in there


def _measure(source: Path) -> None:
    """What its list says is what is unpacked at most: a part that is longer does not open."""
    with zipfile.ZipFile(source) as archive:
        parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise NotCleaned(Reason.LOCKED)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    swells = unpacked > limits.RATIO_FROM and unpacked / packed > limits.RATIO
    if len(parts) > limits.ENTRIES or unpacked > limits.UNPACKED or swells:
        raise NotCleaned(Reason.BOMB)


def clean_text(source: Path) -> Path:
    """Plain text hides nothing, if it is that: letters, and none of the signs that speak to a machine."""
    try:
        words = source.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise NotCleaned(Reason.WRONG_TYPE) from None
    if any(ord(sign) < 32 and sign not in "\t\n" for sign in words):
        raise NotCleaned(Reason.WRONG_TYPE)
    copy = source.with_name("copy")
    copy.write_text(words, "utf-8")
    return copy
