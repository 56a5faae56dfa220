"""The last step of a report as a browser sends it: the sealed state of the whole form, and the button."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from benchmarks.clients import Answer, Client, post, post_file
from benchmarks.members import ROUTE, Member
from haven.intake import state
from haven.intake.state import Draft
from haven.reporter import wizard
from haven.rulebook import shelf
from haven.rulebook.questions import Kind

PATH = "/en/contact/"
STATE = re.compile(rb'name="state" value="([^"]+)"')
SENT = b'<section id="people">'  # stands on the page after sending, and on no other page of this door
STORY = ("It began in spring, with remarks in the corridor. " * 82)[:4000]
ANSWERS = {
    "purpose": "report",
    "capacity": "self",
    "audience": "student",
    "categories": ["bullying", "exclusion"],
    "forms": ["verbal", "actions"],
    "setting": ["training"],
    "when": {"choice": "recent", "words": "since the spring"},
    "where": "In the laboratory and in the group chat",
    "about_contact_point": "no",
    "mode": "anonymous",
    "story": STORY,
    "wish": "I would like it to stop, without everyone knowing that I said something.",
    "support": "yes",
}


def draft(answers: dict[str, Any], staff: Sequence[Member], **more: Any) -> Draft:
    """A form that was filled in to the end: every page seen, every reader shown, standing at the code."""
    kids = [one.bundle.kid for one in staff]
    keeper = kids[0] if answers["mode"] == "confidential" else ""
    filled = Draft(answers=answers, keeper=keeper, route=ROUTE, shown=frozenset(kids), **more)
    return wizard.at(replace(filled, seen=frozenset(wizard.steps(filled))), wizard.CODE)


def with_file(client: Client, form: Draft, name: str, content: bytes) -> Draft:
    """Sends a file from the page that asks for one; the form that came back, at its end again. Raises OSError."""
    files = next(one.key for one in shelf.current().intake.questions if one.kind is Kind.FILES)
    there = state.seal(wizard.at(form, f"{wizard.ASK}{files}"))
    answer = client.send(post_file(PATH, {"state": there, "do": "next"}, name, content))
    found = STATE.search(answer.body)
    if answer.status != 200 or found is None:
        raise ConnectionError(f"the file was not taken: {answer.status}")
    return wizard.at(state.reopen(found[1].decode()).draft, wizard.CODE)


def request(form: Draft) -> bytes:
    return post(PATH, {"state": state.seal(form), "readback": "no", "do": "send"})


def is_acknowledged(answer: Answer) -> bool:
    return answer.status == 200 and SENT in answer.body
