"""Key bundles: made once, unlocked by passphrase or recovery code, kept open in a session.

Signing in says who somebody is; unlocking, apart from it, is what lets them open anything.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import date, timedelta
from os import urandom

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from haven.vault import bodies, slots
from haven.vault.context import ctx
from haven.vault.derive import KEY_BYTES, derive
from haven.vault.errors import CannotOpen
from haven.vault.keyring import Keyring
from haven.vault.models import KeyBundle, KeySlot, UnlockedSession

__all__ = [
    "Keyring",
    "change_passphrase",
    "close_all",
    "close_session",
    "make_bundle",
    "new_recovery",
    "open_session",
    "retire",
    "session_keyring",
    "sweep_sessions",
    "unlock",
]

IDLE = timedelta(minutes=20)
AT_MOST = timedelta(hours=8)
_SLIDE = timedelta(minutes=1)  # a session row is not rewritten more often than this


@transaction.atomic
def make_bundle(
    owner: AbstractBaseUser, passphrase: str, costs: Mapping[str, int] | None = None
) -> tuple[KeyBundle, str]:
    """A saved bundle with two slots, and the recovery code to print: it is shown once and kept nowhere."""
    today = timezone.localdate()
    bundle, umk = fresh_bundle(today)
    bundle.owner_id = owner.pk
    bundle.save(force_insert=True)
    recovery, code = slots.recovery_slot(bundle, umk, today)
    KeySlot.objects.bulk_create([slots.passphrase_slot(bundle, passphrase, umk, today, costs), recovery])
    return bundle, code


def fresh_bundle(on: date) -> tuple[KeyBundle, bytes]:
    """An unsaved bundle of nobody yet, with new keys; and the key that its slots are to hold."""
    opens, signs = X25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    keyring, umk = Keyring(opens.private_bytes_raw(), signs.private_bytes_raw()), urandom(KEY_BYTES)
    bundle = KeyBundle(
        kid=keyring.kid,
        enc_public=keyring.reader.public,
        sign_public=signs.public_key().public_bytes_raw(),
        private_sealed=bodies.seal_box(umk, keyring.private_bytes(), _bundle_aad(keyring.kid)),
        made_on=on,
    )
    return bundle, umk


def unlock(bundle: KeyBundle, secret: str) -> Keyring:
    """`secret` is the passphrase or the printed recovery code. Raises CannotOpen."""
    return open_bundle(bundle, slots.open_umk(bundle, secret))


def open_bundle(bundle: KeyBundle, umk: bytes) -> Keyring:
    """With the key that was in one of its slots. Raises CannotOpen."""
    return _keyring(bundle, bodies.open_box(umk, bundle.private_sealed, _bundle_aad(bundle.kid)))


@transaction.atomic
def change_passphrase(bundle: KeyBundle, current: str, new: str) -> None:
    """`current` may be the recovery code: that is what it is for. Ends every open session of the bundle."""
    umk = slots.open_umk(bundle, current)
    _replace(slots.passphrase_slot(bundle, new, umk, timezone.localdate()))
    UnlockedSession.objects.filter(bundle=bundle).delete()


@transaction.atomic
def new_recovery(bundle: KeyBundle, current: str) -> str:
    """A new printed code; the old paper opens nothing from now on."""
    slot, code = slots.recovery_slot(bundle, slots.open_umk(bundle, current), timezone.localdate())
    _replace(slot)
    return code


def open_session(bundle: KeyBundle, keyring: Keyring) -> str:
    """The secret for the cookie. The row cannot be opened without it, and it is nothing without the row."""
    cookie = urlsafe_b64encode(urandom(KEY_BYTES)).decode().rstrip("=")
    now, lookup = timezone.now(), _lookup(cookie)
    sealed = bodies.seal_box(_session_key(cookie), keyring.private_bytes(), _session_aad(lookup, bundle))
    UnlockedSession.objects.create(
        lookup=lookup, bundle=bundle, sealed=sealed, idle_until=now + IDLE, ends_at=now + AT_MOST
    )
    return cookie


def session_keyring(cookie: str) -> Keyring | None:
    """The keyring of this session, if it is still open. Its `owner_id` must be the person who is signed in."""
    session = UnlockedSession.objects.select_related("bundle__owner").filter(lookup=_lookup(cookie)).first()
    if session is None or not _lasts(session):
        return None
    aad = _session_aad(bytes(session.lookup), session.bundle)
    try:
        return _keyring(session.bundle, bodies.open_box(_session_key(cookie), session.sealed, aad))
    except CannotOpen:
        return None


def close_session(cookie: str) -> None:
    UnlockedSession.objects.filter(lookup=_lookup(cookie)).delete()


def close_all(owner: AbstractBaseUser) -> None:
    """At sign-out everywhere, suspension, or a changed role."""
    UnlockedSession.objects.filter(bundle__owner_id=owner.pk).delete()


def sweep_sessions() -> int:
    """Remove the rows of sessions that are over; gives how many."""
    now = timezone.now()
    over = UnlockedSession.objects.filter(ends_at__lte=now) | UnlockedSession.objects.filter(idle_until__lte=now)
    return over.delete()[0]


def retire(bundle: KeyBundle) -> None:
    """The bundle reads nothing new and opens no session any more. Its old signatures stay good."""
    KeyBundle.objects.filter(pk=bundle.pk).update(state=KeyBundle.State.RETIRED)
    UnlockedSession.objects.filter(bundle=bundle).delete()


def _lasts(session: UnlockedSession) -> bool:
    """Whether it may still be used; if so, idle time starts anew."""
    now = timezone.now()
    owner = session.bundle.owner
    usable = session.bundle.state == KeyBundle.State.CURRENT and (owner is None or owner.is_active)
    if not usable or now >= min(session.idle_until, session.ends_at):
        session.delete()
        return False
    if now + IDLE - session.idle_until > _SLIDE:
        UnlockedSession.objects.filter(pk=session.pk).update(idle_until=now + IDLE)
    return True


def _keyring(bundle: KeyBundle, private: bytes) -> Keyring:
    keyring = Keyring(private[:KEY_BYTES], private[KEY_BYTES:], owner_id=bundle.owner_id)
    if keyring.kid != bundle.kid:
        raise CannotOpen
    return keyring


def _replace(slot: KeySlot) -> None:
    KeySlot.objects.filter(bundle=slot.bundle, kind=slot.kind).delete()
    slot.save(force_insert=True)


def _bundle_aad(kid: str) -> bytes:
    return ctx("haven/v1/bundle", kid)


def _lookup(cookie: str) -> bytes:
    return derive(cookie.encode(errors="replace"), b"haven session id")


def _session_key(cookie: str) -> bytes:
    return derive(cookie.encode(errors="replace"), b"haven session key")


def _session_aad(lookup: bytes, bundle: KeyBundle) -> bytes:
    return ctx("haven/v1/session", lookup, bundle.kid, str(bundle.owner_id))
