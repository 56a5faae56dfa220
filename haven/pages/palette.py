"""From the one colour of an institution to the colours of a page, by day and by night, readable whatever it chose."""

from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

from haven.rulebook.institution import Style, contrast, luminance

WHITE, BLACK = "#ffffff", "#000000"
DAY_PAPER, NIGHT_SURFACE, NIGHT_PAPER = (
    "#f8f6f2",
    "#20292e",
    "#12181b",
)  # --paper; at night --sunk and --paper of haven.css
READABLE = 5.5  # above the 4.5 of WCAG 2.2, 1.4.3, so that text on a tinted ground still has it
READABLE_AT_NIGHT = 6.5
CALM = 0.5  # a light colour on a dark page glares unless half its saturation goes


def mix(one: str, other: str, share: float) -> str:
    """`one` with a `share` (0 to 1) of `other` in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return _hex(*((a + (b - a) * share) / 255 for a, b in pairs))


def darker(colour: str) -> str:
    """The colour itself, or the nearest on its way to black that can be read on a light page."""
    steps = (mix(colour, BLACK, step / 20) for step in range(21))
    return next(one for one in steps if contrast(one, DAY_PAPER) >= READABLE)


def lighter(colour: str) -> str:
    """The same hue, calmer, and as light as it takes to be read on a dark page."""
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    steps = (lightness + (1 - lightness) * step / 20 for step in range(21))
    tints = (_hex(*hls_to_rgb(hue, light, saturation * CALM)) for light in steps)
    return next(one for one in tints if contrast(one, NIGHT_SURFACE) >= READABLE_AT_NIGHT)


def day(style: Style) -> dict[str, str]:
    away = BLACK if luminance(style.text_on_brand) > luminance(style.brand) else WHITE
    return {
        "brand": style.brand,
        "on-brand": style.text_on_brand,
        "brand-ink": darker(style.brand),
        "brand-strong": mix(style.brand, away, 0.18),
        "brand-soft": mix(style.brand, WHITE, 0.92),
        "brand-line": mix(style.brand, WHITE, 0.65),
    }


def night(style: Style) -> dict[str, str]:
    """The colour lightened into one that can be read on a dark page, and dark text where it is a ground."""
    light = lighter(style.brand)
    return {
        "brand": light,
        "on-brand": NIGHT_PAPER,
        "brand-ink": light,
        "brand-strong": mix(light, WHITE, 0.25),
        "brand-soft": mix(light, NIGHT_PAPER, 0.88),
        "brand-line": mix(light, NIGHT_PAPER, 0.65),
    }


@cache
def stylesheet(style: Style) -> str:
    """The house style as a stylesheet: tokens only."""
    return f":root{{{_tokens(day(style))}}}\n@media (prefers-color-scheme:dark){{:root{{{_tokens(night(style))}}}}}\n"


def _tokens(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _hex(*channels: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
