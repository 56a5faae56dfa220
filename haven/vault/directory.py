"""Who may be sealed to. The part attackers go for: whoever gets a key in here reads all that comes later.

A person is a reader of a route when two present readers of that route, or two roots of the installation ceremony
(settings.VAULT_ROOTS, outside the database), have signed for them, from the day both signatures have taken effect. The
signature is over the route, the keys, the person and the day. A row that does not verify is as if it were not there.

A pool is a route whose people are vouched for by the readers of a team (`team`) or by the roots, never by each other.
"""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from haven.vault.context import ctx
from haven.vault.errors import NotAReader
from haven.vault.keyring import Keyring
from haven.vault.models import Endorsement, KeyBundle
from haven.vault.readers import Reader, fingerprint
from haven.vault.rows import prepared

NEEDED = 2


class _Vouch(NamedTuple):
    """A row of Endorsement, as it stands in the table."""

    route: str
    kid: str
    by_kid: str
    signature: bytes
    effective_on: date
    ended_on: date | None


class PublicKeys(NamedTuple):
    """What a signature speaks of: the public half of a bundle, and whose it is. The state comes after it: retired keys
    read nothing, but what they signed stays good."""

    kid: str
    owner_id: Any
    enc_public: bytes
    sign_public: bytes
    state: str
    owner_is_active: bool

    @property
    def reader(self) -> Reader:
        return Reader(self.kid, self.enc_public)

    @property
    def may_read(self) -> bool:
        return self.state == KeyBundle.State.CURRENT and self.owner_is_active


type _Known = Mapping[str, PublicKeys]  # by kid; only bundles whose kid is the fingerprint of their keys


def endorse(
    keyring: Keyring, route: str, bundle: KeyBundle, effective_on: date, *, team: str | None = None
) -> Endorsement:
    """Vouch for a new reader, who counts from `effective_on` if a second person does the same. Raises NotAReader."""
    present = {reader.kid for reader in readers_of(team or route, timezone.localdate())}
    if keyring.kid not in present | set(settings.VAULT_ROOTS):
        raise NotAReader
    signature = keyring.sign(statement(route, bundle, effective_on))
    row, _ = Endorsement.objects.update_or_create(
        route=route,
        kid=bundle.kid,
        by_kid=keyring.kid,
        defaults={"signature": signature, "effective_on": effective_on, "ended_on": None},
    )
    return row


def leave(route: str, kid: str, on: date) -> None:
    """No longer a reader from `on`. Their own signatures for others stay good. Grants are another matter (revoke)."""
    Endorsement.objects.filter(route=route, kid=kid, ended_on=None).update(ended_on=on)


def readers_of(route: str, on: date, *, team: str | None = None) -> tuple[PublicKeys, ...]:
    """The verified readers on this day. Reads all rows with two queries, every time; verifies the same rows once."""
    vouches = tuple(map(_Vouch._make, _vouches_for(route, team or route)))
    return _present(route, team or route, vouches, _keys(vouches), tuple(settings.VAULT_ROOTS), on)


def unproven() -> list[Endorsement]:
    """Rows whose signature is not what it says: somebody has written in the database. For the nightly verification."""
    rows = list(Endorsement.objects.all())
    vouches = _vouches(rows)
    known = _sound(_keys(vouches))
    return [row for row, vouch in zip(rows, vouches, strict=True) if not _is_signed(vouch, known)]


def ceremony(roots: Iterable[str]) -> str:
    """The fingerprint of the two roots. The trail remembers it (40 characters fit there)."""
    return sha256(ctx("haven/v1/roots", *sorted(roots))).hexdigest()[:40]


def statement(route: str, bundle: KeyBundle | PublicKeys, effective_on: date) -> bytes:
    return ctx("haven/v1/reader", route, bundle.kid, str(bundle.owner_id), effective_on.isoformat())


@prepared
def _vouches_for(*routes: str) -> QuerySet[Any, Any]:
    return Endorsement.objects.filter(route__in=routes).values_list(*_Vouch._fields)


