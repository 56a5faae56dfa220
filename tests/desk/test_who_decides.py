"""A complaint by or against a member of the board: another body decides, and the board finds no trace of it anywhere at
the desk. Every page is asked, as the board sees it with and without that complaint."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils.timezone import localdate

from haven.complaints import deciding, seats
from haven.complaints.actions import take_step
from haven.complaints.days import days_due
from haven.complaints.letter import Person
from haven.complaints.models import Complaint
from haven.desk import complaint_urls, urls
from haven.notices.models import Outgoing
from haven.rulebook import shelf
from tests.complaints.court import Court, Running
from tests.desk.conftest import sits_down
from tests.proves import proves

ABOUT_THE_BOARD = (Person(name="zqboardwm Beklaagd", relation="board_member", member_of_board=True),)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def court(db: None, settings: Any) -> Court:
    return Court(settings, example=True)


def names(patterns: list[Any]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLPattern):
            if one.name and not one.pattern.converters:
                yield one.name
        else:
            yield from names(one.url_patterns)


def seen(desk: Client, path: str) -> tuple[int, bytes, str]:
    answer = desk.get(path)
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, TOKEN.sub(b"", body), answer.headers.get("Location", "")


def every_list(desk: Client) -> dict[str, tuple[int, bytes, str]]:
    """Every page of the desk that is about no particular thing."""
    shut = {"lock", "sign_out"}
    return {name: seen(desk, reverse(f"desk:{name}")) for name in names(urls.urlpatterns) if name not in shut}


def addresses(reference: str, ids: dict[str, Any]) -> list[str]:
    """Every page of one complaint."""
    found = []
    for one in complaint_urls.urlpatterns:
        asked = one.pattern.converters
        if "reference" in asked and "deed" not in asked:
            given = {"reference": reference, "key": "decision", "hearing": "0123456789abcdef", **ids}
            found.append(reverse(f"desk:{one.name}", kwargs={key: given[key] for key in asked}))
    return found


def posts(desk: Client, reference: str) -> list[tuple[int, bytes]]:
    """Every deed and every step, sent to this complaint."""
    rules = shelf.current().procedures.version("complaints", "2019")
    of_the_board = [f"step-{one.key}" for one in rules.steps if {"board", "portfolio_holder"} & {*one.who}]
    deeds = ["facts", "appoint", "file", "serve", "hand", *of_the_board]
    answers = [desk.post(reverse("desk:complaint_deed", args=[reference, deed]), {"stamp": "1"}) for deed in deeds]
    return [(one.status_code, one.content) for one in answers]


def knows_nothing(court: Court, key: str, row: Complaint, before: dict[str, Any]) -> None:
    desk, paper = sits_down(court.accounts[key]), row.documents.get().pk
    assert {name: seen(desk, reverse(f"desk:{name}")) for name in before} == before
    there = addresses(row.reference, {"paper": paper, "item": uuid4()})
    absent = addresses("ABCD-EFGH", {"paper": paper, "item": uuid4()})
    assert len({seen(desk, path) for path in (*there, *absent)}) == 1
    assert {seen(desk, path)[0] for path in there} == {404}
    sent = posts(desk, row.reference)
    assert len({*sent, (404, desk.get(there[0].replace(row.reference, "ABCD-EFGH")).content)}) == 1
    assert sent[0][0] == 404
    Complaint.objects.filter(pk=row.pk).update(look_by=localdate())
    days = [days_due(court.accounts[one].user, localdate()) for one in ("officer", key)]
    assert days == [[localdate()], []], "nor in their calendar"
    for seat in row.seats.all():
        assert desk.post(reverse("desk:declare", args=[seat.pk]), {"answer": "yes"}).status_code == 404


BOARD = ("boris board", "petra portfolio")


@proves("R-001-50", "R-001-51")
def test_the_board_sees_no_difference_between_that_complaint_and_none(court: Court) -> None:
    for person in (court.board, court.portfolio, court.supervisor):
        person()
    before = {key: every_list(sits_down(court.accounts[key])) for key in BOARD}
    running = court.started(defendants=ABOUT_THE_BOARD, received_on=localdate())
    seats.appoint(running.by(), court.supervisor().user, "supervisory_board")

    told = {one.to.name for one in Outgoing.objects.select_related("to")}
    assert told == {court.accounts["officer"].user.name, court.accounts["second"].user.name, "Sara Supervisor"}
    for key in BOARD:
        knows_nothing(court, key, running.row, before[key])
    assert "zqboardwm" in sits_down(court.accounts["officer"]).get(reverse("desk:complaints")).content.decode()


@proves("R-001-51")
def test_when_it_turns_out_later_the_board_has_lost_it_at_once(court: Court) -> None:
    court.board()
    court.portfolio()
    mine = reverse("desk:complaints")
    before = {key: {"complaints": seen(sits_down(court.accounts[key]), mine)} for key in BOARD}
    running = court.started(received_on=localdate())
    for key, role in zip(BOARD, ("board", "portfolio_holder"), strict=True):
        seats.appoint(running.by(), court.accounts[key].user, role)
        there = reverse("desk:complaint", args=[running.row.reference])
        assert seen(sits_down(court.accounts[key]), there)[0] == 200
    path = reverse("desk:complaint_deed", args=[running.row.reference, "facts"])
    told = {"stamp": running.row.stamp, "hold": ["board_member_involved"]}
    assert sits_down(court.accounts["officer"]).post(path, told).status_code == 302
    for key in BOARD:
        knows_nothing(court, key, running.row, before[key])


def steps_of(court: Court, key: str, running: Running) -> set[str]:
    page = sits_down(court.accounts[key]).get(reverse("desk:complaint", args=[running.row.reference])).context["page"]
    return {one.step.key for one in page.steps}


@proves("R-001-50")
def test_the_supervisory_board_takes_every_step_of_the_board_and_of_its_portfolio_holder(court: Court) -> None:
    running = court.started(received_on=localdate())
    for who, role in ((court.board(), "board"), (court.portfolio(), "portfolio_holder")):
        seats.appoint(running.by(), who.user, role)
    take_step(running.by(), "handed_over")
    both = steps_of(court, "boris board", running) | steps_of(court, "petra portfolio", running)
    deciding.set_facts(running.by(), ["board_member_involved"])
    seats.appoint(running.by(), court.supervisor().user, "supervisory_board")
    assert {"measure_taken", "mediation_proposed", "adviser_provided", "informal_begun", "informal_impossible"} <= both
    assert steps_of(court, "sara supervisor", running) == both
