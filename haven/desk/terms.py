"""Ages and terms in working days, as the desk tells them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from haven.cases.models import RUNNING, Case
from haven.rulebook import shelf

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """The first-contact term of a case: its last day, how far that is, and how it was counted (R-000-16)."""

    day: date
    label: str
    late: bool
    today: bool
    rule: str


def due_of(case: Case, on: date) -> Due | None:
    """None when nobody waits for a first contact: not asked for, made already, or the case ended."""
    if case.contact_due is None or case.contacted_on is not None or case.state not in RUNNING:
        return None
    late = case.is_overdue(on)
    return Due(case.contact_due, _label(case.contact_due, on), late, case.contact_due == on, rule_of(case))


def rule_of(case: Case) -> str:
    """How the term was counted, with every day that was passed over."""
    book = shelf.current()
    if case.route not in book.routes:
        return ""
    days = book.routes[case.route].first_contact_working_days
    return book.calendar.add_working_days(case.received_on, days).rule.say(get_language() or "nl")


def working_days(after: date, until: date) -> int:
    """How many working days lie after one day, up to and including another."""
    return shelf.current().calendar.working_days(after, until)


def age_of(case: Case, on: date) -> str:
    """How long the case is here (R-004-27)."""
    days = working_days(case.received_on, on)
    if not days:
        return _("new")
    return ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days}


def until_day(due: date, on: date) -> str:
    """How far a day is, or how late: as a first contact is told."""
    return _label(due, on)


def _label(due: date, on: date) -> str:
    if due == on:
        return _("today")
    if due < on:
        late = working_days(due, on)
        if not late:
            return _("too late")
        return ngettext("%(n)d working day too late", "%(n)d working days too late", late) % {"n": late}
    left = working_days(on, due)
    return ngettext("in %(n)d working day", "in %(n)d working days", left) % {"n": left}
