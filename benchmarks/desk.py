"""The desk with 1,000 and 10,000 sealed cases granted to one person: inbox, search, one case.

`uv run python -m benchmarks.desk`. In the server: Django's handler with all middleware, a session that is signed in and
unlocked, no network. Every case was sealed by `submit`, for six readers.
"""

import argparse
import random
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from benchmarks import place
from benchmarks.figures import Figure, table
from benchmarks.last_step import ANSWERS
from benchmarks.members import ROUTE, Member, members
from haven.cases.models import Case, State
from haven.cases.search import prepare
from haven.desk.listing import PER_PAGE
from haven.desk.views.search import MOST
from haven.intake.actions import Report, submit
from haven.people.adapter import give_totp
from haven.vault import codes, tallies, unlocking

SIZES = (1_000, 10_000)
REPEATS = 15
BATCH = 200
COUNTED = 400
DAYS = 400  # so many that no day looks like a flood, which would be one line (desk/bursts.py)
CHANCE = random.Random(7)  # noqa: S311  the same cases every time
REFERENCE = re.compile(rb"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
SYLLABLES = ("ba", "den", "ko", "li", "mar", "no", "pel", "ri", "sto", "ta", "ver", "wij")
WORDS = ["".join(CHANCE.choices(SYLLABLES, k=CHANCE.randint(2, 4))) for _ in range(3000)]
CATEGORIES = ("sexual_harassment", "bullying", "discrimination", "exclusion", "aggression", "other")
LIMITS = {"inbox": 150, "search, titles and names": 1000, "search, all text": 3000, "open a case": 50}


@dataclass(frozen=True)
class Took:
    """Milliseconds until the answer, and of work for it: on a busy machine the second says more."""

    wall: float
    work: float


def answers(number: int) -> dict[str, Any]:
    """Realistic in length, different in words. Every seventh knows a name; one in fifty tells of a barometer."""
    said = [*CHANCE.choices(WORDS, k=CHANCE.randint(80, 500)), "barometer" if number % 50 == 0 else ""]
    own = {**ANSWERS, "categories": CHANCE.sample(CATEGORIES, k=2), "story": " ".join(said)}
    if number % 7:
        return own
    return {**own, "mode": "named", "name": f"Person Vandermeer{number:05}", "contact_way": "mailbox"}


def fill(first: int, last: int) -> float:
    """Cases from number `first` to `last`; gives the seconds it took."""
    began = perf_counter()
    for start in range(first, last, BATCH):
        with transaction.atomic():
            for number in range(start, min(start + BATCH, last)):
                day = localdate() - timedelta(days=number % DAYS)
                report = Report(code=codes.new_code(), answers=answers(number), language="nl", route=ROUTE)
                submit(report, on=day)
    _spread()
    return perf_counter() - began


def _spread() -> None:
    """A third is being handled, and of those some wait for an answer."""
    handled = Case.objects.filter(pk__lt=UUID(int=2**128 // 3), state=State.NEW)
    handled.update(state=State.OPEN, screened_on=localdate(), contacted_on=localdate())
    Case.objects.filter(pk__lt=UUID(int=2**128 // 30)).update(reply_waiting=True)


def sign_in(member: Member) -> Client:
    give_totp(member.person)
    client = Client(headers={"host": "localhost"})
    client.force_login(member.person)
    client.cookies[settings.UNLOCK_COOKIE_NAME] = unlocking.open_session(member.bundle, member.keyring)
    return client


def pages(client: Client, size: int) -> Mapping[str, tuple[Callable[[], HttpResponse], int]]:
    """Each page with the number of cases that must stand on it."""
    inbox, search = reverse("desk:inbox"), reverse("desk:search")
    references = iter(CHANCE.sample(list(Case.objects.values_list("reference", flat=True)), k=REPEATS))
    named = {"words": "vandermeer00077", "where": "head"}
    told = {"words": "barometer", "where": "text"}
    return {
        "inbox": (lambda: client.get(inbox), PER_PAGE),
        "search, titles and names": (lambda: client.post(search, named), 1),
        "search, all text": (lambda: client.post(search, told), min(size // 50, MOST)),
        "open a case": (lambda: client.get(reverse("desk:case", args=[next(references)])), 1),
    }


def measure(page: Callable[[], HttpResponse], shows: int) -> Took:
    """The median of each."""
    times, work = [], []
    for _ in range(REPEATS):
        began, busy = perf_counter(), process_time()
        answer = page()
        times.append(1000 * (perf_counter() - began))
        work.append(1000 * (process_time() - busy))
        found = set(REFERENCE.findall(answer.content))
        assert answer.status_code == 200
        assert len(found) >= shows, f"{len(found)} cases"  # a case names its neighbours in the list too
    return Took(median(times), median(work))


def counting() -> float:
    """What counting adds to the transaction in which a case is closed: values are sealed, and one row is written."""
    known = dict.fromkeys(("kind", "category", "audience", "channel", "mode", "outcome", "destination"), "not_said")
    times = []
    with transaction.atomic():
        for _ in range(COUNTED):
            began = perf_counter()
            tallies.keep({"at": "closing", "known": known}, on=localdate())
            times.append(1000 * (perf_counter() - began))
        transaction.set_rollback(True)
    return quantiles(times, n=20)[-1]


def at_size(size: int, before: int, member: Member, client: Client) -> dict[str, Took]:
    seconds = fill(before, size)
    print(f"{size:,} cases; the last {size - before:,} sealed in {seconds:.0f} s")
    began = perf_counter()
    granted = dict(Case.objects.granted_to(member.keyring).values_list("pk", "stamp"))
    assert len(granted) == size
    assert prepare(member.keyring, granted, seconds=600) == 0
    print(f"    search index of one person made in {perf_counter() - began:.1f} s, two seconds at a time in a session")
    return {name: measure(*page) for name, page in pages(client, size).items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs=2, default=SIZES)
    small, large = parser.parse_args().sizes
    staff = members()
    translation.activate("nl")
    client = sign_in(staff[2])
    few, many = at_size(small, 0, staff[2], client), at_size(large, small, staff[2], client)
    figures = []
    for name, limit in LIMITS.items():
        before, now = few[name], many[name]
        print(
            f"{name:26} {small:,}: {before.wall:.0f} ms, {before.work:.0f} of work   {large:,}: {now.work:.0f} of work"
        )
        figures.append(Figure(f"{name}, {large:,} cases", now.wall, limit, "ms"))
    for name in LIMITS:
        one = name == "open a case"  # the others look at all cases, this looks at one
        grown = many[name].work / few[name].work * (1 if one else small / large)
        figures.append(Figure(f"growth of the work a case: {name}", grown, 1.25 if one else 1, "times"))
    figures.append(Figure("counting, in closing a case: 19 of 20 within", counting(), 5, "ms"))
    return table("The desk", figures)


if __name__ == "__main__":
    print(f"in {place.FOLDER}")
    sys.exit(main())
