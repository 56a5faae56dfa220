"""“I am too close to this.” A colleague gives up every key to one case in one step, best before reading it.

Nobody asks why. For who stepped back the case is from then on as if it had never come; who goes on is told that
something waits, and the reporter sees that a reader stepped back.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import reminders
from haven.cases.actions import NotNow, say_in_mailbox
from haven.cases.consent import present
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.cases.recall import KINDS, kids_of, let_go
from haven.notices.actions import tell
from haven.people.models import User
from haven.people.readers import RouteReader, handlers_of, readers_of
from haven.rulebook import shelf
from haven.trail import actions as trail
from haven.vault import grants, reading, sealing

STEPPED_BACK = "stepped_back"


@dataclass(frozen=True)
class Others:
    """Who goes on when this person steps back; how many are missing then, and who could read in their place."""

    left: tuple[User, ...]
    missing: int
    could: tuple[RouteReader, ...]

    @property
    def nobody(self) -> bool:
        """Too few would be left, and there are not enough people to ask."""
        return len(self.could) < self.missing


def others(opened: OpenCase, *, on: date | None = None) -> Others:
    """An adviser leaves the team as it was, so nobody is missing then."""
    day, route = on or localdate(), shelf.current().routes[opened.case.route]
    held = grants.kids_of(opened.case.pk, "internal")
    left = [one for one in _staff(handlers_of(route.key, on=day)) if one.kid in held and one.person != opened.by]
    readers = [one for one in left if one.person and not one.person.advises]
    missing = 0 if opened.by.advises else max(0, route.min_readers - len(readers))
    could = _could(opened, missing, day) if missing else []
    return Others(tuple(one.person for one in left if one.person), missing, tuple(could))


def _could(opened: OpenCase, missing: int, on: date) -> list[RouteReader]:
    """Confirmed readers of the route who do not read it yet; with those of the next route when these are too few."""
    route = shelf.current().routes[opened.case.route]
    reads = {opened.by, *opened.readers}
    found: dict[str, RouteReader] = {}
    for key in (route.key, route.next):
        if key and len(found) < missing:
            fit = (one for one in _staff(readers_of(key, on=on)) if one.person not in reads)
            found |= {one.kid: one for one in fit if one.person and not opened.keeps_out(one.person)}
    return list(found.values())


def _staff(readers: Iterable[RouteReader]) -> list[RouteReader]:
    return [one for one in readers if one.person is not None]


@transaction.atomic
def step_back(opened: OpenCase, *, instead: Collection[str] = (), on: date | None = None) -> None:
    """End the own access to everything of this case, at once and for good. `instead`: keys of who reads from now on."""
    day, case = on or localdate(), present(opened.case)
    if not reading.can_open(opened.keyring, case.pk, "internal"):
        raise Case.DoesNotExist  # pressed twice: it is done
    now = others(opened, on=day)
    chosen = [one for one in now.could if one.kid in instead]
    if len(chosen) < now.missing:
        raise NotNow("nobody_reads_instead" if now.nobody else "choose_who_reads")
    _bring_in(opened, case, chosen, day)
    knew = sealing.has(case.pk, "identity")
    let_go(opened, [opened.by], on=day)
    keep_out(opened, [opened.by], why=STEPPED_BACK, on=day, seq=case.stamp)
    if knew and not sealing.has(case.pk, "identity"):
        say_in_mailbox(opened, case, "name_gone", on=day)
    if opened.by.advises:
        say_in_mailbox(opened, case, "adviser_left", on=day)
    reminders.looked(opened)
    case.changed(handler=None if case.handler == opened.by else case.handler)
    tell([*now.left, *(one.person for one in chosen if one.person)], "urgent" if case.urgent else "waiting")
    trail.note("case.stepped_back", subject=case.reference, by=str(opened.by.pk), on=day)


def _bring_in(opened: OpenCase, case: Case, chosen: Collection[RouteReader], on: date) -> None:
    """They get what a colleague gets to whom a case is assigned, and the reporter reads in the mailbox who they are."""
    if not chosen:
        return
    kinds = (*KINDS, "identity") if opened.shows_name else KINDS
    grants.regrant(opened.keyring, case.pk, kinds, [one.reader for one in chosen])
    for one in chosen:
        say_in_mailbox(opened, case, "reads_instead", on=on, **functions(one))


def functions(one: RouteReader) -> dict[str, str]:
    return {"function_nl": one.function("nl"), "function_en": one.function("en")}


def keep_out(opened: OpenCase, people: Collection[User], *, why: str, on: date, seq: int) -> None:
    """Remember, sealed for who goes on, that these people get no key to this case again."""
    opened.keep("internal", "excluded", {"kids": sorted(kids_of(people)), "why": why}, on=on, seq=seq)
