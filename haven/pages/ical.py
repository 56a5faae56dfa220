"""Activities as a calendar that another program shows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone
from icalendar import Calendar, Event

from haven.pages.models.activity import Activity
from haven.pages.settled import settled


def of(activities: Iterable[Activity], at: str) -> bytes:
    """`at`: the address below which each has its own page."""
    calendar = Calendar()
    calendar.add("prodid", "-//Haven//Activities//")
    calendar.add("version", "2.0")
    for one in activities:
        if one.on and not one.details_follow:  # what has no day yet would stand on a wrong one
            calendar.add_component(_event(one, one.on, at))
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _event(activity: Activity, on: date, at: str) -> Event:
    """On its hours, or on whole days. The same activity keeps its name, so that a change moves it."""
    event = Event()
    event.add("uid", f"{activity.key}@activities.haven.invalid")
    event.add("dtstamp", datetime.combine(activity.details_on or activity.added_on, time(), UTC))
    if activity.starts:
        event.add("dtstart", datetime.combine(on, activity.starts, get_current_timezone()))
        event.add("dtend", datetime.combine(on, activity.ends or activity.starts, get_current_timezone()))
    else:
        event.add("dtstart", on)
        event.add("dtend", (activity.until or on) + timedelta(days=1))
    event.add("summary", activity.title)
    event.add("url", f"{at}{activity.key}/")
    for name, said in (("location", activity.place), ("description", activity.purpose)):
        if said:
            event.add(name, settled(said))
    return event
