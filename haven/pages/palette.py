"""From the one colour of an institution to the colours of a page, by day and by night, readable whatever it chose."""

from functools import cache

from haven.rulebook.institution import Style, contrast, luminance

WHITE, BLACK = "#ffffff", "#000000"
DAY_PAPER, NIGHT_SURFACE, NIGHT_INK = (
    "#f8f6f2",
    "#20292e",
    "#12181b",
)  # as in haven.css: --paper, and at night --sunk, --paper
READABLE = 5.5  # above the 4.5 of WCAG 2.2, 1.4.3, so that text on a tinted ground still has it
READABLE_AT_NIGHT = 6.5


def mix(one: str, other: str, share: float) -> str:
    """`one` with a `share` (0 to 1) of `other` in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, *, on: str, toward: str, ratio: float) -> str:
    """The colour itself, or the nearest one on its way `toward` black or white that reaches this contrast."""
    steps = (mix(colour, toward, step / 20) for step in range(21))
    return next((one for one in steps if contrast(one, on) >= ratio), toward)


def day(style: Style) -> dict[str, str]:
    ink = readable(style.brand, on=DAY_PAPER, toward=BLACK, ratio=READABLE)
    away = BLACK if luminance(style.text_on_brand) > luminance(style.brand) else WHITE
    return {
        "brand": style.brand,
        "on-brand": style.text_on_brand,
        "brand-ink": ink,
        "brand-strong": mix(style.brand, away, 0.18),
        "brand-soft": mix(style.brand, WHITE, 0.92),
        "brand-line": mix(style.brand, WHITE, 0.65),
    }


def night(style: Style) -> dict[str, str]:
    """The colour lightened into one that can be read on a dark page, and dark text where it is a ground."""
    light = readable(style.brand, on=NIGHT_SURFACE, toward=WHITE, ratio=READABLE_AT_NIGHT)
    return {
        "brand": light,
        "on-brand": NIGHT_INK,
        "brand-ink": light,
        "brand-strong": mix(light, WHITE, 0.25),
        "brand-soft": mix(light, NIGHT_SURFACE, 0.92),
        "brand-line": mix(light, NIGHT_SURFACE, 0.65),
    }


@cache
def stylesheet(style: Style) -> str:
    """The house style as a stylesheet: tokens only."""
    return f":root{{{_tokens(day(style))}}}\n@media (prefers-color-scheme:dark){{:root{{{_tokens(night(style))}}}}}\n"


def _tokens(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
