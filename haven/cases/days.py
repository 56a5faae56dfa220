"""The days on which something is due for one person, as far as they are known without a key: no word, no case, no
number. What a person cannot open adds none: somebody whom a report is about sees the same days with and without it."""

from datetime import date, timedelta
from typing import Final

from haven.cases.models import Case
from haven.notices.actions import FIXED_HOURS
from haven.notices.models import Reminder
from haven.people.models import User
from haven.rulebook import shelf
from haven.vault.models import KeyBundle

AHEAD: Final = timedelta(days=28)


def days_due(person: User, on: date) -> list[date]:
    """Terms for a first contact, days by which somebody has to look, and own reminders; what is late stands on today.

    With notices at fixed hours no calendar may tell that something came: it holds every working day, for everybody.
    """
    if shelf.current().institution.notices.mode == FIXED_HOURS:
        ahead = (on + timedelta(days=number) for number in range(AHEAD.days))
        return [day for day in ahead if shelf.current().calendar.is_working_day(day)]
    kids = KeyBundle.objects.filter(owner=person, state=KeyBundle.State.CURRENT).values_list("kid", flat=True)
    held = Case.objects.held_by(kids)
    terms = [case.contact_due for case in held.contact_due() if case.contact_due]
    looks = [case.look_by for case in held.to_look_at() if case.look_by]
    own = Reminder.objects.filter(to=person).values_list("day", flat=True)
    return sorted({max(day, on) for day in (*terms, *looks, *own)})
