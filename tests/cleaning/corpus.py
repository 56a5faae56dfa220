"""A file of each format, with the marker in every place beside its content that we know of. Made anew each time."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from docx import Document
from PIL import Image, PngImagePlugin

MARK = "ZQMARKER"
XMP = f'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">{MARK}xmp</x:xmpmeta><?xpacket end="w"?>'.encode()
GPS = 0x8825
TAGS = ("title", "artist", "comment", "album", "encoded_by", "location", "description", "copyright")


def marks(content: bytes) -> int:
    """How often the marker stands in there: also packed, also in the letters of Windows."""
    words = MARK.encode()
    found = content.count(words) + content.count(MARK.encode("utf-16-le")) + content.count(MARK.encode("utf-16-be"))
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += sum(name.count(MARK) + marks(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF-"):
        with pikepdf.open(io.BytesIO(content)) as document:
            found += document.trailer.unparse(resolved=True).count(words) if hasattr(document.trailer, "unparse") else 0
            streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
            found += sum(_stream(one).count(words) for one in streams)
            found += sum(one.unparse(resolved=True).count(words) for one in document.objects if _is_plain(one))
    return found


def _is_plain(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary | pikepdf.Array | pikepdf.String)


def _stream(one: pikepdf.Stream) -> bytes:
    try:
        return bytes(one.read_bytes())
    except pikepdf.PdfError:
        return bytes(one.read_raw_bytes())


def picture(size: tuple[int, int] = (160, 120)) -> Image.Image:
    image = Image.new("RGB", size, "white")
    image.paste("navy", (20, 20, 90, 70))
    return image


def exif() -> Image.Exif:
    told = Image.Exif()
    for tag in (0x010E, 0x010F, 0x0110, 0x013B, 0x8298, 0x0131):
        told[tag] = f"{MARK}exif"
    told.get_ifd(GPS).update({1: "N", 2: (52.0, 5.0, 0.0), 29: f"{MARK}gps"})
    return told


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def jpg() -> bytes:
    return saved(picture(), "JPEG", exif=exif(), xmp=XMP, comment=f"{MARK}comment".encode()) + f"{MARK}behind".encode()


def png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", f"{MARK}text")
    told.add_text("Comment", f"{MARK}packed", zip=True)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(picture(), "PNG", pnginfo=told, exif=exif())


def gif() -> bytes:
    frames = [picture(), picture().rotate(90), picture().rotate(180)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=f"{MARK}comment".encode())


def webp() -> bytes:
    return saved(picture(), "WEBP", exif=exif(), xmp=XMP)


def tiff() -> bytes:
    told = {270: f"{MARK}text", 315: f"{MARK}artist", 700: XMP}
    return saved(picture(), "TIFF", tiffinfo=told, save_all=True, append_images=[picture().rotate(90)])


def pdf() -> bytes:
    """Words and a photo on the page; names, notes, scripts, an attachment and layers of data around them."""
    out = io.BytesIO()
    photo = saved(picture(), "JPEG", exif=exif(), xmp=XMP, comment=f"{MARK}comment".encode())
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(300, 300))
        image = document.make_stream(
            photo, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=160, Height=120
        )
        image.write(photo, filter=pikepdf.Name.DCTDecode)
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(XObject={"/Im0": image}, Font={"/F1": font})
        words = b"q 160 0 0 120 50 100 cm /Im0 Do Q BT /F1 18 Tf 40 40 Td (What he wrote) Tj ET"
        page.Contents = document.make_stream(words)
        note = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Text, "/Rect": [0, 0, 9, 9]}
        page.Annots = [pikepdf.Dictionary({**note, "/Contents": f"{MARK}note", "/T": f"{MARK}author"})]
        document.docinfo["/Author"] = f"{MARK}info"
        with document.open_metadata() as told:
            told["dc:creator"] = [f"{MARK}xmp"]
        script = {"/S": pikepdf.Name.JavaScript, "/JS": f"app.alert('{MARK}script')"}
        document.Root.OpenAction = pikepdf.Dictionary(script)
        document.attachments[f"{MARK}attached.txt"] = f"{MARK}attached".encode()
        document.save(out)
    return out.getvalue()


def docx() -> bytes:
    """With its author, a tracked change, a comment of somebody, and a photo that knows where it was made."""
    document, out = Document(), io.BytesIO()
    document.add_paragraph("What he wrote to me.")
    document.add_picture(io.BytesIO(jpg()))
    about = document.core_properties
    about.author = about.last_modified_by = about.title = about.comments = about.keywords = f"{MARK}core"
    paragraph = document.add_paragraph("Commented")
    document.add_comment(paragraph.runs, text="a comment", author=f"{MARK}author", initials="ZQ")
    document.save(out)
    old = f"<w:r><w:delText>{MARK}old</w:delText></w:r>"
    gone = f'<w:del w:id="9" w:author="{MARK}gone" w:date="2026-01-01T00:00:00Z">{old}</w:del>'
    return _changed(out.getvalue(), "word/document.xml", "</w:p>", f"{gone}</w:p>")


def _changed(packed: bytes, part: str, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as came, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in came.namelist():
            words = came.read(name)
            made.writestr(name, words.replace(old.encode(), new.encode(), 1) if name == part else words)
    return out.getvalue()


def _packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in parts.items():
            made.writestr(name, words)
    return out.getvalue()


OPC = "http://schemas.openxmlformats.org"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
CORE = (
    f'{XML}<cp:coreProperties xmlns:cp="{OPC}/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<dc:creator>{MARK}core</dc:creator><cp:lastModifiedBy>{MARK}by</cp:lastModifiedBy></cp:coreProperties>"
)


def _office(main: str, kind: str, body: str) -> bytes:
    """The least that an office program opens."""
    mime = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    types = (
        f'{XML}<Types xmlns="{OPC}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{mime}"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )
    rels = (
        f'{XML}<Relationships xmlns="{OPC}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OPC}/officeDocument/2006/relationships/officeDocument" Target="{main}"/>'
        f'<Relationship Id="r2" Type="{OPC}/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/>'
        "</Relationships>"
    )
    return _packed({"[Content_Types].xml": types, "_rels/.rels": rels, main: body, "docProps/core.xml": CORE})


def xlsx() -> bytes:
    sheet = f'{XML}<workbook xmlns="{OPC}/spreadsheetml/2006/main"><sheets/></workbook>'
    return _office("xl/workbook.xml", "spreadsheetml.sheet", sheet)


def pptx() -> bytes:
    show = f'{XML}<p:presentation xmlns:p="{OPC}/presentationml/2006/main"><p:sldIdLst/></p:presentation>'
    return _office("ppt/presentation.xml", "presentationml.presentation", show)


def odt() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    meta = (
        f'{XML}<office:document-meta xmlns:office="{office}:office:1.0" xmlns:meta="{office}:meta:1.0">'
        f"<office:meta><meta:initial-creator>{MARK}creator</meta:initial-creator></office:meta></office:document-meta>"
    )
    content = (
        f'{XML}<office:document-content xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0">'
        "<office:body><office:text><text:p>What he wrote</text:p></office:text></office:body></office:document-content>"
    )
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        "</manifest:manifest>"
    )
    mime = "application/vnd.oasis.opendocument.text"
    return _packed({"mimetype": mime, "content.xml": content, "meta.xml": meta, "META-INF/manifest.xml": manifest})


def _played(to: Path, *codec: str, film: bool = False) -> bytes:
    """A second of sound, and of film, made by ffmpeg with the marker wherever it takes one."""
    told = [word for tag in TAGS for word in ("-metadata", f"{tag}={MARK}{tag}")]
    told += ["-metadata:s:a:0", f"title={MARK}stream", "-metadata:s:a:0", f"handler_name={MARK}handler"]
    sound = ("-f", "lavfi", "-i", "sine=duration=1")
    seen = ("-f", "lavfi", "-i", "testsrc=duration=1:size=64x64:rate=5") if film else ()
    if film:
        told += ["-metadata:s:v:0", f"title={MARK}film", "-metadata:s:v:0", f"handler_name={MARK}handler"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *sound, *seen, *told, *codec, str(to)], check=True)
    return to.read_bytes()


type Make = Callable[[Path], bytes]

PLAIN: dict[str, Callable[[], bytes]] = {
    one.__name__: one for one in (jpg, png, gif, webp, tiff, pdf, docx, xlsx, pptx, odt)
}
PLAYED: dict[str, tuple[tuple[str, ...], bool]] = {
    "mp3": (("-id3v2_version", "3", "-write_id3v1", "1"), False),
    "m4a": ((), False),
    "ogg": (("-c:a", "libvorbis"), False),
    "flac": ((), False),
    "mp4": (("-c:v", "mpeg4"), True),
    "mov": (("-c:v", "mpeg4"), True),
    "webm": (("-c:v", "libvpx", "-c:a", "libvorbis"), True),
}
FORMATS = (*PLAIN, *PLAYED)


def make(ending: str, place: Path) -> bytes:
    if ending in PLAIN:
        return PLAIN[ending]()
    codec, film = PLAYED[ending]
    return _played(place / f"made.{ending}", *codec, film=film)
