"""What can be joined in the coming half year, by audience; and feeds that say when details are there."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from icalendar import Calendar

from haven.pages.models import Activity, ActivityIndexPage, Outcome, PlanPage, Series, Unit
from tests.pages.conftest import Homes, SignedIn, published
from tests.pages.test_plan import action, make, said
from tests.proves import proves

TODAY = "2026-11-25 09:00:00+00:00"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def address(homes: Homes) -> str:
    dutch = published(ActivityIndexPage(title="Doen", locale=homes["nl"].locale), below=homes["nl"])
    english = ActivityIndexPage(title="Join", locale=homes["en"].locale, translation_key=dutch.translation_key)
    published(english, below=homes["en"])
    return "/en/join/"


def activity(key: str, on: date | None = date(2026, 12, 8), /, **words: Any) -> Activity:
    told: dict[str, Any] = said("title", f"Title of {key}", f"Titel van {key}") | {"kind": "talk", "on": on}
    made = Activity(key=key, **(told | words))
    made.clean()
    made.save()
    return made


def events_of(calendar: bytes) -> list[Any]:
    return list(Calendar.from_ical(calendar).walk("VEVENT"))


def later(key: str, around: date, **words: Any) -> Activity:
    told = said("window", "late January 2027", "eind januari 2027") | {"details_follow": True, "around": around}
    return activity(key, None, **(told | words))


@proves("R-003-18")
def test_the_coming_six_months_are_shown_by_month_and_audience(client: Client, address: str) -> None:
    activity("past", date(2026, 11, 24))
    activity("soon", date(2026, 12, 8), audiences=["student"], starts=time(12), ends=time(13, 30))
    later("rough", date(2027, 1, 26), audiences=["staff"])
    activity("last", date(2027, 5, 25), **said("place", "Great hall"))
    activity("too-late", date(2027, 5, 26))

    shown = client.get(address).text
    assert re.findall(r'href="/en/join/([\w-]+)/">', shown) == ["soon", "rough", "last"]
    assert re.findall(r"<h2>(\w+ 202\d)</h2>", shown) == ["December 2026", "January 2027", "May 2027"]
    assert re.search("Tuesday 8 December 2026, 12:00.13:30", shown)
    assert "Late January 2027" in shown
    only = client.get(f"{address}?for=student").text
    assert re.findall(r'href="/en/join/([\w-]+)/">', only) == ["soon", "last"]


@proves("R-003-22", "R-003-21")
def test_an_activity_has_its_own_page_with_why_with_whom_and_the_rest_of_its_series(
    client: Client, address: str
) -> None:
    words = said("title", "Mirror") | said("text", "A play.") | said("purpose", "To look together.")
    series = Series.objects.create(key="mirror", **words)
    partner = {"link": "https://a.example/mirror/", **said("partner", "Another university")}
    activity("first", series=series, kind="theatre", **partner)
    later("second", date(2027, 1, 26), series=series)
    shown = client.get(f"{address}first/").text

    for words_on_it in ("<h2>Why?</h2><p>To look together.</p>", "Another university", "Part of a series: Mirror"):
        assert words_on_it in shown
    assert 'href="https://a.example/mirror/"' in shown
    assert 'href="/en/join/second/">Title of second</a>, late January 2027' in shown
    assert "Details follow" in client.get(f"{address}second/").text
    assert '<a class="tongue" href="/nl/doen/first/"' in shown
    assert "Titel van first" in client.get("/nl/doen/first/").text
    assert client.get(f"{address}nothing/").status_code == 404


@proves("R-003-21")
def test_a_feed_says_that_details_follow_and_comes_back_when_they_are_there(
    client: Client, signed_in: SignedIn, address: str
) -> None:
    made = later("mirror", date(2027, 1, 26))
    activity("other")
    before = client.get("/en/feeds/activities.atom").text
    assert "<title>Title of mirror, late January 2027: details follow</title>" in before
    assert before.count("<updated>2026-11-25") == 3
    with time_machine.travel("2026-12-01 09:00:00+00:00", tick=False):
        made.details_follow, made.on = False, date(2027, 1, 28)
        made.clean()
        made.save()
        after = client.get("/en/feeds/activities.atom").text

    first = after.partition("<entry>")[2].partition("</entry>")[0]
    assert "<title>Title of mirror: the details are there</title>" in first
    assert "<updated>2026-12-01" in first
    ids = [re.findall(r"<id>(\S+mirror/)</id>", feed) for feed in (before, after)]
    assert ids[0] == ids[1] != []


@proves("R-003-21", "R-003-18")
def test_the_calendar_of_an_audience_has_what_has_a_day(client: Client, address: str) -> None:
    hours = {"starts": time(12), "ends": time(13, 30), **said("place", "Great hall")}
    activity("soon", audiences=["student"], **hours)
    activity("whole", date(2026, 12, 9), audiences=["staff"])
    later("rough", date(2027, 1, 26))
    answer = client.get("/en/feeds/activities.ics")
    events = events_of(answer.content)

    assert answer["Content-Type"].startswith("text/calendar")
    assert [(str(one["summary"]), str(one["url"])) for one in events] == [
        (f"Title of {key}", f"http://testserver/en/join/{key}/") for key in ("soon", "whole")
    ]
    assert events[0]["dtstart"].dt.isoformat() == "2026-12-08T12:00:00+01:00"
    assert b"VTIMEZONE" in answer.content
    assert events[1]["dtend"].dt == date(2026, 12, 10)
    only = client.get("/nl/feeds/activities.ics?for=student")
    assert [str(one["summary"]) for one in events_of(only.content)] == ["Titel van soon"]
    assert not answer.cookies
    assert "Vary" not in answer


@proves("R-003-23", "R-003-06")
def test_what_came_out_of_a_work_conference_is_told_and_counted_where_it_is_used(
    client: Client, address: str, homes: Homes
) -> None:
    published(PlanPage(title="Plan", locale=homes["en"].locale), below=homes["en"])
    used = action("used")
    make()
    held = activity("conference", date(2026, 5, 21), kind="work_conference")
    Outcome.objects.create(activity=held, action=used, **said("text", "Answer everyone."))
    Outcome.objects.create(activity=held, **said("text", "Quiet canteens."))

    assert 'href="/en/join/conference/"' in client.get(address).text
    shown = client.get(f"{address}conference/").text
    assert 'Answer everyone. Used in: <a href="/en/plan/#used">Title of used</a>' in shown
    assert "<li>Quiet canteens.</li>" in shown
    plan = client.get("/en/plan/").text
    assert "1 idea of students and staff is in it." in plan
    assert "<li>Answer everyone.</li>" in plan
    assert "Quiet canteens" not in plan


@proves("R-003-27")
def test_a_round_of_ideas_is_open_for_a_part_of_the_institution_and_a_period(client: Client, address: str) -> None:
    unit = Unit.objects.get(key="science")
    activity("tank", date(2026, 11, 16), until=date(2026, 12, 11), kind="input_round", unit=unit, link="/input/")
    shown = client.get(f"{address}tank/").text

    assert unit.name_en in shown
    assert "You can send ideas until Friday 11 December 2026." in shown
    assert 'href="/en/input/"' in shown
    assert "Title of tank" in client.get(address).text
    with time_machine.travel("2026-12-12 09:00:00+00:00", tick=False):
        over = client.get(f"{address}tank/").text
    assert "This round is not open now." in over
    assert 'href="/en/input/"' not in over


@proves("R-003-08", "R-003-09")
def test_talks_with_deans_and_a_session_of_the_board_stand_in_the_calendar_without_minutes(
    client: Client, address: str
) -> None:
    activity("deans", kind="consultation", **said("partner", "Deans, directors and the works council"))
    activity("board", kind="reflection", **said("purpose", "We only say that it took place."))

    assert "Deans, directors and the works council" in client.get(f"{address}deans/").text
    assert '<span class="chip">Reflection session</span>' in client.get(f"{address}board/").text


@pytest.mark.parametrize("words", [{"on": None}, {"on": None, "details_follow": True}])
def test_an_activity_has_a_day_or_says_roughly_when(homes: Homes, words: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        activity("nowhere", **words)
