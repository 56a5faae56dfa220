"""Which parts of cleaning are there. Looks for itself each time: what was installed yesterday may be gone."""

from dataclasses import dataclass
from enum import StrEnum

from haven.cleaning import sandbox, scanning
from haven.cleaning.programs import PROGRAMS


class Part(StrEnum):
    SANDBOX = "bubblewrap"
    MAT2 = "mat2"
    PDFTOPPM = "pdftoppm"
    FFMPEG = "ffmpeg"
    CLAMAV = "clamav"


@dataclass(frozen=True)
class Found:
    part: Part
    there: bool


def look(clamav: str) -> list[Found]:
    """All parts, in the order in which one needs them. Without the sandbox the programs in it are of no use."""
    inside = sandbox.programs()
    programs = [Found(Part(name), there=inside is not None and name in inside) for name in PROGRAMS]
    return [
        Found(Part.SANDBOX, there=inside is not None),
        *programs,
        Found(Part.CLAMAV, there=scanning.answers(clamav)),
    ]
