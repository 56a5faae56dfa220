"""A notification that was opened with the key of its counsellor. Every deed asks for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from haven.counsel.models import NOTES, NOTIFIER, Notification
from haven.people.models import User
from haven.vault import reading, sealing
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring

type Payload = dict[str, Any]


@dataclass(frozen=True)
class OpenNotification:
    """A notification with its words. Lives as long as the request, and prints nothing."""

    row: Notification
    by: User
    keyring: Keyring = field(repr=False)
    items: Sequence[Opened] = field(repr=False)

    def of(self, slot: str, kind: str = NOTES) -> list[Opened]:
        """What lies in a slot, in order. What is damaged is left out: one bad row must not close the rest."""
        return [one for one in self.items if one.kind == kind and one.item.slot == slot and not one.damaged]

    def one(self, slot: str, kind: str = NOTES) -> Payload:
        found = self.of(slot, kind)
        return found[-1].payload if found else {}

    @property
    def taken(self) -> Payload:
        """What was written down first."""
        return self.one("taken")

    @property
    def taken_on(self) -> date | None:
        found = self.of("taken")
        return found[0].item.made_on if found else None

    @property
    def notes(self) -> list[Opened]:
        return self.of("note")

    @property
    def agreed(self) -> list[Opened]:
        """What the notifier agreed to pass on: to whom, when, and how they said so."""
        return self.of("agreed")

    @property
    def closing(self) -> Payload:
        return self.one("closing") if self.row.closed_on else {}

    @property
    def notifier(self) -> Payload:
        """Name and a way to reach them, if they wanted that kept. A role of this notification only (R-001-11)."""
        return self.one("notifier", NOTIFIER)

    @property
    def next_on(self) -> date | None:
        """The day of the next talk, as it was said last."""
        said = [one.payload.get("next", "") for one in (*self.of("taken"), *self.notes)]
        return date.fromisoformat(said[-1]) if said and said[-1] and not self.row.closed_on else None

    @property
    def pointed_to(self) -> list[str]:
        """Where the person was pointed to, by key, each once and in order."""
        return list(dict.fromkeys(one.payload["pointed"] for one in self.notes if one.payload.get("pointed")))

    def keep(self, slot: str, payload: Payload, *, on: date) -> None:
        sealing.keep(self.row.pk, NOTES, slot, payload, on=on, seq=len(self.items))


def open_notification(pk: UUID, *, keyring: Keyring, by: User) -> OpenNotification:
    """Raises Notification.DoesNotExist when it is not there or not theirs: the two take the same steps."""
    row = Notification.objects.granted_to(keyring).filter(pk=pk).first()
    if not reading.can_open(keyring, pk, NOTES) or row is None:
        raise Notification.DoesNotExist
    return opened([row], keyring=keyring, by=by)[0]


def own(keyring: Keyring, *, by: User) -> list[OpenNotification]:
    """All notifications of this counsellor, the newest first. Three queries, whatever their number."""
    found = opened(Notification.objects.granted_to(keyring), keyring=keyring, by=by)
    return sorted(found, key=lambda one: (one.taken_on or date.min, str(one.row.pk)), reverse=True)


def opened(rows: Iterable[Notification], *, keyring: Keyring, by: User) -> list[OpenNotification]:
    known = {row.pk: row for row in rows}
    items = reading.open_items(keyring, list(known), kinds=(NOTES, NOTIFIER))
    return [OpenNotification(row, by, keyring, items.get(pk, [])) for pk, row in known.items()]
