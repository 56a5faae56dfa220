"""A sealed index for each reader: ten thousand cases searched without opening ten thousand compartments.

An entry is sealed under a key of the reader's own bundle. It can be thrown away at any time and made again.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from haven.vault import bodies
from haven.vault.context import ctx
from haven.vault.errors import CannotOpen
from haven.vault.keyring import Keyring
from haven.vault.models import SearchEntry

Part = Literal["head", "text"]


@dataclass(frozen=True, slots=True)
class Found:
    scope: UUID
    stamp: int
    words: str = field(repr=False)


def entry(keyring: Keyring, scope: UUID, stamp: int, *, head: str, text: str) -> SearchEntry:
    """Unsaved. `head`: title, people, summary. `text`: all words. `stamp`: the state of the case they come from."""
    key, kid = keyring.index_key, keyring.kid
    return SearchEntry(
        kid=kid,
        scope=scope,
        stamp=stamp,
        head=bodies.seal_body(key, head.encode(errors="replace"), _aad("head", kid, scope, stamp)),
        text=bodies.seal_body(key, text.encode(errors="replace"), _aad("text", kid, scope, stamp)),
    )


def save(entries: Collection[SearchEntry]) -> None:
    """In one statement; an older entry of the same case is replaced."""
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kid", "scope"], update_fields=["stamp", "head", "text"]
    )


def read(keyring: Keyring, part: Part, scopes: Iterable[UUID] | None = None) -> Iterator[Found]:
    """Every entry of this person, or those of `scopes`. What does not open is left out: it will be made again."""
    rows = SearchEntry.objects.filter(kid=keyring.kid)
    if scopes is not None:
        rows = rows.filter(scope__in=list(scopes))
    key, kid = keyring.index_key, keyring.kid
    for scope, stamp, sealed in rows.values_list("scope", "stamp", part).iterator(chunk_size=2000):
        try:
            words = bodies.open_body(key, sealed, _aad(part, kid, scope, stamp)).decode()
        except CannotOpen:
            continue
        yield Found(scope, stamp, words)


def stamps(keyring: Keyring) -> dict[UUID, int]:
    """Which state of each case is indexed: what differs from the case's own stamp is to be made again."""
    return dict(SearchEntry.objects.filter(kid=keyring.kid).values_list("scope", "stamp"))


def _aad(part: str, kid: str, scope: UUID, stamp: int) -> bytes:
    return ctx("haven/v1/search", part, kid, scope.bytes, stamp)
