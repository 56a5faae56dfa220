"""Write and verify the trail: a hash chain whose sealing key moves on with every line (security.md 2.12)."""

import hashlib
import hmac
import json
import secrets
from datetime import date
from itertools import starmap
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from django.utils.timezone import localdate

from haven.trail.models import Entry, Head
from haven.vault.rows import change, insert, prepared

SOUND, UNSOUND = NIGHTLY = ("store.sound", "store.unsound")  # about nobody: at such a line the trail may begin
FORGOTTEN = "trail.forgotten"
LONGEST = 100  # years; what says that it was more was not written here
STANDING = ("keys.rooted",)  # what holds for ever: said again before its line goes

_START = bytes(32)


def note(did: str, *, subject: str = "", by: str = "", on: date | None = None) -> None:
    """Add one line, in the caller's transaction: no deed without its line, no line without its deed.

    `by` is the id of a member of staff, the key id of a reader outside, "reporter", or "" for the clock. `subject` is
    the reference of a case. Raises TransactionManagementError outside a transaction: there the end of the chain would
    be anybody's.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError
    head = next(starmap(Head, _locked_head()), None) or begin()
    seq, day = head.seq + 1, on or localdate()
    link = _link(seq, bytes(head.hash), day, by, did, subject)
    key = bytes(head.key)
    insert([Entry(seq=seq, day=day, actor=by, did=did, subject=subject, hash=link, mac=_seal(key, link))])
    change(Head, {"seq": seq, "hash": link, "key": _next(key)}, id=head.pk)


@transaction.atomic
def note_once(did: str, *, subject: str, by: str, on: date | None = None) -> None:
    """The same, unless the line stands there already for that day: reading a page ten times is one reading day."""
    day = on or localdate()
    if not Entry.objects.filter(subject=subject, did=did, actor=by, day=day).exists():
        note(did, subject=subject, by=by, on=day)


@prepared
def _locked_head() -> QuerySet[Any, Any]:
    return Head.objects.select_for_update().values_list("pk", "seq", "hash", "key")[:1]


def begin() -> Head:
    """Start the chain. The first key is what an auditor keeps to verify the whole later."""
    return Head.objects.create(pk=1, hash=_START, key=secrets.token_bytes(32))


@transaction.atomic
def forget(years: int, *, on: date) -> int:
    """Remove the lines that are older than so many years; gives how many.

    The trail then begins with the newest line of a nightly verification that is old enough: it speaks of nobody, and
    its day, sealed like every other, proves that all before it was old enough to go.
    """
    head = Head.objects.select_for_update().first()
    nights = Entry.objects.filter(did__in=NIGHTLY, actor="", subject="", day__lte=_years_before(on, years))
    first = nights.order_by("seq").last()
    if head is None or first is None or first.seq <= head.gone + 1:
        return 0
    going = Entry.objects.filter(seq__lt=first.seq)
    for line in [going.filter(did=did).order_by("seq").last() for did in STANDING]:
        if line and not Entry.objects.filter(did=line.did, seq__gte=first.seq).exists():
            note(line.did, subject=line.subject, on=on)
    anchor = going.get(seq=first.seq - 1).hash
    gone, _rows = going.delete()
    Head.objects.filter(pk=head.pk).update(gone=first.seq - 1, anchor=anchor)
    note(FORGOTTEN, subject=f"{first.seq} {years}", on=on)
    return gone


def begins() -> tuple[int, date, int] | None:
    """The first line that is kept, the day on which those before it were forgotten, and after how many years: as the
    trail itself says it. None when nothing was forgotten yet, or what it says makes no sense."""
    said = Entry.objects.filter(did=FORGOTTEN).order_by("seq").last()
    seq, _space, years = said.subject.partition(" ") if said else ("", "", "")
    return (int(seq), said.day, int(years)) if said and seq.isdecimal() and years.isdecimal() else None


def broken_at(first_key: bytes | None = None) -> int | None:
    """The number of the first line that does not follow from the one before, or None.

    Without `first_key` (kept by the auditor) the links, the beginning and the end are checked; with it the seals as
    well, and that the key of the next line is the one that follows: who cuts off the end cannot go back to a key that
    was erased, and who cuts off more of the beginning has no line with a day that allows it.
    """
    head = Head.objects.first()
    seq, previous = (head.gone, bytes(head.anchor)) if head else (0, _START)
    if not _begins_rightly(seq, previous):
        return seq + 1
    key = _moved_on(first_key, seq) if first_key else None
    for entry in Entry.objects.order_by("seq").iterator():
        seq += 1
        link = _link(seq, previous, entry.day, entry.actor, entry.did, entry.subject)
        if entry.seq != seq or link != bytes(entry.hash) or (key and _seal(key, link) != bytes(entry.mac)):
            return seq
        previous, key = link, _next(key) if key else None
    return None if _ends_at(seq, previous, key) else seq + 1


def _begins_rightly(gone: int, anchor: bytes) -> bool:
    """Whether what is missing at the beginning was old enough on the day on which it went."""
    if not gone:
        return anchor == _START
    first, said = Entry.objects.order_by("seq").first(), begins()
    if first is None or said is None or first.did not in NIGHTLY or first.actor or first.subject:
        return False
    seq, day, years = said
    if not (first.seq == seq == gone + 1 and day <= localdate() and 0 < years <= LONGEST):
        return False
    return first.day <= _years_before(day, years)


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


def _moved_on(key: bytes, steps: int) -> bytes:
    for _step in range(steps):
        key = _next(key)
    return key


def _next(key: bytes) -> bytes:
    return hashlib.sha256(b"evolve" + key).digest()


def _years_before(day: date, years: int) -> date:
    """The 29th of February becomes the 28th: nothing goes too early."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - years, day=last)
