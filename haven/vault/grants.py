"""Give access, take it away, and start a new epoch. All in the caller's transaction."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from haven.vault.errors import CannotOpen
from haven.vault.keyring import Keyring, pouch_to
from haven.vault.models import Compartment, Grant, SearchEntry
from haven.vault.readers import Reader
from haven.vault.reading import open_compartments
from haven.vault.sealing import fresh, newest


def regrant(keyring: Keyring, scope: UUID, kinds: Collection[str], to: Iterable[Reader]) -> None:
    """Give `to` what the giver can open, in every epoch the giver holds.

    Raises CannotOpen when the giver cannot open one of `kinds` at all: nobody passes on what they do not have.
    """
    keys = open_compartments(keyring, [scope], kinds)
    if {key.compartment.kind for key in keys.values()} != set(kinds):
        raise CannotOpen
    readers = list(to)
    grants = [
        Grant(compartment_id=compartment, kid=reader.kid, envelope=key.seal_for(reader, pouch))
        for reader, pouch in ((reader, pouch_to(reader, scope)) for reader in readers)
        for compartment, key in keys.items()
    ]
    Grant.objects.bulk_create(grants, ignore_conflicts=True)
    forget_search(scope, [reader.kid for reader in readers])


def revoke(scope: UUID, kids: Collection[str], *, kinds: Collection[str] | None = None) -> None:
    """From the next request on these readers open nothing of this scope, or nothing of these kinds.

    What was read was read. A new epoch keeps later words from somebody who copied the key.
    """
    grants = Grant.objects.filter(compartment__scope=scope, kid__in=kids)
    if kinds is not None:
        grants = grants.filter(compartment__kind__in=kinds)
    grants.delete()
    forget_search(scope, kids)


def new_epoch(keyring: Keyring, scope: UUID, kind: str, readers: Iterable[Reader], on: date) -> Compartment:  # noqa: ARG001  every deed has a day
    """A fresh key pair for what comes from now on. Raises CannotOpen for who cannot open the present epoch."""
    present = newest(scope, kind)
    if present.id not in open_compartments(keyring, [scope], [kind]):
        raise CannotOpen
    compartment, grants = fresh(scope, kind, present.epoch + 1, readers)
    compartment.save(force_insert=True)
    Grant.objects.bulk_create(grants)
    return compartment


def kids_of(scope: UUID, kind: str) -> set[str]:
    """Which key ids stand beside this kind of compartment. To seal something new, ask the directory instead:
    a row here proves nothing."""
    return set(Grant.objects.filter(compartment__scope=scope, compartment__kind=kind).values_list("kid", flat=True))


def forget_search(scope: UUID, kids: Collection[str]) -> None:
    """The search entry holds what the reader could open before; it is made again from what they can open now."""
    SearchEntry.objects.filter(scope=scope, kid__in=kids).delete()
