"""Pictures are painted anew, point by point: whatever stood beside the points stays behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, ImageSequence

from haven.cleaning import limits
from haven.cleaning.kinds import GIF, JPEG, PNG, TIFF, WEBP, Kind, Made, NotCleaned, Reason

FORMATS = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", WEBP: "WEBP", TIFF: "TIFF"}
OPTIONS: dict[Kind, dict[str, Any]] = {
    JPEG: {"quality": 90},
    WEBP: {"quality": 90},
    TIFF: {"compression": "tiff_deflate"},
}
Image.MAX_IMAGE_PIXELS = limits.PIXELS


def clean(source: Path, kind: Kind) -> Made:
    try:
        return _clean(source, kind)
    except Image.DecompressionBombError:
        raise NotCleaned(Reason.BOMB) from None


def _clean(source: Path, kind: Kind) -> Made:
    """The copy is of the same kind. Its pictures to look at are smaller, and no more than a few."""
    copy = source.with_name("copy")
    with Image.open(source, formats=[FORMATS[kind]]) as image:
        durations, frames = [], []
        for frame in _frames(image):
            durations.append(min(int(frame.info.get("duration") or 0), 60_000))
            frames.append(bare(ImageOps.exif_transpose(frame)))
    more: dict[str, Any] = {}
    if len(frames) > 1:
        more = {"save_all": True, "append_images": frames[1:]}
        more |= {"duration": durations, "loop": 0} if kind in {GIF, WEBP} else {}
    frames[0].save(copy, FORMATS[kind], **OPTIONS.get(kind, {}), **more)
    shown = frames[: limits.SHEETS] if kind is TIFF else frames[:1]
    sheets = [sheet(one, source.with_name(f"sheet-{number}")) for number, one in enumerate(shown)]
    return Made(kind, copy, sheets, len(shown) if kind is not TIFF else len(frames))


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    """Refuses before it unpacks: by the size that the file says, and by the number of its frames."""
    pixels = 0
    for number, frame in enumerate(ImageSequence.Iterator(image)):
        pixels += frame.width * frame.height
        if frame.width * frame.height > limits.PIXELS or pixels > limits.ALL_PIXELS:
            raise NotCleaned(Reason.BOMB)
        if number >= limits.FRAMES or (image.format == "JPEG" and number):
            raise NotCleaned(Reason.PAGES)
        yield frame


def bare(frame: Image.Image) -> Image.Image:
    """In plain colours, and without anything that was written beside the points."""
    see_through = frame.mode in {"RGBA", "LA", "PA"} or "transparency" in frame.info
    mode = "RGBA" if see_through else "L" if frame.mode in {"1", "L"} else "RGB"
    new = Image.new(mode, frame.size)
    new.paste(frame.convert(mode))
    return new


def sheet(frame: Image.Image, to: Path) -> Path:
    small = frame.copy()
    small.thumbnail((limits.SHEET_SIDE, limits.SHEET_SIDE))
    white = Image.new("RGB", small.size, "white")
    white.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    white.save(to, "JPEG", quality=85)
    return to
