"""Days as a calendar that another program shows. An entry says that something is due, and nothing else."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event


def calendar_of(days: Iterable[date]) -> bytes:
    """One whole day for each, that blocks nothing. No time of day: not of the entry, and not of when it was made."""
    calendar = Calendar()
    calendar.add("prodid", "-//Haven//Days//")
    calendar.add("version", "2.0")
    for day in days:
        calendar.add_component(_event(day))
    made: bytes = calendar.to_ical()
    return made


def _event(day: date) -> Event:
    event = Event()
    event.add("uid", f"{day:%Y%m%d}@haven.invalid")
    event.add("dtstamp", datetime.combine(day, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _("Haven: something is due"))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
