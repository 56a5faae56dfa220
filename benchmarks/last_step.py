"""The last step of a report as a browser sends it: the sealed state of the whole form, and the button."""

from collections.abc import Sequence
from typing import Any

from benchmarks.clients import Answer, post
from benchmarks.members import ROUTE, Member
from haven.intake import state
from haven.intake.state import Draft
from haven.reporter import wizard

PATH = "/en/contact/"
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
    return wizard.at(Draft(**{**vars(filled), "seen": frozenset(wizard.steps(filled))}), wizard.CODE)


def request(form: Draft) -> bytes:
    return post(PATH, {"state": state.seal(form), "readback": "no", "do": "send"})


def is_acknowledged(answer: Answer) -> bool:
    return answer.status == 200 and SENT in answer.body
