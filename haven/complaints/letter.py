"""A letter of complaint as it came: written, named, with the regulation invoked. What it lacks, and what it makes one
look at.

Nothing here refuses a letter because it is late or because of who wrote it: that is for the committee to decide.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from haven.rulebook.procedure import Sign
from haven.vault.files import SealedFileInfo

SITE, CASE, SCAN = "site", "case", "scan"
"""How it came: written on the site, carried over from the contact point with consent, or on paper."""

NONE = "none"
"""For steps already taken, and for a legal procedure: said, and said to be none."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody whom the letter names. `relation` is a key of the regulation's list; `member_of_board` switches who
    decides."""

    name: str = field(repr=False)
    function: str = field(default="", repr=False)
    relation: str = ""
    relation_ended: date | None = None
    employed: bool = False
    member_of_board: bool = False
    address: str = field(default="", repr=False)
    mail: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`steps_taken` is a text, or NONE when the person said that there were none; empty when they said nothing."""

    complainant: Person
    defendants: tuple[Person, ...]
    description: str = field(repr=False)
    steps_taken: str = field(repr=False)
    invoked: bool
    kind: str  # of the regulation that it asks to follow
    entity: str
    categories: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    connected_with_work: bool = True
    incident_from: date | None = None
    incident_to: date | None = None
    repeated: bool = False
    legal_procedure: str = NONE  # none, pending, completed
    earlier_complaint: bool = False
    new_facts: str = field(default="", repr=False)
    written: str = field(default="", repr=False)  # the whole letter, as the complainant read it over and signed it
    language: str = "nl"
    way: str = SITE
    received_on: date
    requested_by: str = ""  # the role that asks for an investigation, where nobody complained (R-001-37)
    origin: str = ""  # the consent with which it came from the contact point
    told_named: bool = False  # who signs was told before that their name stands on it, and who reads it
    signed_on: date | None = None  # on paper, where it did not come by the site
    files: tuple[tuple[SealedFileInfo, dict[str, Any]], ...] = field(default=(), repr=False)

    def lacks(self) -> tuple[str, ...]:
        """The parts that the regulation asks for and that are not there (R-001-48). The day of receipt stays."""
        there = {
            "name": self.complainant.name.strip() or self.requested_by,
            "description": self.description.strip() or self.files,
            "defendants": self.defendants and all(one.name.strip() for one in self.defendants),
            "steps_taken": self.steps_taken.strip(),
        }
        return tuple(key for key, said in there.items() if not said)

    def signs(self) -> frozenset[str]:
        """What it shows by itself; a regulation says which of its facts that makes."""
        everybody = (self.complainant, *self.defendants)
        known: dict[Sign, bool] = {
            "member_of_board": any(one.member_of_board for one in everybody),
            "other_employed": any(one.employed for one in self.defendants),
            "starter_employed": self.complainant.employed,
            "on_request": bool(self.requested_by),
            "nobody_named": not any(one.name.strip() for one in self.defendants),
        }
        return frozenset(key for key, holds in known.items() if holds)

    def fixed(self) -> str:
        """The words of this letter, the same for whoever reads them and on whichever day; what it says in fields stands
        beside them (readable.py). What was signed on the site stays as it was signed."""
        if self.written:
            return self.written
        told = self.steps_taken if self.steps_taken.strip() != NONE else ""
        with override(self.language):
            tried = _("Steps already taken:") + "\n" + told if told.strip() else ""
        return "\n\n".join(filter(None, (self.description, tried)))

    def head(self) -> dict[str, Any]:
        """Everything but the addresses, for those who handle the complaint."""
        told = asdict(self) | {"files": len(self.files), "lacks": self.lacks()}
        for person in (told["complainant"], *told["defendants"]):
            for way in ("address", "mail", "phone"):
                person.pop(way)
        told.pop("written")
        plain: dict[str, Any] = _plain(told)
        return plain


def digest(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()


def _plain(value: Any) -> Any:
    """As JSON keeps it: days as text."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
