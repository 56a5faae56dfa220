"""Keys of people without an account: the parties of a complaint.

A bundle is made for somebody who is not there. Its only slot opens with a code that is printed in a letter. At first
use the person chooses a passphrase, gets a printed recovery code, and the code of the letter opens nothing any more.
"""

from contextlib import suppress
from datetime import date
from hmac import compare_digest
from hmac import digest as hmac_digest
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from haven.vault import slots
from haven.vault.context import ctx
from haven.vault.derive import derive
from haven.vault.errors import CannotOpen
from haven.vault.keyring import Keyring
from haven.vault.models import Grant, KeyBundle, KeySlot, UnlockedSession
from haven.vault.readers import Reader, fingerprint
from haven.vault.unlocking import fresh_bundle, open_bundle


@transaction.atomic
def make(on: date, code: str = "") -> tuple[KeyBundle, str]:
    """A saved bundle of nobody's account, and the code for the letter: it is shown once and kept nowhere.

    `code`: made before, for somebody who writes the letter themselves.
    """
    bundle, umk = fresh_bundle(on)
    bundle.save(force_insert=True)
    slot, code = slots.recovery_slot(bundle, umk, on, code)
    slot.save(force_insert=True)
    return bundle, code


@transaction.atomic
def begin(bundle: KeyBundle, code: str, passphrase: str) -> tuple[Keyring, str]:
    """First use: the keyring, and the recovery code to print. Raises CannotOpen, also when it was used before."""
    KeyBundle.objects.select_for_update().get(pk=bundle.pk)
    if has_begun(bundle):
        raise CannotOpen
    umk, today = slots.open_umk(bundle, code), localdate()
    recovery, printed = slots.recovery_slot(bundle, umk, today)
    KeySlot.objects.filter(bundle=bundle).delete()
    KeySlot.objects.bulk_create([slots.passphrase_slot(bundle, passphrase, umk, today), recovery])
    return open_bundle(bundle, umk), printed


def opens(bundle: KeyBundle, code: str) -> bool:
    """Whether this code still opens these keys for the first time."""
    with suppress(CannotOpen):
        return not has_begun(bundle) and bool(slots.open_umk(bundle, code))
    return False


def has_begun(bundle: KeyBundle) -> bool:
    return KeySlot.objects.filter(bundle=bundle, kind=KeySlot.Kind.PASSPHRASE).exists()


@transaction.atomic
def end(bundle: KeyBundle, scope: UUID) -> None:
    """Access ends at once: the grants, the open sessions, every way to open the keys, and the keys."""
    Grant.objects.filter(compartment__scope=scope, kid=bundle.kid).delete()
    UnlockedSession.objects.filter(bundle=bundle).delete()
    KeySlot.objects.filter(bundle=bundle).delete()
    KeyBundle.objects.filter(pk=bundle.pk).update(private_sealed=b"", state=KeyBundle.State.RETIRED)


def pretend(secret: str) -> None:
    """A try at keys that are not there takes as long as one at keys that are."""
    bundle, umk = fresh_bundle(localdate())
    slots.passphrase_slot(bundle, secret, umk, localdate())


def mark(scope: UUID, place: UUID, kid: str) -> bytes:
    """That Haven itself put these keys in this place: who writes in the database cannot put others there."""
    key = derive(settings.STATE_KEY, b"haven/v1/mark")
    return hmac_digest(key, ctx("haven/v1/mark/guest", scope.bytes, place.bytes, kid), "sha256")


def reader(bundle: KeyBundle, scope: UUID, place: UUID, marked: bytes | memoryview) -> Reader:
    """Whom to seal to. Raises CannotOpen when the keys, or the place they are in, are not as Haven made them."""
    public, signs = bytes(bundle.enc_public), bytes(bundle.sign_public)
    if bundle.kid != fingerprint(public, signs) or not compare_digest(bytes(marked), mark(scope, place, bundle.kid)):
        raise CannotOpen
    return Reader(bundle.kid, public)
