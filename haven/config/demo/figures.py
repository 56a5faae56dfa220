"""Overviews of the invented university: a year and some quarters of invented cases, counted, closed and released."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Final
from uuid import uuid4

from django.db import ProgrammingError

from haven.config.demo.playing import Member
from haven.desk import overview_deeds as deeds
from haven.desk.overview_files import drawn
from haven.register import publishing, release
from haven.register.actions import Event, count
from haven.register.models import Period
from haven.rulebook.declared import last_day

A_YEAR: Final = 320
COMPLAINTS: Final = 6
KINDS: Final = ("report", "question", "report", "report", "talk", "complaint", "report", "question", "notification")
MODES: Final = ("named", "anonymous", "confidential", "named", "anonymous")
TYPES: Final = ("bullying", "sexual_harassment", "harassment", "discrimination", "bullying", "exclusion", "other")
PLACES: Final = (
    "none",
    "counsellor_students",
    "none",
    "ombuds",
    "social_work",
    "none",
    "complaints_officer",
    "police",
    "none",
)
ACTIONS: Final = (
    "listened",
    "options_explained",
    "referred",
    "introduced",
    "listened",
    "manager_spoken",
    "safety_arranged",
    "listened",
)


def tell(first: Member, second: Member, today: date) -> None:
    """Last year, and this year up to the last quarter that is over. One closed them, the other looked and released:
    long before the trail of the demo begins, as its plans. A database to which a period is not over keeps its counters.
    """
    last = date(today.year - 1, 1, 1)
    over = [one for one in Period.objects.filter(plan__year__gte=last.year) if last_day(one.label) < today]
    until = max((last_day(one.label) for one in over), default=last)
    count(uuid4(), [*_events(last, until)], on=until)
    for period in sorted(over, key=lambda one: (last_day(one.label), one.label)):
        day = min(last_day(period.label) + timedelta(days=14), today)
        try:
            closed = release.close(period.label, on=day, by=str(first.user.pk), exact=_exact(period.label))
        except ProgrammingError:  # with PostgreSQL the day is that of the database
            continue
        publishing.keep_files(closed, drawn(closed))
        publishing.publish(closed, deeds.signed(closed, by=second.user, keyring=second.keyring), on=day)


def _exact(label: str) -> dict[str, int]:
    return {deeds.COMPLAINTS: COMPLAINTS} if label.isdigit() else {}


def _events(since: date, until: date) -> Iterator[Event]:
    days = (until - since).days + 1
    number = A_YEAR * days // 365
    for place, known in enumerate(_known(number)):
        day = since + timedelta(days=place * days // number)
        yield Event("intake", day, known)
        yield Event("closing", min(day + timedelta(days=30), until), known)
        if place % 7:
            yield Event("action", day, known)


def _known(number: int) -> Iterator[dict[str, str]]:
    lists: Sequence[Sequence[str]] = (KINDS, TYPES, PLACES, ACTIONS, MODES)
    names = ("kind", "category", "destination", "action", "mode")
    for codes in islice(zip(*map(cycle, lists), strict=False), number):
        yield dict(zip(names, codes, strict=True))
