"""Confidential counsellors for tests: with keys that two readers of the team confirmed, and a notification."""

from datetime import date
from typing import Any

from haven.counsel import actions
from haven.counsel.models import Notification
from haven.counsel.opened import OpenNotification, open_notification
from haven.people.models import Membership
from haven.rulebook import shelf
from haven.vault import directory
from tests.institution import LONG_AGO, Institution, Person

TOLD: dict[str, Any] = {
    "audience": "phd",
    "category": "bullying",
    "also": ["exclusion"],
    "about": "zqaboutwm",
    "support": "zqsupportwm",
    "next": "",
}
NOTIFIER = {"name": "Zqnamewm Verzonnen", "reach": "zqreachwm"}


def counsellor(house: Institution, name: str, *, confirmed: bool = True) -> Person:
    pool = shelf.current().routes.counsellors
    person = house.person(name, role="confidential_counsellor", serves=False)
    Membership.objects.create(user=person.user, route=pool.key)
    for one in house.readers[:2] if confirmed else ():
        assert one.keyring is not None
        directory.endorse(one.keyring, pool.key, person.user.key_bundles.get(), LONG_AGO, team=pool.team)
    return person


def told(person: Person, *, on: date | None = None, named: bool = True, **more: Any) -> Notification:
    """What somebody told this counsellor."""
    assert person.keyring is not None
    notifier = NOTIFIER if named else {"name": "", "reach": ""}
    return actions.take_down(person.keyring, by=person.user, told=TOLD | more, notifier=notifier, on=on)


def opens(person: Person, row: Notification) -> OpenNotification:
    assert person.keyring is not None
    return open_notification(row.pk, keyring=person.keyring, by=person.user)
