"""A complaint that was referred to a committee, and hearings in it: set, invited to, held, reported."""

from dataclasses import replace
from datetime import time
from typing import Any
from uuid import UUID

from haven.complaints import convening, documents, parties, sitting
from haven.complaints.convening import When
from haven.complaints.documents import Draft
from haven.complaints.hearings import Hearing
from tests.complaints.court import CHAIR, MEMBERS, MONDAY, SECRETARY, Court, Running
from tests.complaints.test_example import PORTFOLIO, day, step
from tests.complaints.test_steps import there

WHEN = When(day=day(10), begins=time(10), ends=time(12), place="Markt 1, room 4")
NAME, ADDRESS = "Wilma Witness", "Kade 2\n3500 AB Stad"

CALLED = {"reasons": "Saw it.", "first_hand": "", "from_inside": "", "own_motion": ""}
"""What calling a witness records."""


def referred(settings: Any) -> Running:
    """Referred to a committee that is there, and found admissible."""
    court = Court(settings, example=True)
    found = court.started()
    told = {"name": "Dirk", "relation": "student", "address": ADDRESS, "mail": "dirk@example.org"}
    invited = parties.invite(found.by(), "defendant", told, on=MONDAY)
    found.let_in("defendant", invited)
    court.portfolio()
    found.seat(PORTFOLIO, "portfolio_holder")
    step(found, "officer", "handed_over", 0)
    step(found, PORTFOLIO, "informal_impossible", 0, contents={"reasons": "They cannot meet."})
    found.committee()
    step(found, "officer", "committee_appointed", 1, contents={"consulted": "2 March"})
    step(found, PORTFOLIO, "referred", 1)
    step(found, CHAIR, "admissible", 1)
    return found


def planned(running: Running, form: str = "joint", *whom: str, on: int = 2, **when: Any) -> Hearing:
    chosen, more = [running.rows[one].pk for one in whom], when.pop("documents", ())
    opened = running.by(SECRETARY)
    return convening.plan(opened, form, replace(WHEN, **when), whom=chosen, documents=more, on=day(on))


def letters(running: Running, *roles: str) -> list[UUID]:
    made = []
    for role in roles:
        draft = Draft(kind=f"invitation_{role}", title="Invitation", text="Come", about=running.rows[role])
        made.append(documents.file_document(running.by(SECRETARY), draft, on=day(2)).pk)
    return made


def sent(running: Running, form: str = "joint", *whom: str, on: int = 2, **when: Any) -> Hearing:
    one = planned(running, form, *whom, on=on, **when)
    letters(running, *(whom or ("complainant", "defendant")))
    convening.send(running.by(SECRETARY), one.key, on=day(on))
    return one


def held(running: Running, *who: str, form: str = "joint", whom: tuple[str, ...] = ()) -> Hearing:
    one = sent(running, form, *whom)
    present = there(running, SECRETARY, CHAIR, MEMBERS[0], *(who or ("complainant", "defendant")))
    sitting.hold(running.by(SECRETARY), one.key, present, on=day(10))
    return one


def reported(running: Running, one: Hearing, text: str = "What was said.") -> UUID:
    draft = Draft(kind="", title="Report", text=text)
    return sitting.report(running.by(SECRETARY), one.key, draft, on=day(11)).pk
