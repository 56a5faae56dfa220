"""The desk with 1,000 and 10,000 sealed cases granted to one person: inbox, search, one case.

`uv run python -m benchmarks.desk`. In the server: Django's handler with all middleware, a session that is signed in and
unlocked, no network. Every case was sealed by `submit`, for six readers.
"""

import argparse
import random
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

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
from haven.intake.actions import Report, submit
from haven.people.adapter import give_totp
from haven.vault import codes, unlocking

SIZES = (1_000, 10_000)
REPEATS = 15
BATCH = 200
CHANCE = random.Random(7)  # noqa: S311  the same cases every time
SYLLABLES = ("ba", "den", "ko", "li", "mar", "no", "pel", "ri", "sto", "ta", "ver", "wij")
WORDS = ["".join(CHANCE.choices(SYLLABLES, k=CHANCE.randint(2, 4))) for _ in range(3000)]
CATEGORIES = ("sexual_harassment", "bullying", "discrimination", "exclusion", "aggression", "other")
LIMITS = {"inbox": 150, "search, titles and names": 1000, "search, all text": 3000, "open a case": 50}


def answers(number: int) -> dict[str, Any]:
    """Realistic in length, different in words. Every seventh knows a name; one in fifty tells of a barometer."""
    said = [*CHANCE.choices(WORDS, k=CHANCE.randint(80, 500)), "barometer" if number % 50 == 0 else ""]
    own = {**ANSWERS, "categories": CHANCE.sample(CATEGORIES, k=2), "story": " ".join(said)}
    if number % 7:
        return own
    return {**own, "mode": "named", "name": f"Person Vandermeer{number}", "contact_way": "mailbox"}


def fill(first: int, last: int) -> float:
    """Cases from number `first` to `last`; gives the seconds it took."""
    began = perf_counter()
    for start in range(first, last, BATCH):
        with transaction.atomic():
            for number in range(start, min(start + BATCH, last)):
                day = localdate() - timedelta(days=number % 20)
                report = Report(code=codes.new_code(), answers=answers(number), language="nl", route=ROUTE)
                submit(report, on=day)
    _spread()
    return perf_counter() - began


def _spread() -> None:
    """A third is being handled, and of those some wait for an answer."""
    handled = Case.objects.filter(pk__lt="55").filter(state=State.NEW)
    handled.update(state=State.OPEN, screened_on=localdate(), contacted_on=localdate())
    Case.objects.filter(pk__lt="08").update(reply_waiting=True)


def sign_in(member: Member) -> Client:
    give_totp(member.person)
    client = Client(headers={"host": "localhost"})
    client.force_login(member.person)
    client.cookies[settings.UNLOCK_COOKIE_NAME] = unlocking.open_session(member.bundle, member.keyring)
    return client


def pages(client: Client) -> Mapping[str, Callable[[], HttpResponse]]:
    inbox, search = reverse("desk:inbox"), reverse("desk:search")
    references = iter(CHANCE.sample(list(Case.objects.values_list("reference", flat=True)), k=REPEATS + 2))
    return {
        "inbox": lambda: client.get(inbox),
        "search, titles and names": lambda: client.post(search, {"words": "vandermeer77", "where": "head"}),
        "search, all text": lambda: client.post(search, {"words": "barometer", "where": "text"}),
        "open a case": lambda: client.get(reverse("desk:case", args=[next(references)])),
    }


def measure(page: Callable[[], HttpResponse]) -> float:
    """Milliseconds, the median. Each answer must be a page that came from the cases."""
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        answer = page()
        times.append(1000 * (perf_counter() - began))
        assert answer.status_code == 200, f"status {answer.status_code} {answer.headers.get('Location', '')}"
    return median(times)


def at_size(size: int, before: int, member: Member, client: Client) -> dict[str, float]:
    seconds = fill(before, size)
    print(f"{size:,} cases; the last {size - before:,} sealed in {seconds:.0f} s")
    began = perf_counter()
    granted = dict(Case.objects.granted_to(member.keyring).values_list("pk", "stamp"))
    assert len(granted) == size
    assert prepare(member.keyring, granted, seconds=600) == 0
    print(f"    search index of one person made in {perf_counter() - began:.1f} s, two seconds at a time in a session")
    return {name: measure(page) for name, page in pages(client).items()}


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
        figures.append(Figure(f"{name}, {large:,} cases (at {small:,}: {few[name]:.0f} ms)", many[name], limit, "ms"))
    for name in LIMITS:
        one = name == "open a case"
        grown = many[name] / few[name] * (1 if one else small / large)
        figures.append(Figure(f"growth of the cost a case: {name}", grown, 1.25 if one else 1, "times"))
    return table("The desk", figures)


if __name__ == "__main__":
    print(f"in {place.FOLDER}")
    sys.exit(main())
