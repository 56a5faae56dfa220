"""“Look again on that day.” Which case a person wants to see again lies sealed under the key of that person; why stands
with the words of the case, and goes with them. Without a key only a day is known on which somebody wants a mail."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from haven.cases import reviews
from haven.cases.actions import NotNow, live
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.cases.work import REMINDER, SLOT
from haven.notices.actions import remember
from haven.trail import actions as trail
from haven.vault import drawer
from haven.vault.unlocking import Keyring

_PLACE = "reminders"


@transaction.atomic
def remind(opened: OpenCase, *, day: date, text: str = "", on: date | None = None) -> None:
    """See this case again on a day to come. One reminder for each person and case: a new one replaces the old."""
    today, case = on or localdate(), live(opened)
    if day <= today:
        raise NotNow("not_to_come")
    said = {"is": REMINDER, "day": day.isoformat(), "text": text, "by": opened.by.name}
    opened.keep("internal", SLOT, said, on=today, seq=case.stamp)
    _replace(opened.keyring, opened.case.pk, day)
    remember(opened.by, _to_come(opened.keyring))
    case.changed()
    trail.note("case.worked", subject=case.reference, by=str(opened.by.pk), on=today)


@transaction.atomic
def looked(opened: OpenCase) -> None:
    """Take the own reminder away. The case does not change, so that colleagues need not look at what is new."""
    _replace(opened.keyring, opened.case.pk, None)
    remember(opened.by, _to_come(opened.keyring))


def renew_days(opened: OpenCase) -> None:
    """After something else was put in the drawer that has a day. In the caller's transaction."""
    remember(opened.by, _to_come(opened.keyring))


def day_of(opened: OpenCase) -> date | None:
    """When this person wants to see this case again."""
    return _all(opened.keyring).get(opened.case.pk)


def due(keyring: Keyring, on: date) -> list[Case]:
    """What this person wanted to look at again by now, of the running cases they can still open."""
    days = {scope: day for scope, day in _all(keyring).items() if day <= on}
    if not days:
        return []
    cases = Case.objects.granted_to(keyring).running_or_filed().filter(pk__in=days)
    return sorted(cases, key=lambda case: (days[case.pk], case.pk))


def _all(keyring: Keyring) -> dict[UUID, date]:
    kept = drawer.read(keyring).get(_PLACE, {})
    return {UUID(scope): date.fromisoformat(day) for scope, day in kept.items()}


def _to_come(keyring: Keyring) -> set[date]:
    return {day for day in {*_all(keyring).values(), *reviews.days(keyring)} if day > localdate()}


def _replace(keyring: Keyring, scope: UUID, day: date | None) -> None:
    """With it goes what points at a case that is no more."""
    kept = drawer.read(keyring, lock=True)
    days: dict[str, str] = kept.get(_PLACE, {})
    there = {str(pk) for pk in Case.objects.filter(pk__in=list(days)).values_list("pk", flat=True)}
    days = {one: when for one, when in days.items() if one in there and one != str(scope)}
    drawer.write(keyring, kept | {_PLACE: days | ({str(scope): day.isoformat()} if day else {})})
