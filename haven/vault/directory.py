"""Who may be sealed to. The part attackers go for: whoever gets a key in here reads all that comes later.

A person is a reader of a route when two present readers of that route, or two roots of the installation ceremony
(settings.VAULT_ROOTS, outside the database), have signed for them, from the day both signatures have taken effect. The
signature is over the route, the keys, the person and the day. A row that does not verify is as if it were not there.

A pool is a route whose people are vouched for by the readers of a team (`team`) or by the roots, never by each other.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from haven.vault.context import ctx
from haven.vault.errors import NotAReader
from haven.vault.keyring import Keyring
from haven.vault.models import Endorsement, KeyBundle
from haven.vault.readers import fingerprint

NEEDED = 2
type _Known = Mapping[str, KeyBundle]  # by kid; only bundles whose kid is the fingerprint of their keys


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


def readers_of(route: str, on: date, *, team: str | None = None) -> list[KeyBundle]:
    """The verified readers on this day, with their owners. Two queries; signatures are verified once a process."""
    sound, known = _sound(Endorsement.objects.filter(route__in={route, team or route}))
    proven = _proven(known, [row for row in sound if row.route == (team or route)])
    standing = [row for row in sound if row.route == route and (row.ended_on is None or row.ended_on > on)]
    present = [kid for kid in known if (day := _since(kid, known, standing, proven)) is not None and day <= on]
    return [known[kid] for kid in sorted(present) if _may_read(known[kid])]


def unproven() -> list[Endorsement]:
    """Rows whose signature is not what it says: somebody has written in the database. For the nightly verification."""
    rows = list(Endorsement.objects.all())
    sound = {row.pk for row in _sound(rows)[0]}
    return [row for row in rows if row.pk not in sound]


def ceremony(roots: Iterable[str]) -> str:
    """The fingerprint of the two roots. The trail remembers it (40 characters fit there)."""
    return sha256(ctx("haven/v1/roots", *sorted(roots))).hexdigest()[:40]


def statement(route: str, bundle: KeyBundle, effective_on: date) -> bytes:
    return ctx("haven/v1/reader", route, bundle.kid, str(bundle.owner_id), effective_on.isoformat())


def _sound(rows: Iterable[Endorsement]) -> tuple[list[Endorsement], dict[str, KeyBundle]]:
    """The rows whose signature verifies, and the bundles they speak of."""
    rows = list(rows)
    kids = {row.kid for row in rows} | {row.by_kid for row in rows}
    found = KeyBundle.objects.filter(kid__in=kids).select_related("owner")
    bundles = {one.kid: one for one in found if one.kid == fingerprint(one.enc_public, one.sign_public)}
    return [row for row in rows if _is_signed(row, bundles)], bundles


def _is_signed(row: Endorsement, bundles: _Known) -> bool:
    of, by = bundles.get(row.kid), bundles.get(row.by_kid)
    if of is None or by is None:
        return False
    return _verifies(bytes(by.sign_public), bytes(row.signature), statement(row.route, of, row.effective_on))


def _proven(known: _Known, sound: list[Endorsement]) -> dict[str, date]:
    """Everybody who was ever a reader, with their first day: from the roots outwards, until nobody is added."""
    proven: dict[str, date] = {}
    candidates = {row.kid for row in sound}
    while True:
        added = {
            kid: day for kid in candidates - proven.keys() if (day := _since(kid, known, sound, proven)) is not None
        }
        if not added:
            return proven
        proven |= added


def _since(kid: str, known: _Known, rows: list[Endorsement], proven: Mapping[str, date]) -> date | None:
    """The day on which the second of two good signatures took effect: of two roots, or of two earlier readers."""
    owner = known[kid].owner_id
    about = [row for row in rows if row.kid == kid]
    by_roots = [row for row in about if row.by_kid in settings.VAULT_ROOTS]
    by_readers = [
        row
        for row in about
        if known[row.by_kid].owner_id != owner and proven.get(row.by_kid, date.max) <= row.effective_on
    ]
    days = [day for signed in (by_roots, by_readers) if (day := _second(known, signed)) is not None]
    return min(days, default=None)


def _second(known: _Known, signed: list[Endorsement]) -> date | None:
    """Two persons must have signed, not two keys of one person, and not one signature in two rows."""
    latest_first = sorted(signed, key=lambda row: row.effective_on, reverse=True)
    days = sorted({known[row.by_kid].owner_id: row.effective_on for row in latest_first}.values())
    return days[NEEDED - 1] if len(days) >= NEEDED else None


def _may_read(bundle: KeyBundle) -> bool:
    return bundle.state == KeyBundle.State.CURRENT and bundle.owner.is_active


@lru_cache(maxsize=4096)
def _verifies(sign_public: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(sign_public).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
