"""Going through the list of who has access: when that was done, by whom, and what has changed since (R-002-17).

The trail remembers it; no table does.
"""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.dates import months_after
from haven.rulebook.roles import ROLES, Right
from haven.trail import actions as trail
from haven.trail.models import Entry

REVIEWED, ASKED = "access.reviewed", "access.asked"
CHANGES: Final = (
    "person.invited",
    "person.proposed",
    "person.suspended",
    "person.readmitted",
    "person.started_anew",
    "person.left",
    "person.removed",
    "person.unit",
    "keys.endorsed",
    "keys.given_up",
)


def last(did: str = REVIEWED) -> Entry | None:
    return Entry.objects.filter(did=did).order_by("seq").last()


def is_due(*, on: date | None = None) -> bool:
    """The first time counts from the first line of the trail."""
    known = last() or Entry.objects.order_by("seq").first()
    return known is not None and _after(known.day) <= (on or localdate())


def is_asked_for(*, on: date) -> bool:
    """Whether a mail was sent about it in this period."""
    asked, done = last(ASKED), last()
    return asked is not None and on < _after(asked.day) and (done is None or done.seq < asked.seq)


def _after(day: date) -> date:
    return months_after(day, shelf.current().institution.access.review_months)


def changes() -> list[Entry]:
    """What happened to the list since it was last gone through, in order."""
    done = last()
    return list(Entry.objects.filter(did__in=CHANGES, seq__gt=done.seq if done else 0))


def reviewers() -> list[User]:
    """Who keeps the list: readers who confirm keys, and who manages people."""
    keeps = {Right.ENDORSE, Right.MANAGE_PEOPLE}
    roles = [role.key for role in ROLES.values() if keeps & role.rights]
    return list(User.objects.filter(is_active=True, role_key__in=roles).order_by("pk"))


@transaction.atomic
def reviewed(*, by: User, on: date | None = None) -> None:
    """Somebody went through the whole list, and everybody on it still needs what they have."""
    trail.note(REVIEWED, by=str(by.pk), on=on)
