"""Giving a case to an adviser, and taking it back (R-002-13). The team decides; an adviser never takes a case."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from haven.cases.actions import NotNow, live, say_in_mailbox
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.cases.recall import KINDS, advisers_on, let_go
from haven.notices.actions import tell
from haven.people.advisers import Adviser, advisers_of
from haven.people.models import User
from haven.people.readers import readers_of
from haven.trail import actions as trail
from haven.vault import grants
from haven.vault.unlocking import Keyring


@transaction.atomic
def give(opened: OpenCase, *, to: User, on: date | None = None) -> None:
    """Give the case to an adviser who is trained, here and confirmed. Who had it before loses it in the same moment."""
    day, case = on or localdate(), live(opened)
    _must_be_of_the_team(opened, day)
    adviser = _adviser(opened, to, day)
    if adviser.reader is None:
        raise NotNow("adviser_without_keys")
    kinds = (*KINDS, "identity") if opened.shows_name else KINDS
    grants.regrant(opened.keyring, case.pk, kinds, [adviser.reader])
    let_go(opened, advisers_on(opened, but=to), on=day)
    functions = {"function_nl": to.function("nl"), "function_en": to.function("en")}
    say_in_mailbox(opened, case, "adviser", on=day, **functions)
    case.changed(handler=to)
    tell([to], "waiting")
    trail.note("case.given", subject=case.reference, by=str(opened.by.pk), on=day)


@transaction.atomic
def take_back(opened: OpenCase, *, on: date | None = None) -> None:
    """The adviser leaves the case, and nobody handles it until the team says who does."""
    day, case = on or localdate(), live(opened)
    _must_be_of_the_team(opened, day)
    leaving = advisers_on(opened)
    if not leaving:
        raise NotNow("no_adviser")
    let_go(opened, leaving, on=day)
    say_in_mailbox(opened, case, "adviser_left", on=day)
    case.changed(handler=None)
    trail.note("case.taken_back", subject=case.reference, by=str(opened.by.pk), on=day)


def _must_be_of_the_team(opened: OpenCase, on: date) -> None:
    """Also with every right: who is no confirmed reader of this route gives its cases to nobody."""
    if opened.by not in [one.person for one in readers_of(opened.case.route, on=on)]:
        raise NotNow("only_the_team_gives")


def _adviser(opened: OpenCase, to: User, on: date) -> Adviser:
    """Struck out, or no adviser of this team: one answer."""
    found = next((one for one in advisers_of(opened.case.route, on=on) if one.person == to), None)
    if found is None or to == opened.by or opened.keeps_out(to):
        raise NotNow("not_an_adviser")
    if to == opened.case.handler:
        raise NotNow("adviser_has_it")
    if why := found.why_not(on):
        raise NotNow(why)
    return found


def caseloads(keyring: Keyring) -> Counter[int]:
    """How many running cases each colleague handles, among those the viewer holds a key to, and no others."""
    running = Case.objects.granted_to(keyring).running().filter(handler__isnull=False)
    counted = running.order_by().values("handler_id").annotate(cases=Count("pk"))
    return Counter({row["handler_id"]: row["cases"] for row in counted})
