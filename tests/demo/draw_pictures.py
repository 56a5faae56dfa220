"""Draws the pictures that the demo reports bring along. Run by hand after a change; what it makes is committed.

    python tests/demo/draw_pictures.py

Everything is invented. That the photographs hold a place and a time is on purpose, as telephones do that: one can then
see what Haven does with it.
"""

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from PIL.Image import Exif

OUT = Path(__file__).parents[2] / "haven" / "config" / "demo" / "files"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
SOMEWHERE = (52.0, 0.0, 0.0), (4.0, 0.0, 0.0)  # a round number in the countryside: no institution stands there


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    return ImageFont.truetype(path, size) if path.exists() else ImageFont.load_default(size)


def with_place(taken: str) -> Exif:
    """What a telephone writes into a photograph unless one turns it off."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Voorbeeldfoon", "Model Nergens 3", taken
    exif.get_ifd(0x8769)[0x9003] = taken
    north, east = SOMEWHERE
    exif.get_ifd(0x8825).update({1: "N", 2: north, 3: "E", 4: east, 29: taken[:10]})
    return exif


def speckled(image: Image.Image, seed: int, strength: int) -> Image.Image:
    """A little noise and softness, as of a telephone in poor light."""
    noise = random.Random(seed)  # noqa: S311 - grain, not a secret
    grain = Image.new("L", (image.width // 3, image.height // 3))
    grain.putdata([128 + noise.randint(-strength, strength) for _ in range(grain.width * grain.height)])
    big = grain.resize(image.size, Image.Resampling.BILINEAR).convert("RGB")
    return Image.blend(image, big, 0.14).filter(ImageFilter.GaussianBlur(0.8))


def photograph(name: str, image: Image.Image, taken: str) -> None:
    image.save(OUT / name, "JPEG", quality=52, optimize=True, exif=with_place(taken))


def shaded(size: tuple[int, int], top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", size)
    draw = ImageDraw.Draw(image)
    for y in range(size[1]):
        colour = tuple(round(a + (b - a) * y / size[1]) for a, b in zip(top, bottom, strict=True))
        draw.line([(0, y), (size[0], y)], fill=colour)
    return image


def bicycle_note() -> None:
    """A folded note under the clips of a carrier."""
    image = shaded((900, 675), (66, 70, 74), (38, 40, 44))
    draw = ImageDraw.Draw(image)
    for x in range(60, 900, 120):
        draw.line([(x, 0), (x - 40, 675)], fill=(58, 61, 65), width=26)
    draw.rounded_rectangle((250, 120, 650, 640), 16, fill=(24, 25, 27))
    for x in (300, 400, 500, 600):
        draw.line([(x, 130), (x, 630)], fill=(92, 95, 99), width=14)
    note = Image.new("RGBA", (380, 230), (0, 0, 0, 0))
    paper = ImageDraw.Draw(note)
    paper.rectangle((0, 0, 379, 229), fill=(236, 232, 216))
    paper.line([(0, 116), (379, 112)], fill=(205, 200, 182), width=3)
    paper.text((34, 52), "ik weet hoe laat", fill=(30, 40, 96), font=font(34))
    paper.text((34, 132), "je klaar bent", fill=(30, 40, 96), font=font(34))
    turned = note.rotate(7, expand=True, resample=Image.Resampling.BICUBIC)
    image.paste(turned, (262, 250), turned)
    draw.line([(200, 300), (700, 250)], fill=(20, 20, 20), width=20)
    photograph("briefje-fietsenstalling.jpg", speckled(image, 1, 90), "2026:10:30 17:52:10")


def drawing_on_door() -> None:
    """A toilet door, with what was written on it cut off and a newspaper hung in front."""
    image = shaded((675, 900), (196, 202, 196), (158, 166, 160))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 46, 900), fill=(112, 118, 114))
    draw.ellipse((560, 420, 630, 490), fill=(120, 122, 124), outline=(86, 88, 90), width=6)
    for x, y in ((430, 90), (470, 150), (520, 110), (455, 205), (540, 230)):
        draw.line([(x, y), (x + 130, y - 34)], fill=(34, 34, 40), width=11)
        draw.line([(x + 20, y + 8), (x + 60, y - 60)], fill=(34, 34, 40), width=9)
    draw.polygon([(96, 70), (470, 46), (502, 560), (120, 590)], fill=(226, 222, 210))
    draw.text((138, 96), "DE VOORBEELD", fill=(40, 40, 40), font=font(34, bold=True))
    for row in range(9):
        for column in range(2):
            x, y = 140 + column * 170, 170 + row * 44
            draw.line([(x, y), (x + 148, y - 4)], fill=(150, 147, 138), width=9)
            draw.line([(x, y + 18), (x + 120, y + 14)], fill=(168, 165, 156), width=7)
    photograph("tekening-op-deur.jpg", speckled(image, 2, 60), "2026:10:31 09:14:44")


def locker_door() -> None:
    """A row of lockers, one door bent."""
    image = shaded((900, 675), (74, 106, 126), (46, 70, 86))
    draw = ImageDraw.Draw(image)
    for x in range(0, 900, 180):
        draw.rectangle((x + 8, 20, x + 172, 660), outline=(34, 52, 64), width=6)
        for y in (70, 92, 114):
            draw.line([(x + 50, y), (x + 130, y)], fill=(30, 46, 58), width=7)
        draw.ellipse((x + 138, 320, x + 160, 342), fill=(190, 194, 196))
    draw.polygon([(368, 20), (520, 40), (486, 330), (530, 640), (368, 660)], fill=(96, 132, 152))
    draw.line([(486, 330), (372, 350)], fill=(40, 58, 70), width=8)
    draw.polygon([(520, 40), (534, 24), (540, 655), (530, 640), (486, 330)], fill=(16, 22, 28))
    photograph("locker-door.jpg", speckled(image, 3, 70), "2026:10:25 16:40:02")


CHAT = (
    ("Groep 7", "Iedereen morgen 10.00?", False),
    ("", "Ja! Welke zaal?", True),
    ("Groep 7", "[sticker]", False),
    ("Groep 7", "haha", False),
    ("", "Serieus, welke zaal?", True),
    ("Groep 7", "[sticker]", False),
    ("Groep 7", "applaus voor onze presentator", False),
    ("", "ok laat maar", True),
)


def chat_screen() -> None:
    """A screenshot of an invented chat in an invented app."""
    image = Image.new("RGB", (540, 960), (239, 236, 230))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 540, 92), fill=(62, 74, 96))
    draw.ellipse((24, 26, 66, 68), fill=(170, 178, 196))
    draw.text((84, 24), "Werkgroep 7", fill=(255, 255, 255), font=font(23, bold=True))
    draw.text((84, 54), "6 deelnemers", fill=(206, 212, 224), font=font(16))
    y = 120
    for _who, text, mine in CHAT:
        y = _bubble(draw, y, text, mine=mine)
    draw.rounded_rectangle((20, 890, 440, 940), 24, fill=(255, 255, 255))
    draw.text((44, 903), "Bericht", fill=(140, 140, 140), font=font(19))
    image.quantize(32).save(OUT / "groepsapp.png", optimize=True)


def _bubble(draw: ImageDraw.ImageDraw, y: int, text: str, *, mine: bool) -> int:
    """Draw one message and tell where the next one goes."""
    if text == "[sticker]":
        draw.ellipse((40, y, 150, y + 100), fill=(244, 200, 96))
        draw.arc((66, y + 36, 124, y + 84), 200, 340, fill=(90, 66, 20), width=5)
        draw.text((52, y + 104), "uhm... uhm...", fill=(90, 90, 90), font=font(15))
        return y + 140
    width = round(draw.textlength(text, font=font(20))) + 40
    left = 520 - width if mine else 20
    draw.rounded_rectangle((left, y, left + width, y + 52), 16, fill=(208, 226, 214) if mine else (255, 255, 255))
    draw.text((left + 20, y + 13), text, fill=(30, 30, 30), font=font(20))
    return y + 70


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    bicycle_note()
    drawing_on_door()
    locker_door()
    chat_screen()
