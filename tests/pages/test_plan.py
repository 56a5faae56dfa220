"""The action plan: what editors change is public with a day and a reason, and how far it is at once."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import localdate

from haven.pages import actions, plan
from haven.pages.models import Action, Component, Finding, PlanPage, Progress, Source, Unit, Version
from haven.pages.models.version import waiting
from haven.pages.released import ChooseReleased
from haven.register.models import Period
from haven.register.release import close
from tests.pages.conftest import Homes, SignedIn, published
from tests.proves import proves
from tests.register.year import AFTER, plan_for

AT_LEAST = {"awareness", "prevention", "action_skills", "support_structure", "information", "tools"}


def said(name: str, english: str, dutch: str = "") -> dict[str, str]:
    return {f"{name}_en": english, f"{name}_nl": dutch or f"{english} (nl)"}


def action(key: str, **words: Any) -> Action:
    told: dict[str, Any] = said("title", f"Title of {key}") | said("text", f"Text of {key}")
    told |= said("reason", f"Because of {key}") | said("window", "early September 2026", "begin september 2026")
    told |= {"component": Component.objects.get(key="prevention"), "unit": Unit.objects.get(key="science")}
    made: Action = Action.objects.create(key=key, **(told | {"targets": ["students"], "priority": "high"} | words))
    return made


def step(of: Action, state: str, on: date, percent: int | None = None, **words: str) -> None:
    Progress.objects.create(action=of, state=state, on=on, percent=percent, **words)


def make(why: dict[str, str] | None = None, on: date = date(2026, 9, 14), reason: str = "It was needed.") -> Version:
    reasons = {key: {"nl": f"{one} (nl)", "en": one} for key, one in (why or {}).items()}
    words = {"nl": "Nieuw", "en": "New"}
    return actions.make_version(on=on, title=words, reason={"nl": reason, "en": reason}, why=reasons)


@pytest.fixture
def address(homes: Homes) -> str:
    dutch = published(PlanPage(title="Plan", locale=homes["nl"].locale), below=homes["nl"])
    english = PlanPage(title="Plan", locale=homes["en"].locale, translation_key=dutch.translation_key)
    published(english, below=homes["en"])
    return "/en/plan/"


def card(page: str, key: str) -> str:
    found = re.search(rf'<article class="card action" id="{key}">.*?</article>', page, re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", found[0])


@proves("R-003-07", "R-003-04", "R-003-19", "R-003-08")
def test_an_action_says_what_for_whom_when_with_whom_by_whom_and_why_now(client: Client, address: str) -> None:
    assert set(Component.by_key()) >= AT_LEAST
    who = {"targets": ["students", "staff", "managers", "board"]}
    one = action("later", **who, **said("partner", "Another university"))
    make()
    shown = card(client.get(address).text, "later")

    assert "Students, Staff, Managers, The board" in shown
    assert "early September 2026" in shown
    assert "Another university" in shown
    assert one.unit.name_en in shown
    assert "High: Because of later" in shown
    assert 'class="chip quiet">Not started' in shown
    assert "<h2>Prevention</h2>" in client.get(address).text
    step(one, "running", date(2026, 10, 5), 20)
    assert "Monday 5 October 2026" in card(client.get(address).text, "later")
    assert "begin september 2026" in client.get("/nl/plan/").text


@proves("R-003-07")
def test_an_editor_adds_a_component(client: Client, signed_in: SignedIn, homes: Homes) -> None:
    editor = signed_in("project_team")
    form = {"key": "aftercare", "name_nl": "Nazorg", "name_en": "Aftercare", "position": "9"}

    assert editor.post("/edit/snippets/pages/component/add/", form).status_code == 302
    assert Component.objects.get(key="aftercare").name_nl == "Nazorg"


@proves("R-003-03")
def test_an_action_rests_on_findings_with_who_found_them_and_when(client: Client, address: str) -> None:
    body = said("title", "Survey") | said("body", "Research bureau")
    source = Source.objects.create(key="s", kind="survey", on=date(2025, 10, 30), link="https://a.example/", **body)
    found = Finding.objects.create(source=source, key="f", **said("text", "Half of them told nobody."))
    one = action("one")
    one.findings = [found]
    one.save()
    make()
    shown = card(client.get(address).text, "one")

    assert "Half of them told nobody." in shown
    assert 'Research bureau, <a href="https://a.example/">Survey</a>, October 2025' in shown


@proves("R-003-29", "R-003-04")
def test_progress_is_public_at_once_and_shown_over_time(client: Client, address: str) -> None:
    one, other = action("one"), action("other")
    make()
    for state, day, percent in (("running", 3, 20), ("running", 4, 60), ("done", 5, 100)):
        step(one, state, date(2026, day, 1), percent, **said("says", f"In month {day}"))
    step(other, "dropped", date(2026, 9, 1))
    page = client.get(address).text

    shown = card(page, "one")
    assert re.findall(r"In month (\d)", shown) == ["5", "4", "3"]
    assert '<progress value="100"' in shown
    assert 'class="chip good">Done' in shown
    assert "Dropped" in card(page, "other")
    only = client.get(f"{address}?state=done").text
    assert re.findall(r'<article class="card action" id="(\w+)"', only) == ["one"]


@proves("R-003-30")
def test_what_is_kept_up_is_looked_at_again_and_again(client: Client, address: str) -> None:
    one = action("one", recheck_on=date(2026, 1, 31), recheck_months=1)
    step(one, "maintained", date(2025, 12, 1))
    make()
    assert "Saturday 31 January 2026" in card(client.get(address).text, "one")
    assert one.due_for_a_look()
    step(one, "maintained", date(2026, 2, 5))
    assert Action.objects.get().next_look() == date(2026, 2, 28)
    step(one, "maintained", localdate())
    assert not Action.objects.get().due_for_a_look()


@proves("R-003-10")
def test_what_an_editor_changes_is_public_with_the_next_version_and_its_reason(client: Client, address: str) -> None:
    gone = action("gone")
    action("one", position=1)
    make(on=date(2026, 2, 23))
    Action.objects.filter(key="one").update(text_en="Better words", priority="low")
    step(gone, "dropped", date(2026, 9, 1))
    action("extra")
    page = client.get(address).text
    assert "Text of one" in card(page, "one")
    assert 'id="extra"' not in page
    assert [(c.kind, c.key, c.fields) for c in waiting()] == [
        ("added", "extra", ()),
        ("changed", "one", ("text", "priority")),
        ("dropped", "gone", ()),
    ]
    with pytest.raises(ValidationError):
        make({"one": "Only one of three reasons"})

    make({"one": "We heard more", "gone": "It did harm", "extra": "It was missing"})
    assert "Better words" in card(client.get(address).text, "one")
    shown = client.get(f"{address}?from=1&to=2").text
    kinds = re.findall(r'<span class="chip \w+">(\w+)</span>', shown)
    assert kinds == ["Added", "Changed", "Dropped"]
    assert "<del>Text of one</del>" in shown
    assert "<ins>Better words</ins>" in shown
    assert all(f"{why} <span" in shown for why in ("We heard more", "It did harm", "It was missing"))
    assert client.get(f"{address}?from=2&to=1").text == shown
    assert client.get(f"{address}?from=1&to=99").status_code == 200


@proves("R-003-10")
def test_an_editor_is_asked_a_reason_for_each_change(client: Client, signed_in: SignedIn, address: str) -> None:
    editor = signed_in("communication")
    action("one")
    words = {"on": "2026-02-23"} | said("title", "First") | said("reason", "To begin")
    assert editor.post("/edit/doing/version/", words).status_code == 302
    Action.objects.update(text_nl="Anders")

    asked = editor.get("/edit/doing/version/")
    assert "one_nl" in asked.text
    assert editor.post("/edit/doing/version/", words).status_code == 200
    assert Version.objects.count() == 1
    assert editor.post("/edit/doing/version/", words | said("one", "We heard more")).status_code == 302
    assert "We heard more" in client.get(f"{address}?from=1&to=2").text
    assert signed_in("partner_body").get("/edit/doing/version/").status_code in {302, 403}


def test_versions_that_are_the_same_differ_in_nothing() -> None:
    stood = {"one": {"title": {"nl": "a", "en": "b"}, "dropped": False}}
    assert plan.changes(stood, stood) == []


@proves("R-000-29", "R-002-25", "R-004-18")
def test_an_action_that_rests_on_an_overview_stands_beside_it_and_leads_to_it(address: str) -> None:
    plan_for(60)
    for number, label in enumerate(("2024", "2025")):
        step(action(f"told{number}", overview=label), "running", date(2026, 9, 20))
    make()
    page = str(Client().get(address).content.decode())
    assert "/overviews/2024/" not in page  # there is nothing to read there yet
    assert not Client().get("/en/overviews/").content.count(b"What you told us")

    close("2024", on=AFTER)
    Period.objects.filter(label="2024").update(released_on=AFTER)
    assert 'href="/en/overviews/2024/">Overview of 2024</a>' in card(
        str(Client().get(address).content.decode()), "told0"
    )
    for where in ("/en/overviews/2024/", "/en/overviews/"):
        told = str(Client().get(where).content.decode())
        assert f'<a href="{address}#told0">Title of told0</a>' in told
        assert "told1" not in told
    kept = ChooseReleased().optgroups("overview", ["2025"])
    assert [str(one[1][0]["label"]) for one in kept] == ["—", "2024", "2025"]
