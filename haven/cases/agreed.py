"""What a reporter was asked to agree to, what they said, and what came of it (R-000-22).

Each line is a sealed item in `replies`, where the reporter and those who handle the case read the same. A consent is
what its lines say together, in whatever order they are read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from haven.cases.opened import Payload
from haven.rulebook import shelf
from haven.rulebook.consent import SUMMARY, TEAM, WHOLE
from haven.rulebook.questions import ANONYMOUS
from haven.vault import reading
from haven.vault.models import Compartment
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring

SLOT = "consent"
REFERRED = "referred:"
"""A compartment of this kind holds what one consent covers, for the team it went to; the id of the consent follows."""


class Stage(StrEnum):
    ASKED = "asked"
    REFUSED = "refused"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"  # before anything was done
    DONE = "done"
    ENDED = "ended"  # after it was done: nothing more goes, and a team that got it reads it no longer
    RETURNED = "returned"  # everybody of the team that got it stepped back: it is not there any more
    TOLD = "told"  # no consent: the reporter was told where to go, and nothing went there


LIVE = (Stage.ASKED, Stage.GIVEN, Stage.DONE)


@dataclass(frozen=True)
class Scope:
    """How much goes: the report or a summary; with or without the name; with or without files."""

    what: str = SUMMARY
    identity: bool = False
    files: bool = False

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        return cls(WHOLE if said.get("what") == WHOLE else SUMMARY, bool(said.get("identity")), bool(said.get("files")))

    def as_dict(self) -> Payload:
        return {"what": self.what, "identity": self.identity, "files": bool(self.files)}

    def narrowed(self, wish: "Scope") -> "Scope":
        """What is wished, as far as it was asked for: an answer never gives more than the question."""
        what = WHOLE if (self.what, wish.what) == (WHOLE, WHOLE) else SUMMARY
        return Scope(what, self.identity and wish.identity, self.files and wish.files)


@dataclass(frozen=True)
class Consent:
    """One request and all that followed. `readers`: key ids of the people of the team that were shown."""

    id: str
    asked: Payload = field(repr=False)
    asked_on: date
    answer: Payload = field(default_factory=dict, repr=False)
    answered_on: date | None = None
    done: tuple[tuple[date, Payload], ...] = field(default=(), repr=False)
    stopped_on: date | None = None
    introduced_on: date | None = None
    given_back: tuple[tuple[date, Payload], ...] = field(default=(), repr=False)  # by whom of the team that got it

    @property
    def stage(self) -> Stage:
        if self.asked.get("about") == "told":
            return Stage.TOLD
        if not self.answer:
            return Stage.REFUSED if self.stopped_on else Stage.ASKED
        if not self.answer.get("agree"):
            return Stage.REFUSED
        if self.done:
            if any(not told["left"] for _day, told in self.given_back):
                return Stage.RETURNED
            return Stage.ENDED if self.stopped_on else Stage.DONE
        return Stage.WITHDRAWN if self.stopped_on else Stage.GIVEN

    @property
    def live(self) -> bool:
        return self.stage in LIVE

    @property
    def to(self) -> str:
        return str(self.asked["to"])

    @property
    def to_team(self) -> bool:
        return bool(self.asked["way"] == TEAM)

    @property
    def summary(self) -> str:
        return str(self.asked.get("summary", ""))

    @property
    def scope(self) -> Scope:
        """What was agreed; what was asked for, until there is an answer."""
        asked = Scope.of(self.asked)
        return asked.narrowed(Scope.of(self.answer)) if self.answer else asked

    @property
    def readers(self) -> frozenset[str]:
        asked = frozenset(self.asked.get("readers", ()))
        return asked & frozenset(self.answer["readers"]) if "readers" in self.answer else asked

    @property
    def files(self) -> frozenset[UUID]:
        """Exactly the files that were there when it was asked: what was sent later is not covered."""
        return frozenset(UUID(one) for one in self.asked.get("files_there", ())) if self.scope.files else frozenset()

    @property
    def handover(self) -> bool:
        return bool(self.answer.get("handover"))

    @property
    def kind(self) -> str:
        return f"{REFERRED}{self.id}"


def fold(items: Iterable[Opened]) -> list[Consent]:
    """The consents that these lines make, the newest first."""
    lines: dict[str, list[Opened]] = {}
    for one in items:
        if not one.damaged and one.payload.get("id"):
            lines.setdefault(str(one.payload["id"]), []).append(one)
    found = [consent for key, told in lines.items() if (consent := _consent(key, told)) is not None]
    return sorted(found, key=lambda one: (one.asked_on, int(one.asked.get("order", 0))), reverse=True)


def _consent(key: str, told: list[Opened]) -> Consent | None:
    by = {one.payload.get("about"): one for one in sorted(told, key=lambda one: one.item.seq, reverse=True)}
    asked = by.get("asked") or by.get("told")
    if asked is None:
        return None
    answered = by.get("answered")
    days = {about: one.item.made_on for about, one in by.items()}
    return Consent(
        id=key,
        asked=asked.payload,
        asked_on=asked.item.made_on,
        answer=answered.payload if answered else {},
        answered_on=days.get("answered"),
        done=_lines(told, "done"),
        stopped_on=days.get("stopped"),
        introduced_on=days.get("introduced"),
        given_back=_lines(told, "given_back"),
    )


def _lines(told: list[Opened], about: str) -> tuple[tuple[date, Payload], ...]:
    return tuple((one.item.made_on, one.payload) for one in told if one.payload.get("about") == about)


def read(keyring: Keyring, scope: UUID) -> list[Consent]:
    """As it is in the database now: a deed asks again under the lock, and does not trust a page."""
    return fold(reading.open_items(keyring, [scope], kinds=("replies",), slots=(SLOT,)).get(scope, []))


def find(keyring: Keyring, scope: UUID, key: str) -> Consent | None:
    return next((one for one in read(keyring, scope) if one.id == key), None)


def contactable(head: Mapping[str, Any]) -> bool:
    """Whether there is a way to ask this reporter anything."""
    known: bool = head.get("mode", ANONYMOUS) != ANONYMOUS
    return known or shelf.current().intake.messages_when_anonymous


def covers(consents: Iterable[Consent], destination: str) -> bool:
    """Whether a case can be counted as referred there: with a consent, or because the reporter was told to go there."""
    stages = {Stage.GIVEN, Stage.DONE, Stage.ENDED, Stage.TOLD}
    return any(one.to == destination and one.stage in stages for one in consents)


def referred_kinds(scope: UUID) -> list[str]:
    """What of this case lies with other teams."""
    found = Compartment.objects.filter(scope=scope, kind__startswith=REFERRED)
    return sorted(set(found.values_list("kind", flat=True)))
