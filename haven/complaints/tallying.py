"""Counting complaints that ended, for the yearly report (R-001-30), and what of the numbers may be shown (R-001-31).

Counting needs the keys of an officer. It is done for many complaints at once, after their year is over, and leaves
numbers beside each other: which category went with which outcome is kept nowhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import F, Min

from haven.complaints import course, regulation
from haven.complaints.models import Complaint
from haven.complaints.opened import OpenComplaint, listed
from haven.complaints.yearly_models import ForgottenYear, Pool, Tally
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure
from haven.rulebook.yearly import Yearly
from haven.vault.unlocking import Keyring

CATEGORY, OUTCOME, RECOMMENDATION = TABLES = ("category", "outcome", "recommendation")
OTHERS = "others"
NOT_SAID = "not_said"


@dataclass(frozen=True)
class Shown:
    """A pool as it may be shown: of each table codes with their numbers, in the order of the regulation."""

    since: int
    until: int
    number: int
    tables: Mapping[str, Sequence[tuple[str, int]]]

    def plain(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until, "number": self.number, "tables": dict(self.tables)}


def rules_of(key: str, year: int) -> Procedure | None:
    """The regulation as it was at the end of the year, when it asks for a yearly report."""
    found = [one for one in shelf.current().procedures if one.key == key and one.yearly]
    then = [one for one in found if one.in_force_on(date(year, 12, 31))]
    return next(iter(then or found), None)


def received(rules: Procedure, year: int) -> int:
    """How many formal complaints came in this year: exactly, also when some were destroyed since. An investigation that
    nobody complained for is none."""
    there = Complaint.objects.filter(procedure=rules.key, received_on__year=year, parties__role=rules.starter)
    gone = ForgottenYear.objects.filter(procedure=rules.key, year=year).values_list("number", flat=True)
    return there.distinct().count() + sum(gone)


def first_year(rules: Procedure) -> int | None:
    """The first year of which anything is known."""
    there = Complaint.objects.filter(procedure=rules.key).aggregate(first=Min("received_on"))["first"]
    gone = ForgottenYear.objects.filter(procedure=rules.key).aggregate(first=Min("year"))["first"]
    return min(filter(None, [there.year if there else None, gone]), default=None)


def forgotten(row: Complaint) -> None:
    """A complaint is destroyed: in the caller's transaction the number of its year stays as it was."""
    rules = regulation.of(row)
    if not row.parties.filter(role=rules.starter).exists():
        return
    unread = int(not row.counted)
    kept, _new = ForgottenYear.objects.get_or_create(procedure=row.procedure, year=row.received_on.year)
    ForgottenYear.objects.filter(pk=kept.pk).update(number=F("number") + 1, unread=F("unread") + unread)


def count_ended(rules: Procedure, year: int, *, keyring: Keyring, by: User) -> int:
    """Count what ended in this year or before and was not counted, as far as these keys open it; in the caller's
    transaction. The number counted."""
    rows = Complaint.objects.select_for_update().filter(procedure=rules.key, counted=False, ended_on__year__lte=year)
    waiting = {one.pk for one in rows}
    found = [one for one in listed(keyring, by=by) if one.row.pk in waiting] if waiting else []
    if not found:
        return 0
    begun = min(one.row.ended_on.year for one in found if one.row.ended_on)
    pool, _new = Pool.objects.get_or_create(procedure=rules.key, until=None, defaults={"since": begun})
    Pool.objects.filter(pk=pool.pk).update(number=F("number") + len(found))
    for (about, code), more in Counter(chain.from_iterable(codes(one) for one in found)).items():
        line, _new = Tally.objects.get_or_create(pool=pool, about=about, code=code)
        Tally.objects.filter(pk=line.pk).update(number=F("number") + more)
    Complaint.objects.filter(pk__in=[one.row.pk for one in found]).update(counted=True)
    return len(found)


def codes(opened: OpenComplaint) -> Iterator[tuple[str, str]]:
    """What is counted of one complaint: codes of its own regulation, each by itself."""
    rules, done = regulation.of(opened.row), course.done(opened)
    if rules.yearly is None:
        return
    yield from ((CATEGORY, one) for one in opened.head.get("categories") or [NOT_SAID])
    yield OUTCOME, outcome(rules.yearly, {one.step: set(one.parts) for one in done})
    asked = rules.yearly.recommendations
    kinds = next(one for one in rules.step(asked.step).contents if one.key == asked.part).keys()
    said = [key for one in done if one.step == asked.step for key in one.parts]
    yield from ((RECOMMENDATION, key) for key in kinds if key in said)


def outcome(yearly: Yearly, taken: Mapping[str, set[str]]) -> str:
    for one in yearly.outcomes:
        if any(key in taken and (one.part is None or one.part in taken[key]) for key in one.steps):
            return one.key
    return NOT_SAID


def pool_of(rules: Procedure) -> Pool | None:
    return Pool.objects.filter(procedure=rules.key, until=None).first()


def shown(rules: Procedure, year: int) -> Shown | None:
    """The open pool, when enough complaints are in it; else nothing of it, whatever it holds."""
    pool, yearly = pool_of(rules), rules.yearly
    if pool is None or yearly is None or pool.number < yearly.pool:
        return None
    lines = Tally.objects.filter(pool=pool).values_list("about", "code", "number")
    counts = {about: {code: number for table, code, number in lines if table == about} for about in TABLES}
    tables = {about: together(counts[about], order(rules, about), yearly.least) for about in TABLES}
    return Shown(pool.since, year, pool.number, tables)


def order(rules: Procedure, about: str) -> list[str]:
    """The codes of a table, as the regulation lists them."""
    if about == CATEGORY:
        return [one.key for one in rules.categories]
    if rules.yearly is None:
        return []
    if about == OUTCOME:
        return [one.key for one in rules.yearly.outcomes]
    asked = rules.yearly.recommendations
    return [one.key for part in rules.step(asked.step).contents if part.key == asked.part for one in part.choices]


def together(counts: Mapping[str, int], listed_as: Sequence[str], least: int) -> list[tuple[str, int]]:
    """Lines of at least so many. All that is less stands in one line; while that line is too small itself, the smallest
    of the others goes into it, so that nothing can be taken off from a sum."""
    known = {code: counts.get(code, 0) for code in listed_as}
    alone = {code: number for code, number in known.items() if number >= least}
    rest = sum(counts.values()) - sum(alone.values())
    while 0 < rest < least and alone:
        rest += alone.pop(min(alone, key=lambda code: alone[code]))
    lines = list(alone.items())
    return [*lines, (OTHERS, rest)] if rest >= least else lines
