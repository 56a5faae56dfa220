"""A hearing, from the invitation to the report at both doors: one party on a telephone without scripts."""

import wave
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate
from icalendar import Calendar
from playwright.sync_api import FilePayload, expect

from haven.complaints.serving import unequal
from tests.complaints.court import CHAIR, MEMBERS, SECRETARY, Running
from tests.complaints.heard import referred
from tests.conftest import NewContext
from tests.live import Site
from tests.proves import proves
from tests.stories.party import Letter
from tests.stories.test_formal_complaint import Bench
from tests.stories.test_parties import PHONE, browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACE, REPORT, SECRET = "Markt 1, kamer 4", "Report of the hearing", "zqmanager"
PLAYS = """one => new Promise(told => {
    one.oncanplay = () => told(true); one.onerror = () => told(one.error.message); one.load() })"""


@pytest.fixture
def running(site: Site, settings: Any) -> Iterator[Running]:
    cache.clear()
    yield referred(settings)
    cache.clear()


@proves("R-001-64", "R-001-76", "R-001-79", "R-001-80", "R-001-86")
def test_a_hearing_from_the_invitation_to_the_report(running: Running, site: Site, new_context: NewContext) -> None:
    bench = Bench(running.court, new_context, site, f"{site.url}/en/desk/complaints/{running.row.reference}/")
    defendant = browser(new_context, "hearing-defendant", "nl", width=PHONE, scripts=False)
    complainant = browser(new_context, "hearing-complainant", "en")
    invites(bench)
    is_invited(defendant.comes_back(running.rows["defendant"].number), "Het is niet verplicht", sequence=0)
    permits(defendant)
    bench.deed(
        SECRETARY, "hearing_move", day=today(), begins="11:00", ends="12:30", place=PLACE, why="A lift is broken."
    )
    is_invited(complainant.comes_back(running.start.invitation.number), "Whoever works here", sequence=1)
    assert [one.kind for one in running.party("complainant").papers].count("invitation_complainant") == 2, (
        "a new letter"
    )
    permits(complainant, looks=False)

    present = [SECRETARY.title(), CHAIR.title(), MEMBERS[0].title(), "Vera Klager", "Dirk"]
    bench.deed(SECRETARY, "hearing_hold", present=present)
    records(bench)
    reports(bench)
    for who in (defendant, complainant):
        who.page.goto(f"/{who.language}/letter/open/")
        who.page.locator("#documents a", has_text=REPORT).click()
        assert "[…] shouted." in who.said
        assert SECRET not in who.said
    assert unequal(running.row) == []
    as_on_a_telephone(bench)


def today() -> str:
    return localdate().isoformat()


def invites(bench: Bench) -> None:
    told = {"form": "each other", "day": today(), "begins": "10:00", "ends": "12:00", "place": PLACE}
    bench.deed(SECRETARY, "hearing_plan", **told, language="English", recording=True)
    desk = bench.opens(SECRETARY)
    desk.page.locator("a", has_text="Letter to Dirk").click()
    desk.sees("You do not have to come", PLACE, "Letter of complaint")._looks()
    bench.deed(SECRETARY, "hearing_send")


def is_invited(who: Letter, duty: str, *, sequence: int) -> None:
    """What stands there, and what goes in a calendar."""
    part = who.page.locator("#hearings")
    expect(part).to_contain_text(duty)
    expect(part).to_contain_text(PLACE)
    answer = who.page.request.get(part.locator("a[download]").get_attribute("href") or "")
    calendar: Any = Calendar.from_ical(answer.body())
    (event,) = calendar.walk("VEVENT")
    begins: Any = event.decoded("dtstart")
    assert (calendar["method"], event["sequence"], begins.date()) == ("REQUEST", sequence, localdate())
    assert "klacht" not in answer.text().casefold()


def permits(who: Letter, *, looks: bool = True) -> None:
    who.goes("/letter/open/agree/")
    if looks:
        who.looks("agree")
    who.presses("button[value=agree]")
    expect(who.page.locator(".note.good")).to_be_visible()


def records(bench: Bench) -> None:
    """Kept by the secretary, played by the committee, and not there for anybody else."""
    desk = bench.opens(SECRETARY)
    desk.page.locator("#hearing_recording > summary").click()
    sound = FilePayload(name="hearing.wav", mimeType="audio/wav", buffer=a_second())
    desk.page.set_input_files("#hearing_recording-files", sound)
    desk.page.fill("#hearing_recording [name=title]", "Recording")
    desk.page.locator("#hearing_recording button").last.click()
    expect(desk.page.locator(".done")).to_be_visible()
    chair = bench.opens(CHAIR)
    chair.page.locator("a", has_text="Play the recording").click()
    sound_of = chair.page.locator("audio, video")
    expect(sound_of).to_have_count(1)
    chair._looks()
    assert sound_of.evaluate(PLAYS) is True
    officer = bench.desk("officer")
    for address in (chair.page.url, sound_of.evaluate("one => one.src")):
        assert officer.page.request.get(address).status == 404


def a_second() -> bytes:
    made = BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    return made.getvalue()


def reports(bench: Bench) -> None:
    bench.deed(SECRETARY, "hearing_report", title=REPORT, text=f"The {SECRET} shouted.", language="English")
    bench.deed(CHAIR, "hearing_approve")
    bench.deed(SECRETARY, "mask", paper=REPORT, out=SECRET, reason="Somebody who is no party.")
    bench.deed(SECRETARY, "hearing_send_report")


def as_on_a_telephone(bench: Bench) -> None:
    desk = bench.desk(SECRETARY)
    desk.page.set_viewport_size({"width": PHONE, "height": 844})
    desk.language = "nl"
    desk.goes(bench.address.partition("/desk/")[2])
    desk.sees("Verslag: naar beide partijen verstuurd")
