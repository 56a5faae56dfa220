"""A hearing in somebody's calendar, which others look at too."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from haven.complaints.papers.hearing import Sitting, cancellation, invitation

ZONE = ZoneInfo("Europe/Amsterdam")
SITTING = Sitting(
    key="b3f1c0de",
    number=0,
    day=date(2026, 4, 7),
    starts=datetime(2026, 10, 23, 10, tzinfo=ZONE),
    ends=datetime(2026, 10, 23, 12, tzinfo=ZONE),
    place="Stadskantoor Voorbeeldstad, kamer 4.08",
    language="nl",
    sender="klachten@voorbeeld.example",
    to=("robin@voorbeeld.example",),
)


def event_of(invited: bytes) -> Any:
    (event,) = Calendar.from_ical(invited).walk("VEVENT")
    return event


def test_an_invitation_says_when_and_where_and_not_what_about() -> None:
    calendar: Any = Calendar.from_ical(invitation(SITTING))
    (event,) = calendar.walk("VEVENT")

    assert calendar["method"] == "REQUEST"
    assert event.decoded("dtstart") == SITTING.starts
    assert event.decoded("dtend") == SITTING.ends
    assert event["summary"] == "Afspraak"
    assert event["location"] == SITTING.place
    assert event["attendee"] == "mailto:robin@voorbeeld.example"
    assert event["class"] == "PRIVATE"
    assert event.decoded("dtstamp").time().isoformat() == "00:00:00"
    assert {line.partition(":")[0].partition(";")[0] for line in event.to_ical().decode().splitlines()} >= {"SEQUENCE"}
    assert "description" not in event


def test_the_time_is_that_of_the_place_also_after_the_clock_has_changed() -> None:
    said: Any = Calendar.from_ical(invitation(SITTING))
    winter = replace(
        SITTING, starts=datetime(2026, 10, 26, 10, tzinfo=ZONE), ends=datetime(2026, 10, 26, 12, tzinfo=ZONE)
    )
    (zone,) = said.walk("VTIMEZONE")
    event = event_of(invitation(winter))

    assert zone["tzid"] == "Europe/Amsterdam"
    assert said.walk("VEVENT")[0].decoded("dtstart").utcoffset().seconds == 7200
    assert event.decoded("dtstart").utcoffset().seconds == 3600
    assert len(invitation(SITTING)) < 2000  # not every change of the clock since 1970


def test_a_hearing_that_is_called_off_leaves_the_calendar() -> None:
    calendar: Any = Calendar.from_ical(cancellation(replace(SITTING, number=1)))
    (event,) = calendar.walk("VEVENT")
    first = event_of(invitation(SITTING))

    assert calendar["method"] == "CANCEL"
    assert (event["status"], event["uid"]) == ("CANCELLED", first["uid"])
    assert event["sequence"] > first["sequence"]
    assert invitation(SITTING) == invitation(SITTING)
