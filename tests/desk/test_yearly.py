"""The yearly report at the desk: from the list of years to files that are frozen, sent, and found again."""

import io
from hashlib import sha256
from typing import Any

import docx
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from haven.complaints.models import YearlyReport
from haven.complaints.starting import start
from tests.complaints.court import CHAIR, MONDAY, Court, letter
from tests.desk.conftest import sits_down
from tests.proofs.test_complaints_desk import give_every_right
from tests.proves import proves

YEAR = MONDAY.year
WORDS = {"learned_en": "Two complaints of Vera Klager took long. zqfreewm", "learned_nl": "We hebben veel geleerd."}


@pytest.fixture
def court(db: None, settings: Any, time_machine: Any) -> Court:
    time_machine.move_to(f"{YEAR + 1}-02-01 12:00")
    return Court(settings, example=True)


def at(name: str, *more: Any) -> str:
    return reverse(f"desk:yearly_{name}", args=["complaints", YEAR, *more])


def stamp() -> int:
    return YearlyReport.objects.get().stamp


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def begun(court: Court) -> Client:
    """An officer at the desk, with the draft of a year in which there were two complaints."""
    start(letter(), on=MONDAY)
    start(letter(), on=MONDAY)
    desk = sits_down(court.accounts["officer"])
    assert str(YEAR) in text_of(desk.get(reverse("desk:yearly_reports")))
    assert desk.post(at("begin"), follow=True).status_code == 200
    return desk


@proves("R-001-30", "R-001-31")
def test_an_officer_writes_is_given_hints_and_looks_at_a_draft(court: Court) -> None:
    desk, old = begun(court), stamp()
    kept = desk.post(at("report"), WORDS | {"stamp": old, "do": "save"}, follow=True)
    found = [(one.rule, one.said) for _where, _rule, one in kept.context["page"].hints]
    assert found == [("number", "Two"), ("name", "Vera Klager")]
    assert "No name belongs in this report" in text_of(kept)
    assert "2 formal complaints were received" in text_of(kept)
    assert "This is not shown yet." in text_of(kept)
    again = desk.post(at("report"), WORDS | {"stamp": old, "do": "save"})
    assert (again.status_code, "zqfreewm" in text_of(again)) == (422, True)
    draft: Any = desk.post(at("report"), WORDS | {"stamp": stamp(), "do": "pdf-en"})
    assert b"".join(draft.streaming_content).startswith(b"%PDF")


@proves("R-001-30", "R-001-32")
def test_what_is_finished_is_frozen_in_two_languages_and_presented_and_sent(court: Court, time_machine: Any) -> None:
    desk = begun(court)
    desk.post(at("report"), WORDS | {"stamp": stamp(), "do": "save"})
    finished = desk.post(at("deed", "finish"), {"stamp": stamp()}, follow=True)
    taken = {name: _taken(desk, address) for address, name, _sum in finished.context["files"]}
    assert set(taken) == {f"yearly-{one}.{kind}" for one in ("nl", "en") for kind in ("pdf", "docx")}
    assert {name: sha256(content).hexdigest() for name, content in taken.items()} == {
        name: told for _address, name, told in finished.context["files"]
    }
    with pikepdf.open(io.BytesIO(taken["yearly-nl.pdf"])) as made:
        assert (str(made.Root.Lang), bool(made.Root.MarkInfo.Marked)) == ("nl", True)
    assert "zqfreewm" in "\n".join(one.text for one in docx.Document(io.BytesIO(taken["yearly-en.docx"])).paragraphs)
    refused = desk.post(at("report"), {"learned_en": "Other words", "stamp": stamp(), "do": "save"})
    assert (refused.status_code, "cannot be changed" in text_of(refused)) == (422, True)
    _sent_too_late(court, time_machine)


def _sent_too_late(court: Court, time_machine: Any) -> None:
    time_machine.move_to(f"{YEAR + 1}-07-02 12:00")
    desk, day, names = sits_down(court.accounts["officer"]), f"{YEAR + 1}-07-01", reverse("desk:yearly_reports")
    late = "too late" in text_of(desk.get(reverse("desk:complaints")))
    desk.post(at("deed", "present"), {"stamp": stamp(), "on": day})
    for to in ("confidential_counsellors", "works_council", "student_council"):
        desk.post(at("deed", "send"), {"stamp": stamp(), "on": day, "to": to})
    assert (late, "too late" in text_of(desk.get(names))) == (True, False)
    page = sits_down(court.accounts["second"]).get(at("report")).context["page"]
    assert [str(on) for on in (page.report.presented_on, *(on for _name, on in page.addressees))] == [day] * 4


def _taken(desk: Client, address: str) -> bytes:
    answer: Any = desk.get(address)
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("patched", [False, True], ids=["as it is", "with the permission check patched out"])
def test_who_is_no_officer_finds_nothing(court: Court, monkeypatch: pytest.MonkeyPatch, *, patched: bool) -> None:
    start(letter(), on=MONDAY)
    sits_down(court.accounts["officer"]).post(at("begin"))
    court.member(CHAIR)
    askers = [sits_down(court.board()), sits_down(court.accounts[CHAIR])]
    if patched:
        give_every_right(monkeypatch)
    for desk in askers:
        assert desk.get(at("report")).status_code == 404
        assert desk.post(at("report"), WORDS | {"stamp": 1, "do": "save"}).status_code == 404
        assert desk.post(at("deed", "finish"), {"stamp": 1}).status_code == 404
        desk.post(at("begin"))
    assert (YearlyReport.objects.get().stamp, YearlyReport.objects.get().finished_on) == (1, None)