@prepared
def _keys_of(*kids: str) -> QuerySet[Any, Any]:
    wanted = ("kid", "owner_id", "enc_public", "sign_public", "state", "owner__is_active")
    return KeyBundle.objects.filter(kid__in=kids).values_list(*wanted)


def _vouches(rows: Iterable[Endorsement]) -> tuple[_Vouch, ...]:
    return tuple(
        _Vouch(row.route, row.kid, row.by_kid, bytes(row.signature), row.effective_on, row.ended_on) for row in rows
    )


def _keys(vouches: Iterable[_Vouch]) -> tuple[PublicKeys, ...]:
    """The keys these rows speak of, as they stand in the table."""
    kids = {kid for row in vouches for kid in (row.kid, row.by_kid)}
    return tuple(map(PublicKeys._make, _keys_of(*sorted(kids)) if kids else ()))


@lru_cache(maxsize=256)
def _present(  # noqa: PLR0913, PLR0917  everything the answer depends on is handed in
    route: str,
    team: str,
    vouches: tuple[_Vouch, ...],
    keys: tuple[PublicKeys, ...],
    roots: tuple[str, ...],
    on: date,
) -> tuple[PublicKeys, ...]:
    """Who reads on this day. Depends on nothing but what is handed in, so a row that was changed is seen at once."""
    known = _sound(keys)
    signed = [row for row in vouches if _is_signed(row, known)]
    proven = _proven(known, [row for row in signed if row.route == team], roots)
    standing = [row for row in signed if row.route == route and (row.ended_on is None or row.ended_on > on)]
    days = {kid: _since(kid, known, standing, proven, roots) for kid in sorted(known)}
    return tuple(known[kid] for kid, day in days.items() if day is not None and day <= on and known[kid].may_read)


def _sound(keys: Iterable[PublicKeys]) -> dict[str, PublicKeys]:
    return {one.kid: one for one in keys if one.kid == fingerprint(one.enc_public, one.sign_public)}


def _is_signed(row: _Vouch, known: _Known) -> bool:
    of, by = known.get(row.kid), known.get(row.by_kid)
    if of is None or by is None:
        return False
    return _verifies(by.sign_public, row.signature, statement(row.route, of, row.effective_on))


def _proven(known: _Known, sound: list[_Vouch], roots: Container[str]) -> dict[str, date]:
    """Everybody who was ever a reader, with their first day: from the roots outwards, until nobody is added."""
    proven: dict[str, date] = {}
    candidates = {row.kid for row in sound}
    while True:
        added = {
            kid: day
            for kid in candidates - proven.keys()
            if (day := _since(kid, known, sound, proven, roots)) is not None
        }
        if not added:
            return proven
        proven |= added


def _since(
    kid: str, known: _Known, rows: list[_Vouch], proven: Mapping[str, date], roots: Container[str]
) -> date | None:
    """The day on which the second of two good signatures took effect: of two roots, or of two earlier readers."""
    owner = known[kid].owner_id
    about = [row for row in rows if row.kid == kid]
    by_roots = [row for row in about if row.by_kid in roots]
    by_readers = [
        row
        for row in about
        if known[row.by_kid].owner_id != owner and proven.get(row.by_kid, date.max) <= row.effective_on
    ]
    days = [day for signed in (by_roots, by_readers) if (day := _second(known, signed)) is not None]
    return min(days, default=None)


def _second(known: _Known, signed: list[_Vouch]) -> date | None:
    """Two persons must have signed, not two keys of one person, and not one signature in two rows."""
    latest_first = sorted(signed, key=lambda row: row.effective_on, reverse=True)
    days = sorted({known[row.by_kid].owner_id: row.effective_on for row in latest_first}.values())
    return days[NEEDED - 1] if len(days) >= NEEDED else None


@lru_cache(maxsize=4096)
def _verifies(sign_public: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(sign_public).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
