"""The canary run of a formal complaint: a unique word in everything that people say at the desk and in the parties'
door, in letters, papers and files. Afterwards none of them lies in the database, the files, the mails, the log, an
address, a title, or the name of what is downloaded."""

import re
from typing import Any

import pytest
from django.conf import settings as ours
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haven.notices import actions as notices
from tests.complaints.at_the_door import the_form
from tests.complaints.conftest import teller  # noqa: F401  a fixture
from tests.complaints.court import CHAIR, SECRETARY
from tests.complaints.teller import BOARD, PORTFOLIO, Teller
from tests.complaints.way import LETTER
from tests.proofs.asking import NO_FILE
from tests.proofs.tables import database
from tests.proves import proves

WORDS = {
    name: f"zq{name}kw"
    for name in (
        "told", "done", "address", "scan", "inside", "reasons", "consulted", "statement", "stated", "question",
        "answer", "wish", "whom", "friend", "disadvantage", "title", "paper", "letter", "asked", "physician",
        "what", "hidden", "afraid", "wrong", "report",
    )
}  # fmt: skip
COMPLAINANT, DEFENDANT, WITNESS = "Zqcomplains Zqkw", "Zqdefends Zqkw", "Zqwitness Zqkw"
SAID = {*WORDS.values(), "Zqcomplains", "Zqdefends", "Zqwitness"}
_TITLE, _LEADS = re.compile(r"<title>(.*?)</title>", re.DOTALL), re.compile(r'(?:href|action)="([^"]*)"')


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Every address that was asked for, with its answer."""
    found, asked = list[tuple[str, Any]](), Client.request

    def noted(self: Client, **request: Any) -> Any:
        answer = asked(self, **request)
        found.append((f"{request.get('PATH_INFO')}?{request.get('QUERY_STRING', '')}", answer))
        return answer

    monkeypatch.setattr(Client, "request", noted)
    return found


def told(seen: list[tuple[str, Any]]) -> set[str]:
    """What a history, a proxy or a list of windows keeps of all this: addresses, titles, names of downloads."""
    kept = set[str]()
    for path, answer in seen:
        kept |= {path, answer.headers.get("Location", ""), answer.headers.get("Content-Disposition", "")}
        if not answer.streaming:
            page = answer.content.decode(errors="replace")
            kept |= {*_TITLE.findall(page), *_LEADS.findall(page)}
    return kept


def at_the_desk(teller: Teller) -> None:  # noqa: F811  the fixture
    w = WORDS
    scan = SimpleUploadedFile(f"{w['scan']}.txt", w["inside"].encode())
    letter = {"name": COMPLAINANT, "defendant": DEFENDANT, "description": w["told"], "steps_taken": w["done"]}
    teller.registers(**letter, address=w["address"], files=scan)
    teller.invites("defendant")
    teller.serves("officer", LETTER)
    teller.court.portfolio()
    teller.court.board()
    teller.seat(PORTFOLIO, "portfolio_holder")
    teller.seat(BOARD, "board")
    teller.step("officer", "handed_over")
    teller.step(PORTFOLIO, "informal_impossible", reasons=w["reasons"])
    teller.committee()
    teller.step("officer", "committee_appointed", consulted=w["consulted"])
    teller.step(PORTFOLIO, "referred")
    teller.step(CHAIR, "admissible")
    teller.writes("officer", "Document", w["title"], text=w["paper"])
    teller.draws("officer", "delay", why=w["letter"], term="x", new_due_on="2026-04-01", due_on="2026-03-23")
    teller.does("officer", "ask_sides", what="Mediation begins", text=w["asked"])
    teller.does("officer", "disclose", to="A physician", whom=w["physician"], what=w["what"])
    teller.refused("officer", "step-withdrawn", "Enter a valid date", happened=w["wrong"])
    teller.invites("witness", who=SECRETARY, role="Witness", person=WITNESS)
    teller.does(CHAIR, "hide_name", party=WITNESS, pseudonym=w["hidden"], reason=w["afraid"])
    teller.writes(SECRETARY, "Report of a hearing", w["report"], about=WITNESS, within="draft")


def at_the_door(teller: Teller) -> None:  # noqa: F811  the fixture
    w = WORDS
    teller.sends("complainant", "questions", words=w["question"])
    teller.does("officer", "reply", party=COMPLAINANT, text=w["answer"])
    teller.sends("defendant", "request", "witness", name=w["wish"], why=w["whom"], first_hand="yes")
    teller.sends("defendant", "disadvantage", words=w["disadvantage"])
    teller.sends("complainant", "add", kind="own", title=w["stated"], words=w["statement"])
    path = reverse("parties:people")
    named = the_form(teller.party("complainant").get(path), path, fields={"name", "sees"})
    sent = named.filled({"role": "Support person", "name": w["friend"], "sees": "all"})
    assert w["friend"] in teller.party("complainant").post(path, sent).content.decode()


def reads_everything(teller: Teller) -> str:  # noqa: F811  the fixture
    """Every page and paper there is, for everybody who can open it; and what is not there."""
    found = ""
    for who in ("officer", CHAIR, SECRETARY):
        links = set(_LEADS.findall(teller.reads(who)))
        for path in (teller.address, *(one for one in links if "/paper/" in one or one.endswith("/whole/"))):
            answer: Any = teller.desk(who).get(path)
            found += b"".join(answer.streaming_content).decode(errors="replace") if answer.streaming else text(answer)
    for key in ("complainant", "defendant"):
        links = {one for one in _LEADS.findall(teller.looks(key)) if "/open/" in one and "/step/" not in one}
        found += "".join(text(teller.party(key).get(path)) for path in links)
    teller.desk("officer").get(f"{teller.address}paper/{NO_FILE}/")
    return found + teller.looks("complainant") + teller.looks("defendant")


def text(answer: Any) -> str:
    assert answer.status_code in {200, 404}
    return str(answer.content.decode(errors="replace"))


@proves("R-000-18", "R-003-14")
def test_no_word_of_a_complaint_lies_anywhere_but_on_the_pages_of_who_holds_a_key(
    teller: Teller,  # noqa: F811  the fixture
    seen: list[tuple[str, Any]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    at_the_desk(teller)
    at_the_door(teller)
    shown = reads_everything(teller)
    on_no_page = {WORDS[one] for one in ("wrong", "inside", "scan", "address", "friend", "afraid")}
    assert {one for one in SAID if one not in shown} <= on_no_page
    while notices.deliver():
        pass

    mails = [str(one.message()) for one in mail.outbox]
    assert mails
    files = [one for one in ours.BLOB_ROOT.iterdir() if one.is_file()]
    assert len(files) >= 3
    places = {"database": repr(database()), "mails": "".join(mails), "log": caplog.text, "told": repr(told(seen))}
    places["files"] = repr([(one.name, one.read_bytes()) for one in files])
    assert {(place, one) for place, kept in places.items() for one in SAID if one in kept} == set()
