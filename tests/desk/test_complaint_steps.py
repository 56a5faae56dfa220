"""Steps at the desk that need more than a button: a day that is set, what others did, what a committee has to know."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from haven.complaints import parties, serving
from haven.complaints.course import last
from tests.complaints.court import CHAIR, MONDAY, Court, Running
from tests.complaints.test_example import BOARD, PORTFOLIO, filed, step, to_the_hearing
from tests.desk.conftest import sits_down
from tests.proves import proves


@pytest.fixture
def running(db: None, settings: Any) -> Running:
    court = Court(settings, example=True)
    found = court.started()
    court.portfolio()
    court.board()
    return found


def does(running: Running, key: str, deed: str, **told: Any) -> Any:
    path = reverse("desk:complaint_deed", args=[running.row.reference, deed])
    happened = {"happened": localdate().isoformat()} if deed.startswith("step-") else {}
    return sits_down(running.court.accounts[key]).post(path, {"stamp": running.row.stamp, **happened, **told})


def page(running: Running, key: str = "officer") -> Any:
    path = reverse("desk:complaint", args=[running.row.reference])
    return sits_down(running.court.accounts[key]).get(path).context["page"]


@proves("R-001-42")
def test_what_nobody_in_the_committee_knows_about_is_a_warning(running: Running) -> None:
    assert page(running).expertise_missing == []
    member = running.court.member("mark member").user
    does(running, "officer", "appoint", seat=f"{member.pk}:member", expertise=["behaviour"])
    assert (page(running).expertise, page(running).expertise_missing) == (["Undesirable behaviour"], ["Law"])
    chair = running.court.member(CHAIR).user
    does(running, "officer", "appoint", seat=f"{chair.pk}:chair", expertise=["legal"])
    assert page(running).expertise_missing == []
    does(running, "officer", "step_out", seat=running.row.seats.get(user=chair).pk, reason="A connection")
    assert page(running).expertise_missing == ["Law"]


def listed(running: Running) -> Any:
    [line] = sits_down(running.court.accounts["officer"]).get(reverse("desk:complaints")).context["running"]
    return line


def named_in(running: Running, words: str) -> list[str]:
    """Whom an announcement seems to name, as its page says before it is issued."""
    told = {"part-outcome": words, "part-course": "Heard.", "part-impact": "Less noise.", "language": "en"}
    told |= {"known-council": "The council", "stamp": str(running.row.stamp)}
    path = reverse("desk:complaint_letter", args=[running.row.reference, "announcement"])
    found: list[str] = sits_down(running.court.accounts["officer"]).post(path, told).context["form"].named
    return found


@proves("R-001-108", "R-001-109", "R-001-113")
def test_a_day_is_set_to_come_and_an_announcement_waits_for_the_decision(running: Running) -> None:
    terms = {one.running.term.key for one in (listed(running).term, *listed(running).also)}
    assert terms >= {"hearing", "admissibility"}
    running.seat(PORTFOLIO, "portfolio_holder")
    running.seat(BOARD, "board")
    running.invite("defendant")
    to_the_hearing(running)
    assert listed(running).also == []
    today, sets = localdate(), "step-final_session_planned"
    for day in (MONDAY, today, today + timedelta(days=400)):
        assert does(running, CHAIR, sets, day=day.isoformat()).status_code == 422
    assert does(running, CHAIR, sets, day=(today + timedelta(days=20)).isoformat()).status_code == 302
    planned = last(running.by(), "final_session_planned")
    assert planned
    assert planned.until == today + timedelta(days=20)

    said = {f"part-announced_{one}": "words" for one in ("finding", "course", "impact")} | {"part-rumours": "Much talk"}
    assert does(running, "officer", "step-announced", **said).status_code == 422
    advice = filed(running, CHAIR, "recommendation", 20, within=("committee", "office", "decider"))
    told = {"nature": "x", "affected": "x", "unfounded": "", "reasoning": "x"}
    step(running, CHAIR, "recommended", 20, contents=told, documents=[advice])
    step(running, "officer", "recommendation_received", 21)
    decision = filed(running, BOARD, "decision", 25)
    step(running, BOARD, "decided", 25, contents={"decision": "As advised"}, documents=[decision])
    assert "announced" in {one.step.key for one in page(running).for_others}
    assert does(running, "officer", "step-announced", **said | {"part-announced_course": ""}).status_code == 422
    assert does(running, CHAIR, "step-announced", **said).status_code == 422
    assert does(running, "officer", "step-announced", **said).status_code == 302
    names = named_in(running, "Anton Beklaagd did it")
    assert (page(running).taken[0].by, names) == ("Management council of the unit", ["Anton Beklaagd"])


@proves("R-001-27")
def test_the_page_of_a_complaint_asks_as_much_for_many_papers_and_people_as_for_few(running: Running) -> None:
    running.invite("defendant")
    running.committee()
    desk, path = sits_down(running.court.accounts["officer"]), reverse("desk:complaint", args=[running.row.reference])
    counts = [asked(desk, path), asked(desk, path)]
    for _paper in range(3):
        serving.serve(running.by(), [filed(running, "officer", "document", 0)])
    for number in range(2):
        parties.invite(running.by(), "defendant", {"name": f"Another {number}"})
    counts.append(asked(desk, path))
    assert counts[1] == counts[2]  # the first time a session looks around


def asked(desk: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert desk.get(path).status_code == 200
    return len(found)
