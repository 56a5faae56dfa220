"""Everybody, at every address of the parties' door, by both methods. What each gets follows from the side on which they
stand, from whether they accepted confidentiality, and from the key; and nothing else differs by a byte."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from haven.complaints import documents, entering, parties, serving
from haven.complaints.documents import Draft
from haven.complaints.models import Party
from tests.complaints.court import MONDAY, SECRET, SECRETARY, Court, Running
from tests.proofs.asking import NO_FILE, Address, Asker, addresses, body, on_the_wire, sits, without_chance
from tests.proves import proves

METHODS = ("get", "post")
OUTSIDE = {f"parties:{page}" for page in ("enter", "first", "renew", "notes", "close")}
BEFORE = {f"parties:{page}" for page in ("confidential", "questions", "disadvantage")}
OF_A_SIDE = {f"parties:{page}" for page in ("add", "agree", "request")}
OF_A_PAPER = {f"parties:{page}" for page in ("paper", "pdf")}
SIDES = {"complainant", "defendant"}
STATEMENT, REPORT = "zqstatementwm", "zqreportwm"
HERE = {"Sec-Fetch-Site": "same-origin"}


class Got(StrEnum):
    WAY_IN = "the way in"
    ACCEPT = "has to accept confidentiality first"
    NOTHING = "there is nothing here"
    COMES_IN = "comes in"


@dataclass
class Scene:
    """Who is there, and who must be able to read what."""

    askers: dict[str, Asker]
    papers: dict[str, UUID]
    friend: UUID
    running: Running
    reads: dict[str, set[str]] = field(default_factory=dict)


@pytest.fixture
def court(db: None, settings: Any) -> Court:
    return Court(settings)


@pytest.fixture
def scene(court: Court) -> Scene:
    running, other = court.started(), court.started()
    running.invite("defendant")
    serving.serve(running.by(), [running.start.letter.pk], on=MONDAY)
    running.committee()
    running.invite("witness")
    running.invite("late", "defendant", accepts=False)
    found = parties.support(running.party("complainant"), "support_person", {"name": "Friend"}, sees_all=False)
    running.let_in("friend", found)
    gone = parties.support(running.party("complainant"), "support_person", {"name": "Gone"}, sees_all=False)
    running.let_in("gone", gone)
    papers = {"letter": running.start.letter.pk, **_written(running)}
    askers = {name: inside(running, name) for name in ("complainant", "defendant", "witness", "late", "friend", "gone")}
    parties.end_support(running.party("complainant"), gone.party)
    other.rings["of another complaint"] = other.rings["complainant"]
    askers |= {"of another complaint": inside(other, "of another complaint"), "stranger": Asker(Client(headers=HERE))}
    askers["complaints officer"] = sits(court.accounts["officer"])
    reads = {"complainant": {"letter"}, "defendant": {"letter", "statement"}, "witness": {"report"}}
    return Scene(askers, papers, found.party.pk, running, reads)


def _written(running: Running) -> dict[str, UUID]:
    """A statement that was not served yet, and the report of the witness."""
    filed = documents.file_document(running.party("defendant"), Draft(kind="statement", title="", text=STATEMENT))
    own = Draft(kind="report", title="", text=REPORT, about=running.rows["witness"], within=("committee",))
    report = documents.file_document(running.by(SECRETARY), own)
    serving.serve(running.by(SECRETARY), [report.pk], exception="own_report")
    return {"statement": filed.pk, "report": report.pk}


def inside(running: Running, name: str) -> Asker:
    """A browser in which this party came in."""
    client = Client(headers=HERE)
    client.cookies[django_settings.PARTY_COOKIE_NAME] = entering.open_session(running.rings[name])
    return Asker(client, kid=name)


def paths(scene: Scene) -> Iterator[tuple[Address, str, str]]:
    """Every address of the door, with everything that can stand in it: what it is about, and the path."""
    things: dict[str, dict[str, Any]] = {
        "paper": {**scene.papers, "absent": NO_FILE},
        "person": {"friend": scene.friend, "absent": NO_FILE},
        "key": {"withdrawn": "withdrawn", "absent": "decision"},
        "kind": {"request": "separate_hearing", "absent": "no-such-thing"},
        "hearing": {"absent": "0123456789abcdef"},
    }
    for address in (one for one in addresses("letter") if one.name not in OUTSIDE):
        taken = next(iter(address.takes - {"item"}), "")
        more = {"item": NO_FILE} if "item" in address.takes else {}
        for about, value in things[taken].items() if taken else [("", None)]:
            given = {taken: value} if taken else {}
            yield address, about, reverse(address.name, kwargs={**given, **more})


def due(scene: Scene, who: str, address: Address, about: str) -> Got:
    """The promise, in one place."""
    side = who in SIDES or who in {"late", "of another complaint"}
    own = about in scene.reads.get(who, set())
    known = [
        (who in {"stranger", "gone", "complaints officer"}, Got.WAY_IN),
        (address.name in BEFORE, Got.COMES_IN),
        (who == "late", Got.ACCEPT),
        (address.name == "parties:file" or about == "absent", Got.NOTHING),
        (address.name in OF_A_PAPER and not own, Got.NOTHING),
        (address.name in OF_A_SIDE and not side, Got.NOTHING),
        (address.name == "parties:people" and who == "friend", Got.NOTHING),
        (address.name == "parties:person" and who != "complainant", Got.NOTHING),
        (about == "withdrawn" and who not in {"complainant", "of another complaint"}, Got.NOTHING),
    ]
    return next((one for holds, one in known if holds), Got.COMES_IN)


def got(answer: Any) -> Got:
    templates = {template.name for template in getattr(answer, "templates", [])}
    known = [
        (answer.status_code == 404, Got.NOTHING),
        (answer.status_code == 403 and "parties/enter.html" in templates, Got.WAY_IN),
        (answer.headers.get("Location") == reverse("parties:confidential"), Got.ACCEPT),
    ]
    return next((one for holds, one in known if holds), Got.COMES_IN)


@proves("R-001-82", "R-001-105", "R-001-114")
def test_each_party_gets_what_side_confidentiality_and_key_say_and_no_word_more(scene: Scene) -> None:
    words = {"letter": SECRET, "statement": STATEMENT, "report": REPORT}
    is_due, received, leaked, told = {}, {}, set(), set()
    for who, asker in scene.askers.items():
        for address, about, path in paths(scene):
            for method in METHODS:
                cell = f"{who} · {method} · {address.name} · {about}"
                is_due[cell] = due(scene, who, address, about)
                with asker.asks(method, path, {}) as answer:
                    received[cell] = got(answer)
                    said = body(answer).decode(errors="replace")
                found = {name for name, word in words.items() if word in said}
                theirs = {"letter"} if who == "of another complaint" else scene.reads.get(who, set())
                leaked |= {(cell, name) for name in found - theirs}
                told |= {(who, name) for name in found}

    assert received == is_due
    assert set(received.values()) == set(Got)
    assert leaked == set()
    assert told >= {(who, name) for who, names in scene.reads.items() for name in names}


@proves("R-000-21", "R-001-82")
def test_a_document_of_somebody_else_is_the_bytes_of_one_that_is_not_there(scene: Scene) -> None:
    differ = []
    for who, asker in scene.askers.items():
        for name, paper in scene.papers.items():
            if name in scene.reads.get(who, set()):
                continue
            for page in OF_A_PAPER:
                wires = []
                for about in (paper, NO_FILE):
                    with asker.asks("get", reverse(page, kwargs={"paper": about})) as answer:
                        wires.append(on_the_wire(answer))
                # Who is not in gets the way in, with a link to the other language of what they asked for.
                plain = [without_chance(wire, str(paper), NO_FILE) if wire[0] == 403 else wire for wire in wires]
                differ += [(who, name, page)] * (plain[0] != plain[1])

    assert differ == []


def test_a_cookie_of_a_colleague_opens_nothing_here_and_one_of_a_party_nothing_there(court: Court) -> None:
    running = court.started()
    party = inside(running, "complainant")
    officer = sits(court.accounts["officer"])
    secret = officer.client.cookies[django_settings.UNLOCK_COOKIE_NAME].value

    assert party.client.get(reverse("parties:open")).status_code == 200
    crossed = Client(headers=HERE)
    crossed.cookies[django_settings.PARTY_COOKIE_NAME] = secret
    assert crossed.get(reverse("parties:open")).status_code == 403
    assert Party.objects.count() == 1
