"""Loads the demo: its staff with their keys, and every report and deed on its own day, through the usual actions.

All of it in one transaction, so that a demo is there whole or not at all. Deeds of all reports are done in the order of
their days, as they would have been in life: the trail then reads from the oldest to the newest.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate

from haven.config.demo import content
from haven.config.demo.playing import Deed, Member, Played
from haven.people.adapter import give_totp
from haven.people.models import Membership, User
from haven.trail import actions as trail
from haven.vault import directory, unlocking

ROOTS = ("noor", "ria")  # the two readers of the installation ceremony
BEFORE_ALL = timedelta(days=90)

type Say = Callable[[str], Any]


def load(say: Say) -> None:
    """Fill an empty installation with the demo. Where there are people already, nothing is done."""
    if User.objects.exists():
        return
    today = localdate()
    with transaction.atomic():
        say("Making the invented staff and their keys.")
        staff = _staff(today - BEFORE_ALL)
        reports = content.reports()
        say(f"Letting {len(reports)} invented people write, and answering them.")
        _play([Played(report, staff, today) for report in reports])


def _play(reports: list[Played]) -> None:
    deeds = [deed for report in reports for deed in report.deeds()]
    for deed in sorted(deeds, key=_by_day):
        deed.do(deed.day)


def _by_day(deed: Deed) -> date:
    return deed.day


def _staff(since: date) -> dict[str, Member]:
    people = content.people()
    password = make_password(people.password)
    staff = {person.key: _member(person, password, people.passphrase, since) for person in people.person}
    _hold_ceremony([staff[key] for key in ROOTS])
    for person in people.person:
        for route in person.routes:
            for root in ROOTS:
                directory.endorse(staff[root].keyring, route, staff[person.key].bundle, since)
    return staff


def _member(person: content.Person, password: str, passphrase: str, since: date) -> Member:
    """An account with a second factor and, for those who may read, a key bundle."""
    user = User.objects.create(
        email=person.email,
        name=person.name,
        function_nl=person.function_nl,
        function_en=person.function_en,
        role_key=person.role,
        on_duty=person.on_duty,
        password=password,
    )
    give_totp(user)
    Membership.objects.bulk_create([Membership(user=user, route=route, since=since) for route in person.routes])
    bundle, _recovery = unlocking.make_bundle(user, passphrase)
    return Member(user, bundle, unlocking.unlock(bundle, passphrase))


def _hold_ceremony(roots: list[Member]) -> None:
    """Put the fingerprints of the roots where they belong: beside the database, not in it."""
    kids = [root.bundle.kid for root in roots]
    folder = settings.DATA / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "roots").write_text("\n".join(kids) + "\n")
    settings.VAULT_ROOTS = tuple(kids)
    trail.note("keys.rooted", subject=directory.ceremony(kids), on=localdate() - BEFORE_ALL)
