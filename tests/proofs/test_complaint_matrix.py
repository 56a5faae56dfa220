"""Every role of the example's regulation, with every kind of paper that it has, at every moment: filed, served, and
after two ways to end. What each must be able to open is drawn from the regulation; what they open, from their keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from haven.complaints import agreeing, documents, handing, parties, regulation, serving
from haven.complaints.actions import take_step
from haven.complaints.course import Told
from haven.complaints.documents import COMMITTEE_ONLY, EVERYBODY, Draft
from haven.complaints.models import Complaint, Document, Party
from haven.complaints.opened import open_complaint, open_party
from haven.people import access
from haven.rulebook.procedure import Procedure
from haven.vault import reading
from haven.vault.unlocking import Keyring
from tests.complaints.court import CHAIR, MEMBERS, MONDAY, SECRETARY, Court, Running
from tests.proves import proves

COUNCIL, VICE = "maud management", "victor vice"
NEVER_SERVED = "recording"  # only the committee plays it (3.13)
ACCOUNTS = {
    "officer": "complaints_officer", "petra portfolio": "portfolio_holder", "boris board": "board", CHAIR: "chair",
    VICE: "vice_chair", MEMBERS[0]: "member", MEMBERS[1]: "member", SECRETARY: "secretary",
    COUNCIL: "management_council",
}  # fmt: skip
GUESTS = ("complainant", "defendant", "witness", "mediator", "support_person", "legal_adviser")
OUTSIDE = {
    "supervisor": "supervisory_board",
    "counsellor": "confidential_counsellor",
    "reader": "occupational_social_worker",
}


@dataclass(frozen=True)
class Kept:
    """A paper: its kind, and the role it is of, when the regulation has each get their own."""

    kind: str
    own: str
    row: Document


def world(court: Court) -> Running:
    """Somebody in every role; those of the regulation that this complaint does not need have keys and no part in it."""
    running = court.started()
    for key in ("defendant", "witness", "mediator"):
        running.invite(key)
    for role, sees_all in (("support_person", True), ("legal_adviser", False)):
        found = parties.support(running.party("complainant"), role, {"name": role}, sees_all=sees_all, on=MONDAY)
        running.let_in(role, found)
    court.portfolio()
    court.board()
    court.account(COUNCIL, role="management_council", pool="management_councils")
    running.committee()
    court.member(VICE)
    for key in ("petra portfolio", "boris board", VICE, COUNCIL):
        running.seat(key, ACCOUNTS[key])
    court.accounts["supervisor"] = court.supervisor()
    court.accounts["counsellor"] = court.house.person("Conny", role="confidential_counsellor", serves=False)
    court.accounts["reader"] = court.house.person("Rita Reader")
    return running


def filed(running: Running, rules: Procedure) -> list[Kept]:
    """One of each kind; of a kind of which each gets their own, one for each who does."""
    found = [Kept("letter", "", running.start.letter)]
    for kind in (one.key for one in rules.papers if one.key != "letter"):
        owners = [role for one in rules.exceptions if one.own_only and kind in one.documents for role in one.to]
        shared = [] if owners and kind in regulation.one_sided(rules) else [""]
        for own in (*shared, *owners):
            within = COMMITTEE_ONLY if kind == NEVER_SERVED else EVERYBODY
            draft = Draft(kind=kind, title=kind, text=kind, about=running.rows.get(own), within=within)
            found.append(Kept(kind, own, documents.file_document(running.by(SECRETARY), draft, on=MONDAY)))
    return found


def serve(running: Running, rules: Procedure, papers: list[Kept]) -> None:
    """All there is, as far as the regulation lets it go; and the council is handed what it can be."""
    apart = {(kind, one.own_only): one.key for one in rules.exceptions for kind in one.documents}
    for one in papers:
        exception = apart.get((one.kind, bool(one.own)), "")
        if one.kind != NEVER_SERVED:
            serving.serve(running.by(SECRETARY), [one.row.pk], exception=exception, on=MONDAY)
    kinds = regulation.kinds_for(rules, ACCOUNTS[COUNCIL])
    seat = running.row.seats.get(role=ACCOUNTS[COUNCIL])
    handing.hand(running.by(), seat, [one.row.pk for one in papers if one.kind in kinds], on=MONDAY)


def due(rules: Procedure, one: Kept, *, served: bool) -> set[str]:
    """Who must be able to open it."""
    sides = {"committee"} if one.kind == NEVER_SERVED else {"office", "committee", "decider"}
    able = {key for key, role in ACCOUNTS.items() if rules.side(role) in sides}
    able |= {"second"} if "office" in sides else set()
    able |= {"complainant"} if one.kind == "letter" else set()
    if served and one.kind != NEVER_SERVED:
        to = [role for each in rules.exceptions if one.kind in each.documents and not each.own_only for role in each.to]
        able |= {one.own} if one.own else set(to or rules.sides)
        able |= {"support_person"} if "complainant" in able else set()
        able |= {COUNCIL} if one.kind in regulation.kinds_for(rules, ACCOUNTS[COUNCIL]) else set()
    return able


def opened_by(running: Running) -> dict[str, set[str]]:
    rings = {key: one.keyring for key, one in running.court.accounts.items() if one.keyring} | running.rings
    return {key: _kinds(ring, running.row) for key, ring in rings.items()}


def _kinds(ring: Keyring, row: Complaint) -> set[str]:
    return {one.compartment.kind for one in reading.open_compartments(ring, [row.pk]).values()}


def withdrawn(running: Running) -> None:
    take_step(running.party("complainant"), "withdrawn", on=MONDAY)


def solved(running: Running) -> None:
    """Ended by the portfolio holder, because both agreed to a solution."""
    take_step(running.by(), "handed_over", on=MONDAY)
    take_step(
        running.by("petra portfolio"),
        "informal_begun",
        Told(contents={"why_possible": "They worked well together."}),
        on=MONDAY,
    )
    asked = agreeing.ask(running.by(), "informal_solved", "Is it settled?", on=MONDAY)
    for key in ("complainant", "defendant"):
        agreeing.answer(running.party(key), asked, agrees=True, on=MONDAY)
    told = agreeing.agreed(running.by(), "informal_solved")
    assert told
    take_step(running.by("petra portfolio"), "informal_solved", Told(contents={"solution": "A talk."}), on=MONDAY)


def moments(running: Running, rules: Procedure, end: Any) -> Iterator[tuple[str, list[Kept], bool]]:
    papers = filed(running, rules)
    yield "filed", papers, False
    serve(running, rules, papers)
    yield "served", papers, True
    end(running)
    assert running.row.ended_on == MONDAY
    yield "ended", papers, True


@pytest.mark.parametrize("end", [withdrawn, solved])
@proves("R-001-51", "R-001-79", "R-001-82", "R-001-107")
def test_each_role_opens_of_each_kind_at_each_moment_what_the_regulation_says(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, end: Any
) -> None:
    running = world(Court(settings, example=True))
    rules = regulation.of(running.row)
    everybody = {*ACCOUNTS, *GUESTS, *OUTSIDE}
    roles = {*ACCOUNTS.values(), *GUESTS, *OUTSIDE.values()}
    assert roles == {one.key for one in rules.roles}
    monkeypatch.setattr(access, "permits", lambda _user, _right: True)
    wrong, asked = [], 0
    for moment, papers, served in moments(running, rules, end):
        kinds = opened_by(running)
        assert everybody <= set(kinds)
        for who, one in product(sorted(everybody), papers):
            asked += 1
            if (one.row.kind in kinds[who]) != (who in due(rules, one, served=served)):
                wrong.append((moment, who, one.kind, one.own))
        wrong += [(moment, who, "on a page", "") for who in GUESTS if not _on_the_page(running, who) <= kinds[who]]
    assert wrong == []
    assert asked >= 3 * len(everybody) * len(rules.papers)
    _a_seat_is_no_key(running)


def _on_the_page(running: Running, who: str) -> set[str]:
    return {one.row.kind for one in open_party(running.rings[who]).papers}


def _a_seat_is_no_key(running: Running) -> None:
    """A row in a table, made by somebody who administers it, opens nothing."""
    for key in OUTSIDE:
        who = running.court.accounts[key]
        assert who.keyring
        running.row.seats.create(user=who.user, role="chair", since=MONDAY, admitted_on=MONDAY, accepted_on=MONDAY)
        with pytest.raises(Complaint.DoesNotExist):
            open_complaint(running.row.reference, keyring=who.keyring, by=who.user)
    assert Party.objects.filter(complaint=running.row).count() == len(GUESTS)
