"""A formal complaint, asked for at every address of the desk by everybody who has no part in it: with the right and
without it they get the bytes of what is not there, and nothing is changed."""

import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haven.complaints import deciding, seats
from haven.complaints.models import Complaint
from haven.people import access
from haven.people.models import User
from haven.rulebook.roles import Right
from haven.trail.models import Entry
from haven.vault.models import Grant, SealedItem
from tests.complaints.conftest import court  # noqa: F401  a fixture
from tests.complaints.court import CHAIR, MEMBERS, MONDAY, SECRET, SECRETARY, Court, Running
from tests.proofs.asking import NO_CASE, NO_FILE, Address, Asker, addresses, body, on_the_wire, sits, without_chance
from tests.proves import proves

METHODS = ("get", "post")
NAMES = {"Vera Klager", "Anton Beklaagd", SECRET}
OURS = {Right.READ_COMPLAINT, Right.KEEP_COMPLAINTS}
PATCHED = (False, True)


def places() -> list[Address]:
    found = [one for one in addresses("desk") if one.audience in OURS and one.of_a_case]
    assert len(found) >= 6
    return found


@pytest.fixture
def running(court: Court) -> Running:  # noqa: F811  the fixture of above
    """With a whole committee; one member stepped out, and the board was ruled out."""
    found = court.started()
    found.committee()
    for who, role in ((court.board(), "board"), (court.portfolio(), "portfolio_holder")):
        seats.appoint(found.by(), who.user, role, on=MONDAY)
    leaving = found.row.seats.get(user=court.accounts[MEMBERS[0]].user)
    seats.step_out(found.by(SECRETARY), leaving, reason="knows the defendant", on=MONDAY)
    deciding.set_facts(found.by(), ["board_member_involved"], on=MONDAY)
    court.member("another committee member")
    court.accounts["supervisor"] = court.supervisor()
    court.accounts["reader"] = court.house.person("Rita Reader")
    return found


def others(running: Running) -> Iterator[tuple[str, Asker]]:
    yield "a stranger", Asker(Client())
    accounts = running.court.accounts
    for name in ("boris board", "petra portfolio", MEMBERS[0], "another committee member", "supervisor", "reader"):
        yield name, sits(accounts[name])
    yield "an administrator", sits(running.court.house.person("Admin", role="administrator", serves=False))


def world(row: Complaint) -> tuple[object, ...]:
    rows = Complaint.objects.filter(pk=row.pk).values_list()
    sealed = SealedItem.objects.filter(compartment__scope=row.pk).count()
    granted = Grant.objects.filter(compartment__scope=row.pk).count()
    return *rows, sealed, granted, Entry.objects.filter(subject=row.reference).count()


def give_every_right(monkeypatch: pytest.MonkeyPatch) -> None:
    def yes(_user: User, _right: Right) -> bool:
        return True

    for module in list(sys.modules.values()):
        if getattr(module, "permits", None) is access.permits and module is not access:
            monkeypatch.setattr(module, "permits", yes)
    monkeypatch.setattr(access, "permits", yes)
    monkeypatch.setattr(User, "may", yes)


@pytest.mark.parametrize("patched", PATCHED, ids=["as it is", "with the permission check patched out"])
@proves("R-001-51", "R-000-21")
def test_who_has_no_part_in_it_gets_the_bytes_of_a_complaint_that_is_not_there(
    running: Running, monkeypatch: pytest.MonkeyPatch, *, patched: bool
) -> None:
    askers, paper = list(others(running)), str(running.start.letter.pk)
    if patched:
        give_every_right(monkeypatch)
    reference, before, wrong = running.row.reference, world(running.row), []
    for name, asker in askers:
        for address in places():
            for method in METHODS:
                with asker.asks(method, address.path(reference, paper, 1)) as answer:
                    there, said = on_the_wire(answer), body(answer).decode(errors="replace")
                    same_world = world(running.row) == before
                with asker.asks(method, address.path(NO_CASE, NO_FILE, 1)) as answer:
                    absent = on_the_wire(answer)
                same = without_chance(there, reference, paper) == without_chance(absent, NO_CASE, NO_FILE)
                if not (same and same_world) or any(one in said for one in NAMES):
                    wrong.append((name, method, address.name))

    assert wrong == []


@proves("R-001-51")
def test_the_list_of_who_has_no_part_in_it_is_that_of_an_empty_house(running: Running) -> None:
    for name, asker in others(running):
        with asker.asks("get", reverse("desk:complaints")) as answer:
            said = body(answer).decode()
        assert not any(one in said for one in (*NAMES, running.row.reference)), name


def test_who_has_a_part_in_it_finds_it_in_a_list_that_asks_as_much_for_three_as_for_one(running: Running) -> None:
    seen, found = set(), {running.row.reference, "Vera Klager"}
    for key in ("officer", CHAIR, SECRETARY):
        with sits(running.court.accounts[key]).asks("get", reverse("desk:complaints")) as answer:
            said = body(answer).decode()
        seen |= {(key, one) for one in found if one in said}
    assert seen == {(key, one) for key in ("officer", CHAIR, SECRETARY) for one in found}

    officer, counts = sits(running.court.accounts["officer"]), []
    for _time in range(3):
        with CaptureQueriesContext(connection) as asked, officer.asks("get", reverse("desk:complaints")):
            counts.append(len(asked))
        running.court.started()
    assert counts[0] == counts[1] == counts[2]


def test_every_address_of_a_complaint_asks_for_its_right() -> None:
    said = {one.name: str(one.audience) for one in addresses("desk") if "complaint" in one.name}

    assert set(said.values()) == {"read_complaint", "keep_complaints"}
    assert [name for name, right in said.items() if right == "keep_complaints"] == ["desk:register_complaint"]
