"""Write and verify the trail: a hash chain whose sealing key moves on with every line (security.md 2.12)."""

import hashlib
import hmac
import json
import secrets
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.trail.models import Entry, Head

_START = bytes(32)


def note(did: str, *, subject: str = "", by: str = "", on: date | None = None) -> None:
    """Add one line, in the caller's transaction: no deed without its line, no line without its deed.

    `by` is the id of a member of staff, the key id of a reader outside, "reporter", or "" for the clock. `subject` is
    the reference of a case.
    """
    head = Head.objects.select_for_update().first() or begin()
    seq, day = head.seq + 1, on or localdate()
    link = _link(seq, bytes(head.hash), day, by, did, subject)
    key = bytes(head.key)
    Entry.objects.create(seq=seq, day=day, actor=by, did=did, subject=subject, hash=link, mac=_seal(key, link))
    Head.objects.filter(pk=head.pk).update(seq=seq, hash=link, key=_next(key))


@transaction.atomic
def note_once(did: str, *, subject: str, by: str) -> None:
    """The same, unless the line stands there already for today: reading a page ten times is one reading day."""
    if not Entry.objects.filter(subject=subject, did=did, actor=by, day=localdate()).exists():
        note(did, subject=subject, by=by)


def begin() -> Head:
    """Start the chain. The first key is what an auditor keeps to verify the whole later."""
    return Head.objects.create(pk=1, hash=_START, key=secrets.token_bytes(32))


def broken_at(first_key: bytes | None = None) -> int | None:
    """The number of the first line that does not follow from the one before, or None.

    Without `first_key` (kept by the auditor) the links and the end are checked; with it the seals as well, and that the
    key of the next line is the one that follows: who cuts off the end cannot go back to a key that was erased.
    """
    previous, key, seq = _START, first_key, 0
    for entry in Entry.objects.order_by("seq").iterator():
        seq += 1
        link = _link(seq, previous, entry.day, entry.actor, entry.did, entry.subject)
        if entry.seq != seq or link != bytes(entry.hash) or (key and _seal(key, link) != bytes(entry.mac)):
            return seq
        previous, key = link, _next(key) if key else None
    return None if _ends_at(seq, previous, key) else seq + 1


def _ends_at(seq: int, link: bytes, key: bytes | None) -> bool:
    """Whether the end is where the lines stop. No end at all is right only before the first line, without a key."""
    head = Head.objects.first()
    if head is None:
        return seq == 0 and key is None
    return (head.seq, bytes(head.hash)) == (seq, link) and (key is None or bytes(head.key) == key)


@transaction.atomic
def first_key() -> bytes:
    """The key the chain starts with, shown once at installation for the auditor to keep."""
    head = Head.objects.select_for_update().first() or begin()
    if head.seq:
        raise RuntimeError("The trail has already begun; its first key is gone, as it should be.")
    return bytes(head.key)


def _link(seq: int, previous: bytes, day: date, *words: str) -> bytes:
    body = json.dumps([seq, previous.hex(), day.isoformat(), *words], separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(body.encode()).digest()


def _seal(key: bytes, link: bytes) -> bytes:
    return hmac.new(key, link, hashlib.sha256).digest()


def _next(key: bytes) -> bytes:
    return hashlib.sha256(b"evolve" + key).digest()
