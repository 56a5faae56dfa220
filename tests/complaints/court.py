"""Everybody whom a complaint needs, with keys: officers, boards, a committee; and a letter to begin with."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from haven.complaints import entering, parties, seats
from haven.complaints.documents import Draft, file_document
from haven.complaints.letter import Letter, Person
from haven.complaints.models import Complaint, Party, Seat
from haven.complaints.opened import OpenComplaint, OpenParty, open_complaint, open_party
from haven.complaints.serving import serve
from haven.complaints.starting import Started, start
from haven.people.models import Membership
from haven.rulebook import shelf
from haven.vault import directory
from haven.vault.unlocking import Keyring
from tests.complaints import small
from tests.institution import LONG_AGO, Institution
from tests.institution import Person as Account

OWN_LETTERS = {
    "receipt": ("complainant", "receipt"),
    "information_complainant": ("complainant", "own_rights"),
    "information_defendant": ("defendant", "own_rights"),
    "invitation_complainant": ("complainant", "own_invitation"),
    "invitation_defendant": ("defendant", "own_invitation"),
    "invitation_witness": ("witness", "own_invitation"),
}
RIGHTS = ("receipt", "information_complainant", "information_defendant")
INVITATIONS = ("invitation_complainant", "invitation_defendant")
"""Each for whom, and by which exception of the regulation to them alone."""

MONDAY = date(2026, 3, 2)
SECRET = "SECRET-OF-THE-LETTER"
PASS = "a passphrase of a party"
SECRETARY, CHAIR, MEMBERS = "simon secretary", "carla chair", ("mark member", "mia member")


def letter(**more: Any) -> Letter:
    told: dict[str, Any] = {
        "complainant": Person(name="Vera Klager", relation="employee", employed=True, mail="vera@example.org"),
        "defendants": (Person(name="Anton Beklaagd", function="Lecturer", relation="employee", employed=True),),
        "description": f"He shouted at me in every meeting. {SECRET}",
        "steps_taken": "none",
        "invoked": True,
        "kind": "complaint",
        "entity": "university",
        "categories": ("aggression",),
        "incident_to": date(2026, 2, 1),
        "received_on": MONDAY,
        "language": "en",
    }
    return Letter(**told | more)


def sends_letters(opened: OpenComplaint, *kinds: str, on: date | None = None) -> None:
    """In the file and served on whom they are for. Their words are tested elsewhere."""
    for kind in kinds or RIGHTS:
        role, exception = OWN_LETTERS[kind]
        for party in opened.row.parties.filter(role=role):
            draft = Draft(kind=kind, title="", text=f"The words of {kind}", about=party)
            paper = file_document(opened, draft, on=on)
            serve(opened, [paper.pk], exception=exception, on=on)


@dataclass
class Court:
    """`settings` is pytest-django's fixture. People are made when they are asked for."""

    settings: Any
    example: bool = False  # the regulation of the example, and not the smallest that can be
    house: Institution = field(init=False)
    accounts: dict[str, Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.example:
            shelf.put(replace(shelf.current(), procedures=small.regulation()))
        self.house = Institution(self.settings, route="complaints_officer")
        names = ("Olga Officer", "Otto Officer")
        self.house.readers = [self.house.person(name, role="complaints_officer") for name in names]
        self.house.with_readers(2)
        self.accounts["officer"], self.accounts["second"] = self.house.readers

    def account(self, key: str, *, role: str, pool: str) -> Account:
        """Somebody of a pool, confirmed by the two officers."""
        if key not in self.accounts:
            one = self.house.person(key.title(), role=role, serves=False)
            Membership.objects.create(user=one.user, route=pool)
            for root in self.house.readers[:2]:
                assert root.keyring
                team = "complaints_officer"
                directory.endorse(root.keyring, pool, one.user.key_bundles.get(), LONG_AGO, team=team)
            self.accounts[key] = one
        return self.accounts[key]

    def board(self, key: str = "boris board") -> Account:
        return self.account(key, role="board_member", pool="university_board")

    def portfolio(self) -> Account:
        return self.account("petra portfolio", role="portfolio_holder", pool="university_board")

    def supervisor(self) -> Account:
        return self.account("sara supervisor", role="supervisory_board", pool="university_supervisors")

    def member(self, key: str) -> Account:
        return self.account(key, role="committee_member", pool="complaints_committee")

    def secretary(self) -> Account:
        return self.account("simon secretary", role="committee_secretary", pool="committee_secretaries")

    def started(self, **more: Any) -> "Running":
        """A complaint from the site, with a defendant who was invited; both came in and accepted."""
        court = Running(self, start(letter(**more), on=more.get("received_on", MONDAY)))
        court.let_in("complainant", court.start.invitation)
        return court


@dataclass
class Running:
    court: Court
    start: Started
    rings: dict[str, Keyring] = field(default_factory=dict)
    rows: dict[str, Party] = field(default_factory=dict)

    @property
    def row(self) -> Complaint:
        return Complaint.objects.get(pk=self.start.complaint.pk)

    def by(self, key: str = "officer") -> OpenComplaint:
        """The complaint as somebody of ours opens it now."""
        who = self.court.accounts[key]
        assert who.keyring
        return open_complaint(self.start.complaint.reference, keyring=who.keyring, by=who.user)

    def party(self, key: str) -> OpenParty:
        return open_party(self.rings[key])

    def let_in(self, key: str, invitation: parties.Invitation, *, accepts: bool = True, on: date = MONDAY) -> OpenParty:
        begun = entering.enter_first_time(invitation.number, invitation.code, PASS, on=on)
        self.rings[key], self.rows[key] = begun.keyring, invitation.party
        if accepts:
            entering.accept_confidentiality(self.party(key), on=on)
        return self.party(key)

    def seat(self, key: str, role: str, *, by: str = "officer", expertise: tuple[str, ...] = ()) -> Seat:
        """Asked, declared and admitted."""
        who = self.court.accounts[key]
        seat = seats.appoint(self.by(), who.user, role, expertise=expertise, on=MONDAY)
        if seat.admitted_on is None:
            assert who.keyring
            seats.declare(seat, who.keyring, who.user, independent=True, accepts=True, on=MONDAY)
            seats.admit(self.by(by), seat, on=MONDAY)
        return seat

    def committee(self, *members: str) -> None:
        self.court.secretary()
        self.seat(SECRETARY, "secretary")
        for key in (CHAIR, *(members or MEMBERS)):
            self.court.member(key)
            self.seat(key, "chair" if key == CHAIR else "member", by=SECRETARY)

    def invite(self, key: str, role: str | None = None, **more: Any) -> OpenParty:
        found = parties.invite(self.by(), role or key, {"name": key.title(), "mail": "x@example.org"}, on=MONDAY)
        return self.let_in(key, found, **more)
