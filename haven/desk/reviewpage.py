"""What stands about the review of access above the list of who has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.people import review
from haven.people.access import permits
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.roles import Right
from haven.trail.models import Entry

CHANGED: Final = {
    "person.invited": gettext_lazy("invited"),
    "person.proposed": gettext_lazy("proposed for a team"),
    "person.suspended": gettext_lazy("suspended"),
    "person.readmitted": gettext_lazy("let in again"),
    "person.started_anew": gettext_lazy("signed in anew with a new password"),
    "person.left": gettext_lazy("left a team"),
    "person.removed": gettext_lazy("removed for good"),
    "person.unit": gettext_lazy("works somewhere else"),
    "keys.endorsed": gettext_lazy("key confirmed by a colleague"),
    "keys.given_up": gettext_lazy("gave up the old keys"),
}


@dataclass(frozen=True)
class Change:
    day: date
    who: str
    what: str


class AccessReview:
    """`last`: the day and the name of the last time; `changes`: what happened since."""

    def __init__(self, viewer: User) -> None:
        self.may = may_review(viewer)
        self.months = shelf.current().institution.access.review_months
        self.due = review.is_due()
        done, found = review.last(), review.changes()
        names = _names([*found, *([done] if done else [])])
        self.last = (done.day, names.get(done.actor, _("somebody who left"))) if done else None
        self.changes = [Change(one.day, names.get(one.subject, _("somebody who left")), _what(one)) for one in found]


def may_review(viewer: User) -> bool:
    return permits(viewer, Right.ENDORSE) or permits(viewer, Right.MANAGE_PEOPLE)


def _what(entry: Entry) -> str:
    return str(CHANGED[entry.did])


def _names(entries: list[Entry]) -> Mapping[str, str]:
    ids = {number for one in entries for number in (one.actor, one.subject) if number.isdigit()}
    return {str(person.pk): person.name for person in User.objects.known().filter(pk__in=ids)}
