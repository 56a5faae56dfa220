"""What is being done in the demo is what its files say, and nothing of it leads nowhere."""

import re
import tomllib
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import localdate

from haven.config.demo import content, days, doing, writing
from haven.pages import planting
from haven.pages.models import Action, Initiative, UpdatePage, Version
from haven.pages.models.being_done import FEW

pytestmark = pytest.mark.django_db
SITE = content.HERE / "site"
PLACES = ("", "social-safety-action-plan/", "an-update-every-month/", "an-update-every-month/2026-11/", "initiatives/")


def told(name: str) -> dict[str, Any]:
    return tomllib.loads((SITE / f"{name}.toml").read_text(encoding="utf-8"))


@time_machine.travel("2026-11-25 09:00:00+00:00", tick=False)
def test_the_plan_the_updates_and_the_activities_of_the_demo_are_there(client: Client) -> None:
    planting.plant()
    doing.write()

    assert [one.on for one in Version.objects.all()] == [date(2026, 2, 23), date(2026, 9, 14)]
    kinds = dict.fromkeys(("added", "changed", "dropped"), 0)
    for one in Version.objects.get(number=2).changes.all():
        kinds[one.kind] += 1
    assert kinds == {"added": 3, "changed": 2, "dropped": 1}
    assert Action.objects.count() == len(told("plan")["actions"])
    assert Initiative.objects.count() == len(told("initiatives")["initiatives"])
    assert UpdatePage.objects.count() == 2 * len(told("updates")["updates"])
    for place in (*PLACES, "activities/", "activities/work-conference/"):
        page = client.get(f"/en/what-we-do/{place}")
        assert (page.status_code, f"/en/input/?about=/en/what-we-do/{place}" in page.text) == (200, True), place
        inside = set(re.findall(r'href="(/en/what-we-do/[^"#]*)', page.text))
        assert {client.get(link).status_code for link in inside} <= {200}, place
    front = client.get("/en/").text
    assert 'href="/en/what-we-do/"' in front
    done = front.partition('id="being-done"')[2]
    assert 'href="/en/what-we-do/an-update-every-month/2026-11/"' in done
    assert len(re.findall(r'href="/en/what-we-do/activities/[a-z-]+/"', done)) == FEW
    assert len(re.findall(r'href="/en/what-we-do/social-safety-action-plan/#[a-z-]+"', done)) == FEW


@pytest.mark.parametrize("today", ["2025-02-28", "2026-12-24", "2027-07-01", "2031-10-31"])
def test_whenever_it_is_started_it_speaks_of_the_months_around_that_day(today: str) -> None:
    with time_machine.travel(f"{today} 09:00:00+00:00", tick=False):
        now, told = localdate(), writing.read("updates")["updates"]
        assert all(now - timedelta(days=70) < one["on"] <= now for one in told[-2:])
        assert len({f"{one['on']:%Y-%m}" for one in told}) == len(told)
        assert told[-1]["title"]["en"].startswith(f"{told[-1]['on']:%B}:")
        assert told[-1]["on"].weekday() == 0
        ahead = [one.get("on") or one["around"] for one in writing.read("activities")["activities"]]
        assert sum(now <= day <= now + timedelta(days=183) for day in ahead) >= 10
        assert sum(one["from"] <= now <= one["to"] for one in writing.read("topics")["topics"]) == 1
        assert all("{" not in one[code] for one in [told[0]["lead"], told[-1]["call"]] for code in ("nl", "en"))


@time_machine.travel("2027-01-25 09:00:00+00:00", tick=False)
def test_words_for_days_move_in_both_languages() -> None:
    words = ("month", "Month", "month year", "season year", "academic", "year", "day", "short")
    said = {code: [f"{{2026-10-12:{how}}}" for how in words] for code in ("nl", "en")}
    winter, studies = f"winter 2026{days.TO}2027", f"2026{days.TO}2027"
    assert days.moved(said) == {
        "nl": ["december", "December", "december 2026", winter, studies, "2026", "14 december 2026", "14 december"],
        "en": ["December", "December", "December 2026", winter, studies, "2026", "14 December 2026", "14 December"],
    }
