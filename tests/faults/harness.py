"""What the kill harness sends: reports that are all different, each with words that occur nowhere else in the world."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_hex
from typing import Any

from haven.vault.codes import new_code

RUN = f"zq{token_hex(6)}"  # begins every unique word of this run; searched afterwards in every file
MODES = ("anonymous", "confidential", "named")
FILE_SHARE = 4  # one report in so many has a file
_FILLER = "It began in spring, at first with remarks in the corridor, later in every meeting of the group. "


@dataclass
class Sent:
    """One report of a run. `tries` and `seconds` are of the whole way until the acknowledgement came."""

    number: int
    code: str = field(default_factory=new_code)
    acknowledged: bool = False
    tries: int = 0
    seconds: float = 0.0

    def word(self, place: str) -> str:
        return f"{RUN}{place}{self.number:06d}"

    @property
    def mode(self) -> str:
        return MODES[self.number % len(MODES)]

    @property
    def file_name(self) -> str:
        return f"{self.word('filename')}.txt"

    @cached_property
    def file(self) -> bytes:
        """Text, so that a plaintext byte on disk would be found; up to 200 kB. Empty: no file."""
        if self.number % FILE_SHARE:
            return b""
        size = random.Random(self.number).randrange(2_000, 200_000)  # noqa: S311  a size, not a secret
        line = f"{self.word('file')} what I wrote down that evening\n".encode()
        return (line * (size // len(line) + 1))[:size]

    @property
    def answers(self) -> dict[str, Any]:
        mail = f"{self.word('mail')}@home.invalid"
        known = {"name": self.word("name"), "contact_way": "mail", "contact_detail": mail}
        return {
            "purpose": "report",
            "capacity": "self",
            "audience": "student",
            "categories": ["bullying"],
            "when": {"choice": "recent", "words": self.word("when")},
            "where": self.word("where"),
            "about_contact_point": "no",
            "mode": self.mode,
            "story": f"{self.word('story')} {_FILLER * 40}",
            "wish": self.word("wish"),
            "support": "yes",
            **({} if self.mode == "anonymous" else known),
        }


@dataclass
class Tally:
    """What went wrong, and what was looked at: a check that looked at nothing is not a check."""

    lost: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    plaintext: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        return not any((self.lost, self.halves, self.duplicates, self.plaintext, self.damage))

    def __str__(self) -> str:
        wrong = {
            "acknowledged and lost": self.lost,
            "half written": self.halves,
            "duplicates": self.duplicates,
            "plaintext on disk": self.plaintext,
            "damage": self.damage,
        }
        lines = [
            f"{name:24}{len(found)}{''.join(f'\n    {one}' for one in found[:5])}" for name, found in wrong.items()
        ]
        return "\n".join([*lines, *(f"{name:24}{count}" for name, count in self.looked_at.items())])


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
