"""A complaint that was opened with keys, by somebody with a seat or by a party. Every deed asks for one of the two: who
cannot open it cannot act on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from haven.complaints import insiders
from haven.complaints.models import COURSE, Complaint, Document, Party, Seat
from haven.people.models import User
from haven.vault import reading, sealing
from haven.vault.models import Grant
from haven.vault.reading import Opened
from haven.vault.unlocking import Keyring

type Payload = dict[str, Any]


class NotNow(Exception):
    """The rules do not allow this deed now. The message is a key for the page, never a word of a complaint; `says`
    is the sentence of the regulation, where that is what refuses."""

    def __init__(self, key: str, says: object = None) -> None:
        super().__init__(key)
        self.says = says


@dataclass(frozen=True)
class Paper:
    """A document as somebody holds it: what it is, its words, and its files."""

    row: Document
    on: date
    head: Payload = field(repr=False)
    files: tuple[Opened, ...] = field(default=(), repr=False)
    damaged: bool = False  # its words or one of its files cannot be opened any more

    @property
    def kind(self) -> str:
        return str(self.head.get("kind", ""))

    @property
    def title(self) -> str:
        return str(self.head.get("title", ""))

    @property
    def text(self) -> str:
        return str(self.head.get("text", ""))

    @property
    def sha256(self) -> str:
        """Of the words, as they were fixed on the day it was filed."""
        return str(self.head.get("sha256", ""))


@dataclass(frozen=True)
class Holding:
    """What one keyring opens of one complaint. Lives as long as the request, and prints nothing."""

    row: Complaint
    keyring: Keyring = field(repr=False)
    items: Sequence[Opened] = field(repr=False)

    def of(self, kind: str, slot: str) -> list[Opened]:
        """What lies in a slot of a part, in order. Empty when nothing was said, or when there is no key."""
        found = [one for one in self.items if one.kind == kind and one.item.slot == slot and not one.damaged]
        return sorted(found, key=lambda one: (one.item.seq, one.item.made_on))

    def one(self, kind: str, slot: str) -> Payload:
        found = self.of(kind, slot)
        return found[-1].payload if found else {}

    def keep(self, kind: str, slot: str, payload: Payload, *, on: date) -> None:
        sealing.keep(self.row.pk, kind, slot, payload, on=on, seq=self.row.stamp)

    def held_papers(self) -> list[Paper]:
        """The documents to which these keys open the way. Pages ask for `papers`: that waits for confidentiality."""
        rows = {row.kind: row for row in self.row.documents.select_related("filed_by", "about")}
        held: dict[str, list[Opened]] = {}
        for one in self.items:
            if one.kind in rows:
                held.setdefault(one.kind, []).append(one)
        found = [_paper(rows[kind], items) for kind, items in held.items()]
        return sorted(found, key=lambda one: (one.row.filed_on, str(one.row.pk)))


def _paper(row: Document, items: Sequence[Opened]) -> Paper:
    heads = [one for one in items if one.item.slot == "paper" and not one.damaged]
    head = heads[-1].payload if heads else {}
    files = tuple(one for one in items if one.item.slot == "file")
    return Paper(row, row.filed_on, head, files, any(one.damaged for one in items))


@dataclass(frozen=True)
class OpenComplaint(Holding):
    """For somebody of ours, with the seat that says in which role."""

    by: User
    seat: Seat

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts of the regulation that hold, by key."""
        return frozenset(self.one(COURSE, "facts").get("hold", ()))

    @property
    def head(self) -> Payload:
        """Who complains about whom, the category, the standing, the flags: what stood in the letter, by field."""
        return self.one(COURSE, "head")

    @property
    def entity(self) -> str:
        return str(self.head.get("entity", ""))

    @cached_property
    def people(self) -> dict[UUID, Payload]:
        """What is known of each party, by its id: name, function, relation. What was said last counts."""
        told = self.of(COURSE, "party") + self.of("committee", "party")
        return {UUID(one.payload["party"]): one.payload for one in told}

    def shows_a_hidden_name(self, about: Party | None, words: str) -> bool:
        """Whether a paper is of an anonymous witness, or names one. Who may not know the name cannot find it."""
        known = self.people.get(about.pk, {}) if about else {}
        names = [str(one["name"]) for one in self.people.values() if one.get("pseudonym") and one.get("name")]
        return bool(known.get("anonymous")) or any(name in words for name in names)

    def must_not_name(self, *words: str) -> None:
        """What everybody with a seat, or a party, will read holds no name that was hidden. Raises NotNow."""
        if any(self.shows_a_hidden_name(None, one) for one in words):
            raise NotNow("hidden_name")

    @cached_property
    def papers(self) -> list[Paper]:
        """The documents this person held when it was opened. None before confidentiality was accepted."""
        return self.held_papers() if self.seat.accepted_on else []


