"""Writing down what somebody tells us by telephone, at the desk, by mail or by post (R-000-14, R-000-15).

The same questions as on the web, through the same `submit`. What was typed travels sealed in the form, and opens for
whoever typed it only: nothing is stored before it is sealed for its readers. The code comes first, as on the web.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from haven.dialogue.actions import open_mailbox
from haven.intake import questionnaire, state
from haven.intake.actions import Report
from haven.intake.state import Draft
from haven.intake.team import Team, team_of
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.counsellors import CHANNEL
from haven.rulebook.questions import CONFIDENTIAL
from haven.vault.errors import CannotOpen
from haven.vault.forms_state import open_state, seal_state

PURPOSE: Final = "intake at the desk"
BEGIN, ANSWERS, READERS, CODE = "begin", "answers", "readers", "code"
STEPS: Final = (BEGIN, ANSWERS, READERS, CODE)
CHANNELS: Final = {
    "phone": _("By telephone"),
    "walk_in": _("At the desk"),
    "mail": _("By mail"),
    "post": _("By post"),
    CHANNEL: _("Through a confidential counsellor"),
}


@dataclass(frozen=True, kw_only=True)
class Taking:
    """`told`: the person heard who reads. `deleted`: the mail itself is gone. `at` of the draft is the page."""

    draft: Draft = field(default_factory=lambda: Draft(at=BEGIN), repr=False)
    channel: str = ""
    language: str = "nl"
    told: bool = False
    deleted: bool = False

    @property
    def team(self) -> Team:
        return team_of(self.draft)

    @property
    def confidential(self) -> bool:
        return shelf.current().intake.mode(self.draft.clean) == CONFIDENTIAL

    @property
    def by_mail(self) -> bool:
        return self.channel == "mail"

    @property
    def sent(self) -> bool:
        """The code of what was sent is never shown again, whatever the browser asks for."""
        return open_mailbox(self.draft.code) is not None

    def at(self, step: str) -> "Taking":
        return replace(self, draft=replace(self.draft, at=step))

    def reads(self, person: User) -> bool:
        """Whether whoever writes this down will be able to open it afterwards."""
        return any(one.person == person for one in self.team.left)

    def left_out(self) -> list[str]:
        """What was filled in at questions that are not asked in this case, and so is not sent."""
        book, clean = shelf.current(), self.draft.clean
        asked = book.intake.asks(self.draft.answers)
        return [q.key for q in asked if q.key not in clean and questionnaire.fitting(q, self.draft.answers.get(q.key))]

    def report(self, by: User) -> Report:
        """What is sent. Who wrote it down, and that the person heard who reads, is sealed with what is internal."""
        known = {"by": by.name, "person": by.pk, "told": self.told, "deleted": self.deleted}
        return replace(self.draft.report(self.language), channel=self.channel, readback=False, taken=known)


def seal(taking: Taking, by: User) -> str:
    told = {"channel": taking.channel, "language": taking.language, "told": taking.told, "deleted": taking.deleted}
    return seal_state({**told, "draft": state.seal(taking.draft), "by": by.pk}, purpose=PURPOSE)


def reopen(posted: Mapping[str, Any], by: User) -> Taking:
    """What came back. Without anything sealed it is a new one; raises CannotOpen for what is not this person's."""
    if not posted.get("state"):
        return Taking()
    told, _hours = open_state(posted["state"], purpose=PURPOSE)
    if told.pop("by") != by.pk:
        raise CannotOpen
    return Taking(**told | {"draft": state.reopen(told["draft"]).draft})
