"""Who can open what of a complaint, at every moment of its way: every holder of a key tries every part, past the room's
own checks. The table is the promise; the walk is made of the usual deeds. Then the database as a thief has it."""

from collections.abc import Iterator
from typing import Any

import pytest

from haven.complaints import deciding, documents, parties, seats, serving, talking
from haven.complaints.documents import Draft
from haven.complaints.models import Complaint, Document
from haven.complaints.opened import open_complaint
from haven.people import access
from haven.trail.models import Entry
from haven.vault import reading
from haven.vault.models import Compartment
from haven.vault.unlocking import Keyring
from tests.complaints.court import CHAIR, MEMBERS, MONDAY, SECRETARY, Court, Running
from tests.proofs.tables import database
from tests.proves import proves

STATEMENT, DELIBERATED, WITHHELD = "zqstatementwm", "zqdeliberatedwm", "zqthirdpartywm"
ASKED, REPORT = "zqaskedwm", "zqreportwm"
WITNESS, DEFENDANT = "Zqwitness Zqname", "Zqdefendant Zqname"
SECRETS = (STATEMENT, DELIBERATED, WITHHELD, ASKED, REPORT, "Zqwitness", "Zqdefendant", "Zqname")

OFFICERS = frozenset({"officer", "second"})
COMMITTEE = frozenset({SECRETARY, CHAIR, *MEMBERS})
BOARD = frozenset({"boris board", "petra portfolio"})
STRANGERS = ("reader", "counsellor", "supervisor", "hospital")

type Table = dict[str, frozenset[str]]
type Papers = dict[str, Document]
type Moment = tuple[str, Running, Papers, Table]


def walk(court: Court) -> Iterator[Moment]:
    """Each moment: its name, the complaint, the papers by name, and who must be able to open what."""
    running = court.started()
    papers = {"letter": running.start.letter}
    table: Table = dict.fromkeys(("course", "office", "talk:complainant", "party:complainant", "letter"), OFFICERS)
    for part in ("letter", "talk:complainant", "party:complainant"):
        table[part] |= {"complainant"}
    yield "received", running, papers, table

    running.let_in("defendant", parties.invite(running.by(), "defendant", {"name": DEFENDANT}, on=MONDAY))
    table |= {"talk:defendant": OFFICERS | {"defendant"}, "party:defendant": OFFICERS | {"defendant"}}
    yield "invited", running, papers, table

    serving.serve(running.by(), [papers["letter"].pk], on=MONDAY)
    table["letter"] |= {"defendant"}
    yield "served", running, papers, table

    running.committee()
    for part in ("course", "letter", "party:complainant", "party:defendant"):
        table[part] |= COMMITTEE
    table["committee"] = COMMITTEE
    yield "committee", running, papers, table
    yield from _file(court, running, papers, table)


def _file(court: Court, running: Running, papers: Papers, table: Table) -> Iterator[Moment]:
    running.by(CHAIR).keep("committee", "note", {"text": DELIBERATED}, on=MONDAY)
    running.let_in("witness", parties.invite(running.by(SECRETARY), "witness", {"name": WITNESS}, on=MONDAY))
    talking.ask(running.party("defendant"), ASKED, on=MONDAY)
    told = Draft(kind="statement", title="A statement", text=STATEMENT)
    papers["statement"] = documents.file_document(running.party("defendant"), told, on=MONDAY)
    third = Draft(kind="statement", title="Of somebody else", text=WITHHELD, third_party=True)
    papers["third"] = documents.file_document(running.party("complainant"), third, on=MONDAY)
    own = Draft(kind="report", title="Report", text=REPORT, about=running.rows["witness"], within=("committee",))
    papers["report"] = documents.file_document(running.by(SECRETARY), own, on=MONDAY)
    table |= {"talk:witness": OFFICERS | {"witness"}, "party:witness": OFFICERS | COMMITTEE | {"witness"}}
    table |= {
        "statement": OFFICERS | COMMITTEE | {"defendant"},
        "third": OFFICERS | {"complainant"},
        "report": COMMITTEE,
    }
    yield "filed", running, papers, table

    serving.serve(running.by(SECRETARY), [papers["report"].pk], exception="own_report", on=MONDAY)
    table["report"] |= {"witness"}
    yield "own report", running, papers, table
    yield from _boards(court, running, papers, table)


