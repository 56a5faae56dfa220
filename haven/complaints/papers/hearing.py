"""A hearing as an invitation for a calendar. Others see a calendar too: it says when and where, not what about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vText


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """`key`: random, the same for each change of this sitting. `number`: 0 at first, one more with each change.

    `starts`, `ends`: with their zone. `place`: an address, never the name of a room that tells what happens there.
    """

    key: str
    number: int
    day: date  # on which it is sent
    starts: datetime
    ends: datetime
    place: str = field(repr=False)
    language: str
    sender: str  # a mail address of the institution
    to: Sequence[str] = field(repr=False)


def invitation(sitting: Sitting) -> bytes:
    return _calendar(sitting, "REQUEST")


def cancellation(sitting: Sitting) -> bytes:
    """`number` has to be one more than that of the invitation."""
    return _calendar(sitting, "CANCEL")


def _calendar(sitting: Sitting, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Haven//Appointments//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(sitting, method))
    calendar.add_missing_timezones(date(sitting.starts.year, 1, 1), date(sitting.ends.year + 1, 1, 1))
    made: bytes = calendar.to_ical()
    return made


def _event(sitting: Sitting, method: str) -> Event:
    """No time of day of when it was made. Nobody who is invited reads who else is: one for each."""
    event, called_off = Event(), method == "CANCEL"
    event.add("uid", f"{sitting.key}@haven.invalid")
    event.add("sequence", sitting.number)
    event.add("dtstamp", datetime.combine(sitting.day, time(), UTC))
    event.add("dtstart", sitting.starts)
    event.add("dtend", sitting.ends)
    with override(sitting.language):
        event.add("summary", _("Appointment"))
    event.add("location", sitting.place)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{sitting.sender}"))
    for address in sitting.to:
        event.add("attendee", _invited(address, called_off=called_off), encode=False)
    return event


def _invited(address: str, *, called_off: bool) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["ROLE"] = vText("REQ-PARTICIPANT")
    person.params["PARTSTAT"] = vText("DECLINED" if called_off else "NEEDS-ACTION")
    person.params["RSVP"] = vText("FALSE" if called_off else "TRUE")
    return person
