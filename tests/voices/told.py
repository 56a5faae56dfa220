"""Input for tests: told, opened, decided on."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from haven.voices import actions, collecting
from haven.voices.collecting import Said
from haven.voices.models import Decision
from haven.voices.opened import OpenInput, open_input
from tests.institution import Person

TOLD, MAIL = "zqinputwm", "zqmail@voorbeeld.example"
DAY = date(2026, 3, 2)  # a Monday
HERE = {"Sec-Fetch-Site": "same-origin"}


def told(*, on: date = DAY, **more: Any) -> UUID:
    once = uuid4()
    said = Said(**{"kind": "suggestion", "words": TOLD, "language": "nl", "about": "/nl/help/"} | more)
    collecting.receive(said, once=once, on=on)
    return once


def opens(person: Person, pk: UUID) -> OpenInput:
    assert person.keyring is not None
    return open_input(pk, keyring=person.keyring, by=person.user)


def decided(person: Person, pk: UUID, decision: Decision = Decision.USED, *, on: date = DAY, action: str = "") -> None:
    actions.decide(opens(person, pk), decision, how="zqhowwm", when="In May", action=action, on=on)


def form(page: Any, **more: str) -> dict[str, str]:
    return {"kind": "tip", "words": TOLD, "about": "/en/help/", "slip": page.context["slip"]} | more
