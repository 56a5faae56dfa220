"""A regulation of another kind, from first step to end at the desk: that of the hospital for possible wrongdoing.
Haven has no word about it; its kind, its roles, its terms and its letters stand in its file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import haven
from haven.complaints.models import Complaint, Party
from haven.complaints.serving import unequal
from haven.desk.complaint_page import ComplaintPage
from haven.rulebook import shelf
from tests.complaints.court import CHAIR, MEMBERS, SECRETARY, Court
from tests.desk.conftest import sits_down
from tests.desk.test_beginnings import signed
from tests.proves import proves


@dataclass
class Desks:
    """Everybody at a desk of their own, and the matter they work on."""

    court: Court
    open: dict[str, Client] = field(default_factory=dict)

    def at(self, key: str) -> Client:
        if key not in self.open:
            self.open[key] = sits_down(self.court.accounts[key])
        return self.open[key]

    @property
    def row(self) -> Complaint:
        return Complaint.objects.get()

    def page(self, key: str) -> ComplaintPage:
        found: ComplaintPage = self.at(key).get(reverse("desk:complaint", args=[self.row.reference])).context["page"]
        return found

    def does(self, key: str, deed: str, **told: Any) -> None:
        path = reverse("desk:complaint_deed", args=[self.row.reference, deed])
        answer = self.at(key).post(path, {"stamp": self.row.stamp, **told})
        assert answer.status_code in {200, 302}, answer.context["page"].failed.errors

    def step(self, key: str, step: str, happened: str, **parts: Any) -> None:
        self.does(key, f"step-{step}", happened=happened, **parts)

    def letter(self, key: str, paper: str, **told: Any) -> None:
        path = reverse("desk:complaint_letter", args=[self.row.reference, paper])
        answer = self.at(key).post(path, {"stamp": self.row.stamp, "language": "en", "do": "issue", **told})
        assert answer.status_code == 302, answer.context["form"].errors

    def seat(self, key: str, role: str) -> None:
        who = self.court.accounts[key]
        self.does("officer", "appoint", seat=f"{who.user.pk}:{role}")
        seat = self.row.seats.get(user=who.user)
        if seat.admitted_on is None:
            assert self.at(key).post(reverse("desk:declare", args=[seat.pk]), {"answer": "yes"}).status_code == 302
            self.does("officer", "admit", seat=seat.pk)

    def party(self, role: str) -> str:
        return str(Party.objects.get(role=role).pk)

    def term(self, key: str, term: str) -> tuple[str, str]:
        line = next(one for one in self.page(key).terms if one.running.term.key == term)
        return line.state, str(line.day)


@pytest.fixture
def desks(db: None, settings: Any) -> Desks:
    return Desks(Court(settings, example=True))


def report(**more: Any) -> dict[str, Any]:
    told = {"kind": "wrongdoing", "entity": "hospital", "name": "Roos Melder", "defendant": "Pieter Betrokken"}
    return signed(received_on="2026-04-28") | told | {"description": "The fridge stands open at night."} | more


@proves("R-004-26", "R-001-111")
def test_which_regulation_governs_follows_from_where_the_person_belongs(desks: Desks) -> None:
    path = reverse("desk:register_complaint")
    [(number, _name)] = desks.at("officer").get(path).context["others"]
    form = desks.at("officer").get(f"{path}?regulation={number}").context["form"]
    assert form.initial["kind"] == "wrongdoing"
    assert [key for key, _name in form.fields["entity"].choices] == ["hospital"]
    assert desks.at("officer").post(path, report(entity="university")).status_code == 422
    assert not Complaint.objects.exists()
    assert desks.at("officer").post(path, report()).status_code == 200
    assert desks.at("officer").post(path, report(kind="complaint", as_id=str(signed()["as_id"]))).status_code == 200
    assert set(Complaint.objects.values_list("procedure", flat=True)) == {"hospital_wrongdoing", "complaints"}


def reported(desks: Desks) -> None:
    """Seven days after 28 April is 5 May, a day on which no term of a law ends."""
    assert desks.at("officer").post(reverse("desk:register_complaint"), report()).status_code == 200
    assert desks.page("officer").flags == []
    assert desks.term("officer", "confirmation") == ("late", "2026-05-06")
    assert [one.step.key for one in desks.page("officer").steps] == ["confirmed"]
    desks.letter("officer", "confirmation", party=desks.party("reporter"), how="who_reported")
    desks.step("officer", "confirmed", "2026-05-04")
    assert desks.term("officer", "confirmation")[0] == "met"
    assert desks.term("officer", "answer")[1] == "2026-08-04"  # three months
    desks.does("officer", "step-explained", happened="2026-05-06")  # by the reporter, in a talk
    assert desks.page("officer").taken[0].by == "Reporter"


def investigated(desks: Desks) -> None:
    desks.court.secretary()
    desks.seat(SECRETARY, "secretary")
    for key in (CHAIR, *MEMBERS):
        desks.court.member(key)
        desks.seat(key, "chair" if key == CHAIR else "member")
    desks.step("officer", "committee_formed", "2026-05-11")
    desks.step(CHAIR, "taken_up", "2026-05-18", **{"part-question": "Who left the fridge open"})
    desks.does("officer", "invite", role="person_concerned", person="Pieter Betrokken", language="en")
    desks.step(SECRETARY, "concerned_told", "2026-05-20")
    desks.step(MEMBERS[0], "talked", "2026-06-02")
    told = {"kind": "draft_findings", "title": "Draft", "text": "So far", "language": "en", "within": "everybody"}
    desks.does(SECRETARY, "file", **told)
    draft = next(one.row.pk for one in desks.page(SECRETARY).papers if one.name == "Draft")
    desks.does(SECRETARY, "serve", papers=[draft], how="both")
    desks.step(SECRETARY, "draft_sent", "2026-06-10", documents=[draft])
    desks.step(SECRETARY, "responses_closed", "2026-06-24")


@proves("R-004-26")
def test_a_report_of_wrongdoing_goes_its_whole_way_at_the_desk(desks: Desks) -> None:
    reported(desks)
    investigated(desks)
    desks.letter(CHAIR, "finding", **{"part-reasons": "It was the lock, and nobody's deed."})
    finding = next(one.row.pk for one in desks.page(CHAIR).papers if one.paper.kind == "finding")
    found = {"part-reasons": "It was the lock.", "documents": [finding]}
    desks.step(CHAIR, "no_wrongdoing_found", "2026-07-01", **found)

    answered = {"part-assessment": "No wrongdoing", "part-follow_up": "The lock is replaced"}
    desks.letter("officer", "answer", party=desks.party("reporter"), how="own_answer", **answered)
    desks.step("officer", "answered", "2026-07-03", **answered)
    desks.step("officer", "closed", "2026-07-06")
    assert desks.row.ended_on
    assert {one.state for one in desks.page("officer").terms} == {"met"}
    assert unequal(desks.row) == []


def test_haven_has_no_word_about_it() -> None:
    rules = shelf.current().procedures.version("hospital_wrongdoing", "2024")
    words = {rules.key, rules.kind, "reporting_desk", "person_concerned", *(one.key for one in rules.facts[1:])}
    code = "\n".join(one.read_text() for one in Path(haven.__path__[0]).rglob("*.py"))
    assert [one for one in sorted(words) if one in code] == []
