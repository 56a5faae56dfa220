"""Advisers for tests: with keys that two readers of the team confirmed, and with every training of their kind."""

from datetime import date, timedelta

from django.utils.timezone import localdate

from haven.people.models import Membership, Profile, Training
from haven.rulebook import shelf
from haven.vault import directory
from tests.institution import LONG_AGO, Institution, Person

VOLUNTEERS, PROFESSIONALS = "adviser_network", "diversity_advisers"


def adviser(
    house: Institution, name: str, kind: str = VOLUNTEERS, *, trained: date | None = None, confirmed: bool = True
) -> Person:
    """`trained`: when every training was passed; a month ago where nothing is said."""
    pool = shelf.current().routes.kind(kind)
    assert pool is not None
    person = house.person(name, role=f"adviser_{pool.level}", serves=False)
    Membership.objects.create(user=person.user, route=kind)
    Profile.objects.create(user=person.user, languages=["nl", "en"], audiences=["student"], days=[0, 1, 2, 3, 4])
    for one in pool.trainings:
        passed = trained or localdate() - timedelta(days=30)
        until = one.valid_until(passed)
        Training.objects.create(user=person.user, key=one.key, passed_on=passed, valid_until=until)
    if confirmed:
        confirm(house, person, kind)
    return person


def confirm(house: Institution, person: Person, kind: str = VOLUNTEERS) -> None:
    for one in house.readers[:2]:
        assert one.keyring is not None
        directory.endorse(one.keyring, kind, person.user.key_bundles.get(), LONG_AGO, team=house.route)