def _boards(court: Court, running: Running, papers: Papers, table: Table) -> Iterator[Moment]:
    for key, role in (("boris board", "board"), ("petra portfolio", "portfolio_holder")):
        running.seat(key, role)
    for part in ("course", "letter", "statement"):
        table[part] |= BOARD
    table["deciding"] = BOARD
    yield "board", running, papers, table

    out = running.row.seats.get(user=court.accounts[MEMBERS[0]].user)
    seats.step_out(running.by(SECRETARY), out, reason="knows the defendant", on=MONDAY)
    table |= {part: who - {MEMBERS[0]} for part, who in table.items()}
    yield "stepped out", running, papers, table

    deciding.set_facts(running.by(), ["board_member_involved"], on=MONDAY)
    table |= {part: who - BOARD for part, who in table.items()}
    yield "board ruled out", running, papers, table


@pytest.fixture
def complete(db: None, a_place_of_its_own: None, settings: Any) -> Court:
    """With everybody who might try, and has keys of their own."""
    court = Court(settings)
    court.board()
    court.portfolio()
    court.accounts["supervisor"] = court.supervisor()
    court.accounts["hospital"] = court.account("hanna hospital", role="board_member", pool="hospital_board")
    court.accounts["reader"] = court.house.person("Rita Reader")
    court.accounts["counsellor"] = court.house.person("Conny", role="confidential_counsellor", serves=False)
    for key in MEMBERS:
        court.member(key)
    return court


def part_of(running: Running, papers: Papers, name: str) -> str:
    """The kind of compartment that goes by this name in the table."""
    if name in papers:
        return papers[name].kind
    kind, _colon, party = name.partition(":")
    return f"{kind}:{running.rows[party].pk.hex}" if party else kind


def rings(running: Running) -> dict[str, Keyring]:
    accounts = {key: one.keyring for key, one in running.court.accounts.items() if one.keyring}
    return accounts | running.rings


def opened_by(running: Running) -> dict[str, set[str]]:
    """The kinds of parts that each ring really opens."""
    scope = [running.row.pk]
    keys = {who: reading.open_compartments(ring, scope) for who, ring in rings(running).items()}
    return {who: {key.compartment.kind for key in found.values()} for who, found in keys.items()}


@proves("R-001-51", "R-001-82", "R-001-105", "R-001-107")
def test_at_every_moment_a_key_opens_what_the_table_says_and_nothing_else(complete: Court) -> None:
    moments = []
    for moment, running, papers, table in walk(complete):
        kinds = opened_by(running)
        for name, who in table.items():
            able = {key for key, found in kinds.items() if part_of(running, papers, name) in found}
            assert able == who, (moment, name)
        known = {part_of(running, papers, name) for name in table}
        rest = (
            Compartment.objects.filter(scope=running.row.pk).exclude(kind__in=known).exclude(kind__startswith="seat:")
        )
        assert list(rest) == []
        moments.append(moment)
    assert moments[-1] == "board ruled out"
    assert len(moments) == 9


@proves("R-001-51")
def test_without_the_permission_check_and_with_a_seat_the_key_still_denies(complete: Court, monkeypatch: Any) -> None:
    monkeypatch.setattr(access, "permits", lambda _user, _right: True)
    *_before, (_moment, running, _papers, _table) = walk(complete)
    for key in (*STRANGERS, *BOARD, MEMBERS[0]):
        who = complete.accounts[key]
        assert who.keyring
        running.row.seats.filter(user=who.user).delete()
        running.row.seats.create(user=who.user, role="board", since=MONDAY, admitted_on=MONDAY, accepted_on=MONDAY)
        with pytest.raises(Complaint.DoesNotExist):
            open_complaint(running.row.reference, keyring=who.keyring, by=who.user)
        assert not Complaint.objects.granted_to(who.keyring).exists()


def test_no_word_of_a_complaint_stands_in_the_database(complete: Court) -> None:
    *_before, (_moment, running, _papers, _table) = walk(complete)

    everything = repr(database())
    assert running.row.reference in everything
    assert [secret for secret in (*SECRETS, "SECRET-OF-THE-LETTER", "Vera", "Beklaagd") if secret in everything] == []
    assert {len(one.subject) for one in Entry.objects.filter(did__startswith="complaint.")} == {9}
