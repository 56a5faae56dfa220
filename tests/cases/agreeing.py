"""Two teams, a report with a name and a file, and short ways to ask, answer and refer."""

from typing import Any

from haven.cases import consent
from haven.cases.agreed import Scope
from haven.cases.consent import Request
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.dialogue import consent as mailbox
from haven.dialogue.actions import OpenMailbox, open_mailbox
from haven.dialogue.consent import Decision
from haven.rulebook.consent import PLACE, SUMMARY, TEAM, WHOLE
from tests.institution import Institution, Person
from tests.proofs.filled import parked

STORY, NAME, SUMMED, LETTER = "zqstory shouted", "zqname Sanne", "zqsummary in short", "zqletter.txt"
ALL = Scope(WHOLE, identity=True, files=True)
ONLY_SUMMARY = Scope(SUMMARY)


def two_teams(settings: Any) -> tuple[Institution, Institution]:
    """Four readers of the contact point; three of the office of the ombuds officer."""
    house = Institution(settings).with_readers(4)
    ombuds = Institution(settings, route="ombuds")
    for number in range(3):
        person = ombuds.person(f"Ombuds {number}")
        ombuds.confirm(person, by=house.readers[:2])
        ombuds.readers.append(person)
    return house, ombuds


def report(house: Institution, mode: str = "named", **more: Any) -> tuple[Case, str]:
    answers = {"mode": mode, "story": STORY, "name": NAME, "contact_way": "phone", "contact_detail": "06"}
    return house.report(answers, files=[parked(LETTER, b"zqcontent")], **more)


def opened(person: Person, case: Case) -> OpenCase:
    found = person.opens(case)
    assert found is not None
    return found


def box_of(code: str) -> OpenMailbox:
    found = open_mailbox(code)
    assert found is not None
    return found


def asked(person: Person, case: Case, scope: Scope = ALL, *, to: str = "ombuds", way: str = TEAM, **more: Any) -> str:
    request = Request(purpose="referral", way=way, to=to, scope=scope, summary=SUMMED)
    return consent.ask(opened(person, case), request, **more)


def agrees(code: str, key: str, scope: Scope = ALL, **more: Any) -> None:
    mailbox.decide(box_of(code), key, Decision(agree=True, scope=scope, **more))


def refuses(code: str, key: str) -> None:
    mailbox.decide(box_of(code), key, Decision(agree=False))


__all__ = ["PLACE", "TEAM"]
