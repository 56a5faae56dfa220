"""Everybody, at every address of the desk, by both methods. What each gets follows from the audience of the view and
from the key; and with the permission check patched out, from the key alone."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client

from haven.cases import advisers
from haven.cases.models import Case
from haven.people import access
from haven.people.models import Membership, User
from haven.rulebook.roles import Right
from haven.trail.models import Entry
from haven.vault.models import Grant, SealedItem
from tests.advisers import PROFESSIONALS, adviser
from tests.institution import Institution, Person
from tests.proofs.asking import (
    NO_CASE,
    NO_FILE,
    Address,
    Asker,
    Outcome,
    Wire,
    addresses,
    due,
    on_the_wire,
    outcome,
    sits,
    unlocked_cookie,
    without_chance,
)
from tests.proofs.filled import IDENTITY, WORDS, Filled, fill, open_for
from tests.proves import proves

METHODS = ("get", "post")
INPUT = (
    *("inputs", "one_input", "enter_input", "open_round", "end_round", "take_wording_down"),
    *("input_answer", "input_decide", "input_word", "input_publish"),
)
OVERVIEWS = {
    **{f"desk:overview{deed}": "publish_overviews" for deed in ("s", "", "_file", "_propose", "_agree", "_close")},
    "desk:overview_release": "publish_overviews",
    **{f"desk:contact_point_{page}": "publish_overviews" for page in ("report", "deed", "file")},
    "desk:released": "read_overviews",
    **{f"desk:counsellors_{page}": "counsel" for page in ("report", "deed", "file")},
}
AFTERWARDS = ("check_ins", "no_check_ins", "checked", "look_at", "extend", "decide", "looked_again", "enquire")


@pytest.fixture
def filled(house: Institution) -> Filled:
    """With an adviser who was given it, and one from whom it was taken."""
    filled = fill(house, struck_out=(house.readers[5],))
    filled.advisers = (adviser(house, "Let Go"), adviser(house, "Given", PROFESSIONALS))
    for person in filled.advisers:
        advisers.give(open_for(filled.keeper, filled.case), to=person.user)
    return filled


def everybody(house: Institution, filled: Filled) -> Iterator[tuple[str, Asker]]:
    """One by one: a client, and nothing else, belongs to each."""
    keeper, reader, locked, no_factor = house.readers[:4]
    yield "anonymous", Asker(Client())
    yield "the one who may know the name", sits(keeper)
    yield "a reader", sits(reader)
    yield "a reader who did not unlock", sits(locked, unlocked=False)
    yield "a reader without a second factor", sits(no_factor, second_factor=False)
    yield "struck out", sits(house.readers[5])
    yield "struck out, with the cookie of a reader", sits(house.readers[5], cookie=unlocked_cookie(reader))
    yield "joined later", sits(house.person("Later"))
    yield "coordinator who joined later", sits(house.person("Later Coordinator", role="coordinator"))
    yield "coordinator who reads", sits(reads_and_assigns(house.readers[4]))
    yield "adviser who lost it", sits(filled.advisers[0])
    yield "adviser who has it", sits(filled.advisers[1])
    yield "adviser who never had it", sits(adviser(house, "Never"))
    yield "administrator with keys of their own", sits(house.person("Admin", role="administrator", serves=False))
    yield "reader of another route", sits(of_another_route(house))
    yield "privacy officer", sits(of_another_route(house, "Privacy", role="privacy_officer", route="privacy"))


def of_another_route(
    house: Institution, name: str = "Ombuds", *, role: str = "contact_point", route: str = "ombuds"
) -> Person:
    person = house.person(name, role=role, serves=False)
    Membership.objects.create(user=person.user, route=route)
    return person


def reads_and_assigns(person: Person) -> Person:
    person.user.role_key = "coordinator"
    person.user.save()
    return person


def world(filled: Filled) -> tuple[object, ...]:
    """All of the database that is about the case."""
    rows = Case.objects.filter(pk=filled.case.pk).values_list()
    sealed = SealedItem.objects.filter(compartment__scope=filled.case.pk).count()
    granted = Grant.objects.filter(compartment__scope=filled.case.pk).count()
    return *rows, sealed, granted, Entry.objects.filter(subject=filled.case.reference).count()


def is_refused(address: Address, method: str, person: int) -> bool:
    """By method alone, for everybody alike: asked by a stranger, about a case that is not there."""
    with Asker(Client()).asks(method, address.path(NO_CASE, NO_FILE, person)) as answer:
        return bool(answer.status_code == 405)


ELSEWHERE = {Right.COUNSEL, Right.READ_COMPLAINT, Right.KEEP_COMPLAINTS}
"""At those addresses asks test_counsel.py, and test_complaints_desk.py."""


@dataclass(frozen=True)
class Cell:
    """Who asks where, and how."""

    who: str
    asker: Asker
    address: Address
    method: str
    reads: bool

    def __str__(self) -> str:
        return f"{self.who} · {self.method} · {self.address.name}"


def cells(house: Institution, filled: Filled, door: str) -> Iterator[Cell]:
    places = [one for one in addresses(door) if one.audience not in ELSEWHERE]
    assert len(places) >= 15
    for name, asker in everybody(house, filled):
        reads = bool(asker.kid) and asker.holds(filled, None)
        for address in places:
            for method in METHODS:
                yield Cell(name, asker, address, method, reads)


@dataclass
class Round:
    """Everything was asked once; the tests look at it from different sides. A cell: who, how, and where."""

    got: dict[str, Outcome] = field(default_factory=dict)
    expected: dict[str, Outcome] = field(default_factory=dict)
    of_a_case: set[str] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)  # by somebody who cannot read it
    compared: int = 0  # with a case that is not there
    differ: list[str] = field(default_factory=list)
    leaked: set[tuple[str, str]] = field(default_factory=set)
    told: set[str] = field(default_factory=set)  # to those who can read it


def ask_everywhere(house: Institution, filled: Filled, door: str) -> Round:
    """The permission check is the one that stands when this is called."""
    person, before, asked = house.readers[1].user.pk, world(filled), Round()
    refused = {(a.name, m): is_refused(a, m, person) for a in addresses(door) for m in METHODS}
    for cell in cells(house, filled, door):
        asker, address, method, name = cell.asker, cell.address, cell.method, str(cell)
        asked.of_a_case |= {name} if address.of_a_case else set()
        asked.expected[name] = due(asker, address, filled, refused=refused[address.name, method], may=User.may)
        with asker.asks(method, address.path(filled.case.reference, filled.item, person)) as answer:
            asked.got[name], there = outcome(answer, address), on_the_wire(answer)
            # A reader who was struck out takes a colleague off the list all the same: keys go, and nothing shows it.
            if not (cell.reads or address.name == "desk:leave" or world(filled) == before):
                asked.changed.append(name)
        listen(asked, cell, filled, there)
        if address.of_a_case and not cell.reads:
            asked.compared += 1
            with asker.asks(method, address.path(NO_CASE, NO_FILE, person)) as answer:
                asked.differ += [] if is_as_absent(filled, there, on_the_wire(answer)) else [name]
    return asked


def listen(asked: Round, cell: Cell, filled: Filled, there: Wire) -> None:
    """Which words were in the answer, and which of them this person may not know."""
    _status, content, headers, cookies = there
    said = content.decode(errors="replace") + repr(headers) + cookies
    address, asker = cell.address, cell.asker
    found = {word for word in secrets(filled, asked=address.of_a_case or address.of_an_extract) if word in said}
    asked.told |= found if cell.reads else set()
    if cell.reads:
        found &= set() if asker.holds(filled, Right.REVEAL) else IDENTITY
    asked.leaked |= {(str(cell), word) for word in found}


def is_as_absent(filled: Filled, there: Wire, absent: Wire) -> bool:
    if there[0] == 404:
        return there == absent
    # Who has to sign in or unlock first is sent back to what they asked for.
    return without_chance(there, filled.case.reference, filled.item) == without_chance(absent, NO_CASE, NO_FILE)


def yes(_user: User, _right: Right) -> bool:
    return True


@pytest.fixture
def nothing_is_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """The permission check says yes to everything, wherever it is asked."""
    for module in list(sys.modules.values()):
        if getattr(module, "permits", None) is access.permits and module is not access:
            monkeypatch.setattr(module, "permits", yes)
    monkeypatch.setattr(access, "permits", yes)
    monkeypatch.setattr(User, "may", yes)


_asked: dict[tuple[str, bool], Round] = {}


@pytest.fixture
def asked(request: pytest.FixtureRequest, db: None) -> Callable[..., Round]:
    """The round at a door, as it is or with nothing forbidden: thousands of answers, so for all tests together once."""

    def everywhere(door: str = "desk", *, forbidden: bool = True) -> Round:
        if (door, forbidden) not in _asked:
            house, filled = (request.getfixturevalue(name) for name in ("house", "filled"))
            if not forbidden:
                request.getfixturevalue("nothing_is_forbidden")
            _asked[door, forbidden] = ask_everywhere(house, filled, door)
        return _asked[door, forbidden]

    return everywhere


@proves("R-000-19", "R-000-21", "R-002-13", "R-002-17")
def test_everybody_gets_what_audience_and_key_say(asked: Callable[..., Round]) -> None:
    assert asked().got == asked().expected
    assert set(asked().got.values()) == set(Outcome)


@proves("R-000-21", "R-002-13", "R-002-17")
def test_who_may_not_open_it_gets_the_bytes_of_a_case_that_is_not_there(asked: Callable[..., Round]) -> None:
    assert (asked().differ, asked().changed) == ([], [])
    assert asked().compared > 500


@pytest.mark.parametrize("door", ["desk", "sign-in"])
@pytest.mark.parametrize("forbidden", [True, False], ids=["as it is", "with the permission check patched out"])
@proves("R-000-19", "R-000-21", "R-002-17")
def test_no_word_of_the_case_reaches_who_has_no_key(asked: Callable[..., Round], door: str, *, forbidden: bool) -> None:
    found = asked(door, forbidden=forbidden)
    assert (found.leaked, found.changed) == (set(), [])
    assert door == "sign-in" or found.told >= set(WORDS.values()) - IDENTITY - {WORDS["letter"]}


def secrets(filled: Filled, *, asked: bool) -> set[str]:
    """Whoever asks by the reference may be answered with it, and with nothing else."""
    return filled.everything - {filled.case.reference, filled.item} if asked else filled.everything


@proves("R-000-21", "R-002-17")
def test_with_every_right_the_key_alone_decides(asked: Callable[..., Round]) -> None:
    found = asked(forbidden=False)
    assert len(found.of_a_case) > 500
    assert {cell: found.got[cell] for cell in found.of_a_case} == {
        cell: found.expected[cell] for cell in found.of_a_case
    }


@proves("R-002-17")
def test_each_deed_asks_for_its_own_right() -> None:
    """The matrix believes what a view says of itself; this says what it has to say."""
    deeds = {
        **{f"desk:{page}": "lead_advisers" for page in ("advisers", "adviser", "training", "adviser_log")},
        "desk:figures": "read_register",
        **{f"desk:{page}": "input" for page in INPUT},
        **{f"desk:{page}": "advise" for page in ("my_profile", "my_log")},
        **{f"desk:{deed}": "assign" for deed in ("give", "recall", "give_cases")},
        **{f"desk:{right}": right for right in ("screen", "answer", "note", "assign", "reveal", "close", "endorse")},
        **{f"desk:{page}": "read_case" for page in ("inbox", "search", "case", "file", "step_back")},
        "desk:attempt": "record_attempt",
        "desk:act": "record_attempt",
        **{f"desk:{page}": "screen" for page in ("kind", "assess", "duty")},
        **{f"desk:{page}": "note" for page in ("link", "unlink", "tag", "remind", "looked")},
        **{f"desk:{page}": "close" for page in ("reopen", "spam")},
        **{f"desk:{page}": "export" for page in ("export", "redacted")},
        **{f"desk:{form}_text": form for form in ("answer", "note")},
        **{f"desk:{page}": "read_case" for page in ("filters", "print", "feed_address")},
        **{f"desk:{deed}": "ask_consent" for deed in ("ask", "refer", "hand_over", "stop", "signpost", "introduced")},
        **{f"desk:{deed}": "disclose_risk" for deed in ("risk", "review")},
        **{f"desk:{page}": "read_case" for page in ("second", "referred", "referred_file", "give_back", "asked")},
        **{f"desk:{deed}": "answer" for deed in AFTERWARDS},
        **{f"desk:{page}": "endorse" for page in ("leave", "away")},
        **OVERVIEWS,
        **{f"desk:{page}": "manage_people" for page in ("set_unit", "invite", "start_anew")},
    }

    said = {address.name: str(address.audience) for address in addresses("desk")}

    assert {name: said[name] for name in deeds} == deeds