@dataclass(frozen=True)
class OpenParty(Holding):
    """For a party, with what was given to them."""

    party: Party

    @property
    def me(self) -> Payload:
        return self.one(self.party.kind, "me")

    @property
    def papers(self) -> list[Paper]:
        """The documents this party was served or filed. None before confidentiality was accepted (R-001-105)."""
        return self.held_papers() if self.party.accepted_on else []

    @property
    def served_on(self) -> dict[UUID, date]:
        """On which day each document was served on this party."""
        return dict(self.party.served.values_list("document", "on"))


def open_complaint(reference: str, *, keyring: Keyring, by: User) -> OpenComplaint:
    """Raises Complaint.DoesNotExist when it is not there, not theirs, or theirs no longer: all take the same steps."""
    row = Complaint.objects.filter(reference=reference).first()
    scope = row.pk if row else uuid4()
    seat = Seat.objects.admitted().filter(complaint=scope, user=by).first()
    held = reading.can_open(keyring, scope, COURSE)
    if row is None:
        Grant.objects.filter(compartment__scope=scope, kid__in=keyring.kids).exists()
    if row is None or seat is None or not held:
        raise Complaint.DoesNotExist
    return _known(_opened(row, keyring, by, seat))


def again(opened: OpenComplaint) -> OpenComplaint:
    """The same as it is now, under the lock of its row: what a page showed a minute ago does not count.

    Raises Complaint.DoesNotExist when the seat or the keys were lost meanwhile.
    """
    row: Complaint = Complaint.objects.select_for_update().get(pk=opened.row.pk)
    seat = Seat.objects.admitted().filter(pk=opened.seat.pk).first()
    if seat is None or not reading.can_open(opened.keyring, row.pk, COURSE):
        raise Complaint.DoesNotExist
    return _known(_opened(row, opened.keyring, opened.by, seat))


def _known(opened: OpenComplaint) -> OpenComplaint:
    """The third lock: whoever may not know of it, whatever rows and keys are left somewhere (R-001-51)."""
    if opened.by.advises in _ruled_out(opened):
        raise Complaint.DoesNotExist
    return opened


def _opened(row: Complaint, keyring: Keyring, by: User, seat: Seat) -> OpenComplaint:
    items = reading.open_items(keyring, [row.pk]).get(row.pk, [])
    return OpenComplaint(row=row, keyring=keyring, items=items, by=by, seat=seat)


def open_party(keyring: Keyring) -> OpenParty:
    """The complaint of the party whose keys these are. Raises Party.DoesNotExist when access has ended."""
    party = Party.objects.present().select_related("complaint", "bundle").get(bundle__kid=keyring.kid)
    items = reading.open_items(keyring, [party.complaint_id]).get(party.complaint_id, [])
    return OpenParty(row=party.complaint, keyring=keyring, items=items, party=party)


def party_again(opened: OpenParty) -> OpenParty:
    """The same under the lock of the complaint. Raises Party.DoesNotExist when access has ended."""
    Complaint.objects.select_for_update().get(pk=opened.row.pk)
    return open_party(opened.keyring)


def listed(keyring: Keyring, *, by: User) -> list[OpenComplaint]:
    """Every complaint of this person, with its course and nothing else of it, the newest first. The number of queries
    does not grow with the list."""
    seats = {one.complaint_id: one for one in Seat.objects.admitted().filter(user=by)}
    rows = Complaint.objects.granted_to(keyring).filter(pk__in=list(seats)).order_by("-received_on", "pk")
    found = {row.pk: row for row in rows}
    items = reading.open_items(keyring, list(found), kinds=(COURSE,))
    every = [OpenComplaint(row, keyring, items.get(pk, []), by, seats[pk]) for pk, row in found.items()]
    return [one for one in every if one.items and one.by.advises not in _ruled_out(one)]


def _ruled_out(opened: OpenComplaint) -> frozenset[str]:
    return insiders.ruled_out_levels(opened.row, opened.facts)
