"""Loads the demo: its staff with their keys, and every report and deed on its own day, through the usual actions.

All of it in one transaction, so that a demo is there whole or not at all. Deeds of all reports are done in the order of
their days, as they would have been in life: the trail then reads from the oldest to the newest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate

from haven.cleaning import limits
from haven.config.demo import complaining, content, counselling, doing, figures, helping, listening, writing
from haven.config.demo.playing import Deed, Member, Played, parked
from haven.people import advising, duty, editors
from haven.people.adapter import give_totp
from haven.people.advisers import Adviser, adviser
from haven.people.models import Duty, Membership, User
from haven.people.readers import team_of
from haven.register import plan as overviews
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import directory, unlocking

ROOTS = ("noor", "ria")  # the two readers of the installation ceremony
OFFICERS = ("nadia", "pieter")  # they confirm the keys of boards and committee
BEFORE_ALL = timedelta(days=90)
AWAY_SINCE = timedelta(days=3)
KNOWN_TO_ALL = {"time_cost": 1, "memory_cost": 8192, "parallelism": 1}  # nothing to stretch: the passphrase is shown
LAST_TOTAL = 320  # of the year before, in the overviews of the invented university

type Say = Callable[[str], Any]


def load(say: Say) -> None:
    """Fill an empty installation with the demo. Where there are people already, nothing is done."""
    if User.objects.exists():
        return
    today, reports = localdate(), content.reports()
    with ThreadPoolExecutor(limits.AT_ONCE) as beside, transaction.atomic():
        files = {report.key: [beside.submit(parked, name) for name in report.files] for report in reports}
        say("Making the invented staff and their keys.")
        staff = _staff(today - BEFORE_ALL)
        for year in (today.year - 1, today.year):
            _declare(year)
        figures.tell(staff["ria"], staff["lotte"], today)
        say(f"Letting {len(reports)} invented people write, and answering them.")
        complaints = [complaining.Course(one, staff, today) for one in complaining.written()]
        heard = [listening.Heard(one, staff, today) for one in listening.told()]
        _play([*(Played(report, staff, today, files[report.key]) for report in reports), *complaints, *heard])
        _keep_profiles(staff)
        _keep_roster(staff, today)
        _let_editors_in()
        counselling.play(staff, today)
        say("Writing the site.")
        writing.write()
        helping.write()
        doing.write()


def _declare(year: int) -> None:
    """The plan of overviews, as if it had been made the autumn before; what the reports are counted in."""
    autumn = date(year - 1, 11, 20)
    overviews.freeze(
        overviews.propose(shelf.current().overview, year, total=LAST_TOTAL, estimated=False, on=autumn), on=autumn
    )


def _play(told: Sequence[Played | complaining.Course | listening.Heard]) -> None:
    deeds = [deed for one in told for deed in one.deeds()]
    for deed in sorted(deeds, key=_by_day):
        deed.do(deed.day)


def _by_day(deed: Deed) -> date:
    return deed.day


def _staff(since: date) -> dict[str, Member]:
    people = content.people()
    password = make_password(people.password)
    staff = {person.key: _member(person, password, people.passphrase, since) for person in people.person}
    _hold_ceremony([staff[key] for key in ROOTS])
    for person in sorted(people.person, key=_of_a_complaint):
        for route in person.routes:
            for voucher in OFFICERS if _of_a_complaint(person) else ROOTS:
                directory.endorse(staff[voucher].keyring, route, staff[person.key].bundle, since, team=team_of(route))
    for one, told, by in _advisers(staff):
        for passed in told.trained:
            day = localdate() - timedelta(days=passed.days_ago)
            advising.record_training(one, key=passed.key, passed_on=day, by=by, on=since)
    return staff


def _let_editors_in() -> None:
    people = content.people()
    password = make_password(people.password)
    for person in people.editor:
        _account(person, password)


def _of_a_complaint(person: content.Person) -> bool:
    """Of a board or of the committee: confirmed by the complaints officers, whose own keys come first."""
    office = shelf.current().routes.complaints
    return office is not None and any(office.pool(route) for route in person.routes)


def _advisers(staff: Mapping[str, Member]) -> Iterator[tuple[Adviser, content.Advising, User]]:
    """Each adviser with what the demo tells of them, and the coordinator who writes it down."""
    for person in content.people().person:
        found = adviser(staff[person.key].user)
        if found and person.advises:
            yield found, person.advises, staff[ROOTS[0]].user


def _keep_roster(staff: Mapping[str, Member], today: date) -> None:
    """Three weeks of the contact point, each for one person; in the fourth nobody is on duty yet."""
    monday = today - timedelta(days=today.weekday())
    for number, key in enumerate(("bram", "noor", "tomasz")):
        first = monday + timedelta(weeks=number)
        week = Duty(route="contact_point", first_on=first, last_on=first + timedelta(days=6), person=staff[key].user)
        duty.enter(week, by=staff[ROOTS[0]].user)


def _keep_profiles(staff: Mapping[str, Member]) -> None:
    for found, told, by in _advisers(staff):
        _keep_profile(staff, found, told, by)


def _keep_profile(staff: Mapping[str, Member], found: Adviser, told: content.Advising, by: User) -> None:
    today = localdate()
    profile: dict[str, Any] = {name: list(getattr(told, name)) for name in ("languages", "audiences", "days")}
    if told.away_for is not None:
        profile |= {"away_from": today - AWAY_SINCE, "away_until": today + timedelta(days=told.away_for)}
        profile |= {"deputy": staff[told.deputy].user if told.deputy else None}
    advising.keep_profile(found, profile, by=by)
    for line in told.log:
        day = today - timedelta(days=line.days_ago)
        advising.record_development(found, kind=line.kind, day=day, hours=Decimal(line.hours), by=by)


def _member(person: content.Person, password: str, passphrase: str, since: date) -> Member:
    """An account with a key bundle."""
    user = _account(person, password)
    Membership.objects.bulk_create([Membership(user=user, route=route, since=since) for route in person.routes])
    bundle, recovery = unlocking.make_bundle(user, passphrase, KNOWN_TO_ALL)
    return Member(user, bundle, unlocking.unlock(bundle, recovery))  # by the printed code, which is not stretched


def _account(person: content.Person, password: str) -> User:
    """With a second factor, and nothing that opens anything."""
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
    editors.admit(user)
    return user


def _hold_ceremony(roots: list[Member]) -> None:
    """Put the fingerprints of the roots where they belong: beside the database, not in it."""
    kids = [root.bundle.kid for root in roots]
    folder = settings.DATA / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "roots").write_text("\n".join(kids) + "\n")
    settings.VAULT_ROOTS = tuple(kids)
    trail.note("keys.rooted", subject=directory.ceremony(kids), on=localdate() - BEFORE_ALL)
