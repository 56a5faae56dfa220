"""An input that was opened with the key of somebody who handles it. Every deed asks for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from haven.people.models import User
from haven.vault import reading, sealing
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring
from haven.voices.models import ADDRESS, WORDS, Input

type Payload = dict[str, Any]


@dataclass(frozen=True)
class OpenInput:
    """An input with its words. Lives as long as the request, and prints nothing."""

    row: Input
    by: User
    keyring: Keyring = field(repr=False)
    items: Sequence[Opened] = field(repr=False)

    def of(self, slot: str, kind: str = WORDS) -> list[Opened]:
        """What lies in a slot, in order. What is damaged is left out: one bad row must not close the rest."""
        return [one for one in self.items if one.kind == kind and one.item.slot == slot and not one.damaged]

    def one(self, slot: str, kind: str = WORDS) -> Payload:
        found = self.of(slot, kind)
        return found[-1].payload if found else {}

    @property
    def said(self) -> Payload:
        return self.one("said")

    @property
    def mail(self) -> str:
        """Where an answer is waited for; empty when none was left, or once it was sent."""
        return str(self.one("address", ADDRESS).get("mail", ""))

    @property
    def answer(self) -> Payload:
        return self.one("answer")

    @property
    def decided(self) -> Payload:
        return self.one("decision")

    @property
    def wording(self) -> Payload:
        """What is to stand on the site, until somebody else has looked at it."""
        drafts, published = self.of("wording"), self.of("published")
        return drafts[-1].payload if len(drafts) > len(published) else {}

    @property
    def published(self) -> list[str]:
        """Which texts on the site say what was done with it."""
        return [str(key) for one in self.of("published") if (key := one.payload.get("wording"))]

    def keep(self, slot: str, payload: Payload, *, on: date) -> None:
        sealing.keep(self.row.pk, WORDS, slot, payload, on=on, seq=len(self.items))


def open_input(pk: UUID, *, keyring: Keyring, by: User) -> OpenInput:
    """Raises Input.DoesNotExist when it is not there or not theirs: the two take the same steps."""
    row = Input.objects.granted_to(keyring).filter(pk=pk).first()
    if not reading.can_open(keyring, pk, WORDS) or row is None:
        raise Input.DoesNotExist
    return opened([row], keyring=keyring, by=by)[0]


def all_open_to(keyring: Keyring, *, by: User) -> list[OpenInput]:
    """Everything this person can open, the oldest first. Three queries, whatever the number."""
    rows = Input.objects.granted_to(keyring).exclude(received_on=None)
    return opened(rows.order_by("received_on", "id"), keyring=keyring, by=by)


def opened(rows: Iterable[Input], *, keyring: Keyring, by: User) -> list[OpenInput]:
    known = {row.pk: row for row in rows}
    items = reading.open_items(keyring, list(known), kinds=(WORDS, ADDRESS))
    return [OpenInput(row, by, keyring, items.get(pk, [])) for pk, row in known.items()]
