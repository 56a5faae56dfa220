"""What is being done in the demo is what its files say, and nothing of it leads nowhere."""

import re
import tomllib
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from haven.config.demo import content, doing
from haven.pages import planting
from haven.pages.models import Action, Initiative, UpdatePage, Version

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
        assert page.status_code == 200, place
        inside = set(re.findall(r'href="(/en/what-we-do/[^"#]*)', page.text))
        assert {client.get(link).status_code for link in inside} <= {200}, place
    assert 'href="/en/what-we-do/"' in client.get("/en/").text
