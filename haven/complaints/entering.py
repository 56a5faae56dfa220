"""How a party comes in: the number on their letter and a secret. Opening the keys is the sign-in; there is no account.

An unknown number, a wrong secret and an access that has ended are one answer, after the same work.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints.models import Party
from haven.complaints.opened import OpenParty, open_party, party_again
from haven.people import patience
from haven.trail import actions as trail
from haven.vault import guests, unlocking
from haven.vault.errors import CannotOpen
from haven.vault.unlocking import Keyring


class TooSoon(Exception):
    """Too many wrong tries for this number. Says how many seconds to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many tries.")
        self.seconds = seconds


@dataclass(frozen=True)
class Begun:
    """First use: the keyring, and the recovery code to print. The code of the letter opens nothing from now on."""

    keyring: Keyring = field(repr=False)
    recovery: str = field(repr=False)


def has_begun(number: str) -> bool:
    """Whether a passphrase was chosen. An unknown number looks like one that has begun: it asks for a passphrase."""
    party = _known(number)
    return party is None or guests.has_begun(party.bundle)


def enter_first_time(number: str, code: str, passphrase: str, *, on: date | None = None) -> Begun:
    """Choose an own passphrase with the code of the letter. Raises CannotOpen or TooSoon."""
    party = _try(number)
    try:
        begun = _begin(party, code, passphrase, on or localdate())
    except CannotOpen:
        patience.failed(_name(number))
        raise
    patience.succeeded(_name(number))
    return begun


@transaction.atomic
def _begin(party: Party | None, code: str, passphrase: str, on: date) -> Begun:
    if party is None:
        raise CannotOpen
    keyring, recovery = guests.begin(party.bundle, code, passphrase)
    Party.objects.filter(pk=party.pk, entered_on__isnull=True).update(entered_on=on)
    trail.note("party.entered", subject=party.complaint.reference, by=f"party {party.number}", on=on)
    return Begun(keyring, recovery)


def enter(number: str, secret: str) -> Keyring:
    """The keyring, by passphrase; or by the printed recovery code, which is then used to choose a new passphrase.

    Raises CannotOpen or TooSoon.
    """
    party = _try(number)
    try:
        keyring = _unlock(party, secret)
    except CannotOpen:
        patience.failed(_name(number))
        raise
    patience.succeeded(_name(number))
    return keyring


def _unlock(party: Party | None, secret: str) -> Keyring:
    """The code of the letter alone does not open anything: it only serves to choose a passphrase."""
    if party is None or not guests.has_begun(party.bundle):
        guests.pretend(secret)
        raise CannotOpen
    return unlocking.unlock(party.bundle, secret)


def open_session(keyring: Keyring) -> str:
    """The secret for the cookie of the door."""
    return unlocking.open_session(Party.objects.present().get(bundle__kid=keyring.kid).bundle, keyring)


def session_keyring(cookie: str) -> Keyring | None:
    """The keyring of this session; None when it is over, or is that of somebody with an account."""
    keyring = unlocking.session_keyring(cookie)
    return keyring if keyring and keyring.owner_id is None else None


@transaction.atomic
def change_passphrase(opened: OpenParty, current: str, new: str) -> None:
    """`current` may be the recovery code. Ends every open session. Raises CannotOpen."""
    unlocking.change_passphrase(opened.party.bundle, current, new)


@transaction.atomic
def new_recovery(opened: OpenParty, current: str) -> str:
    """A new code to print; the old paper opens nothing from now on. Raises CannotOpen."""
    return unlocking.new_recovery(opened.party.bundle, current)


def renew(number: str, secret: str, passphrase: str, *, on: date | None = None) -> Begun:
    """A new passphrase with the recovery code, and a new code to print, since the old paper was used. Ends every open
    session. Raises CannotOpen or TooSoon; a try that failed counts, so it is no part of the transaction."""
    keyring = enter(number, secret)
    with transaction.atomic():
        opened = open_party(keyring)
        change_passphrase(opened, secret, passphrase)
        recovery = new_recovery(opened, passphrase)
        trail.note("party.renewed", subject=opened.row.reference, by=f"party {opened.party.number}", on=on)
    return Begun(keyring, recovery)


@transaction.atomic
def accept_confidentiality(opened: OpenParty, *, on: date | None = None) -> None:
    """The person read what they may not tell others, and agreed (R-001-105). No document opens before."""
    now = party_again(opened).party
    if now.accepted_on is None:
        now.accepted_on = on or localdate()
        now.save(update_fields=["accepted_on"])
        trail.note("party.accepted", subject=opened.row.reference, by=f"party {now.number}", on=on)


def _try(number: str) -> Party | None:
    wait = patience.begin(_name(number))
    if wait:
        raise TooSoon(wait)
    return _known(number)


def _known(number: str) -> Party | None:
    """Also when the complaint has ended: it stays open to its parties until it is forgotten."""
    found = Party.objects.present().select_related("bundle", "complaint")
    return found.filter(number=_normal(number)).first()


def _normal(number: str) -> str:
    digits = "".join(one for one in number if one.isdigit() and one.isascii())[:12]
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def _name(number: str) -> str:
    return f"party-{_normal(number)}"
