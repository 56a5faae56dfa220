"""Open what this person may open. What is not granted is simply absent: no count, no placeholder."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from haven.vault.errors import CannotOpen
from haven.vault.keyring import CompartmentKey, Keyring
from haven.vault.models import Compartment, Grant, SealedItem


@dataclass(frozen=True, slots=True)
class Opened:
    """An item and what was in it: `payload` when a dict was sealed, `raw` when bytes were.

    `damaged`: there is something here, and it does not open. One damaged row must not close a whole list.
    """

    item: SealedItem
    kind: str
    payload: dict[str, Any] = field(default_factory=dict, repr=False)
    raw: bytes = field(default=b"", repr=False)
    damaged: bool = False


def open_compartments(
    keyring: Keyring, scopes: Iterable[UUID], kinds: Collection[str] | None = None
) -> dict[UUID, CompartmentKey]:
    """The keys of all epochs this person holds, by compartment id. Two queries.

    Compartments first: with one joined query SQLite walks through every grant of the reader to open a single case.
    """
    rows = Compartment.objects.filter(scope__in=list(scopes))
    found = {row.pk: row for row in (rows if kinds is None else rows.filter(kind__in=kinds))}
    keys = {}
    for grant in Grant.objects.filter(compartment__in=list(found), kid__in=keyring.kids):
        try:
            keys[grant.compartment_id] = keyring.open_compartment(found[grant.compartment_id], grant)
        except CannotOpen:
            continue  # a grant that was moved or forged gives nothing, and must not close the rest of the list
    return keys


def open_items(
    keyring: Keyring,
    scopes: Iterable[UUID],
    *,
    kinds: Collection[str] | None = None,
    slots: Collection[str] | None = None,
) -> dict[UUID, list[Opened]]:
    """By scope, in order of slot number and day. Three queries, whatever the number of scopes."""
    keys = open_compartments(keyring, scopes, kinds)
    items = SealedItem.objects.filter(compartment__in=list(keys))
    if slots is not None:
        items = items.filter(slot__in=slots)
    opened: dict[UUID, list[Opened]] = {}
    for item in items.order_by("made_on", "seq", "id"):
        key = keys[item.compartment_id]
        opened.setdefault(key.compartment.scope, []).append(open_item(key, item))
    return opened


def can_open(keyring: Keyring, scope: UUID, kind: str) -> bool:
    """Whether this person really holds a key to this kind of compartment; a row in the table alone does not count."""
    return bool(open_compartments(keyring, [scope], [kind]))


def open_item(key: CompartmentKey, item: SealedItem) -> Opened:
    kind = key.compartment.kind
    try:
        payload = key.open_payload(item)
    except CannotOpen:
        return Opened(item, kind, damaged=True)
    if isinstance(payload, bytes):
        return Opened(item, kind, raw=payload)
    return Opened(item, kind, payload)
