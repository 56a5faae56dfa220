"""The update of every month: drafted from the plan, honest about a quiet month, and missed where an editor sees it."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from haven.pages import actions
from haven.pages.models import (
    Action,
    Initiative,
    InitiativeIndexPage,
    InitiativeKind,
    Unit,
    UpdateIndexPage,
    UpdatePage,
)
from haven.pages.repeats import repeated
from tests.pages.conftest import Homes, SignedIn, published
from tests.pages.test_plan import action, make, said, step
from tests.proves import proves

NOVEMBER = date(2026, 11, 1)
IN_NOVEMBER = time_machine.travel("2026-11-20 09:00:00+00:00", tick=False)

type Indexes = dict[str, UpdateIndexPage]


@pytest.fixture
def indexes(homes: Homes) -> Indexes:
    key = "6a3d7b4e-0000-4000-8000-000000000001"
    return {
        code: published(UpdateIndexPage(title="News", locale=home.locale, translation_key=key), below=home)
        for code, home in homes.items()
    }


def line(text: str, **about: str) -> tuple[str, dict[str, str]]:
    return "line", {"text": f"<p>{text}</p>", "action": "", "initiative": ""} | about


def update(index: UpdateIndexPage, month: date, **words: Any) -> UpdatePage:
    told = {
        "title": f"Update of {month:%B}",
        "month": month,
        "on": month.replace(day=25),
        "happening": [line("It ran.")],
    }
    page = UpdatePage(slug=f"{month:%Y-%m}", locale=index.locale, **(told | words))
    published(page, below=index)
    return page


def initiative(key: str, **words: Any) -> Initiative:
    told: dict[str, Any] = {
        "kind": InitiativeKind.objects.get(key="think_tank"),
        "unit": Unit.objects.get(key="science"),
    }
    told |= (
        said("title", f"Title of {key}") | said("text", "They thought.") | {"highlighted": True, "status": "running"}
    )
    made: Initiative = Initiative.objects.create(key=key, **(told | words))
    return made


def words(page: UpdatePage, section: str) -> list[str]:
    return [re.sub("<[^>]+>", "", one.value["text"].source) for one in getattr(page, section)]


@proves("R-003-01", "R-003-11")
def test_an_update_has_a_day_an_audience_a_language_and_a_call_and_can_be_filtered(
    client: Client, indexes: Indexes
) -> None:
    with_call = {"call": "Join the talk.", "contact": "board@a.example", "audiences": ["student"]}
    update(indexes["en"], date(2026, 9, 1), **with_call)
    update(indexes["en"], date(2026, 10, 1), audiences=["staff"])
    update(indexes["nl"], date(2026, 8, 1))
    shown = client.get("/en/news/2026-09/").text

    assert "Friday 25 September 2026 · For: Student" in shown
    assert "Join the talk.</p>" in shown
    assert 'href="mailto:board@a.example"' in shown
    listed = {who: re.findall(r"Update of (\w+)", client.get(f"/en/news/{who}").text) for who in ("", "?for=student")}
    assert listed == {"": ["October", "September"], "?for=student": ["September"]}
    feeds = [client.get(f"/en/feeds/updates.atom{who}").text for who in ("", "?for=staff")]
    assert [re.findall(r"<title>Update of (\w+)", feed) for feed in feeds] == [["October", "September"], ["October"]]


@proves("R-003-05", "R-003-24", "R-003-09")
@IN_NOVEMBER
def test_a_draft_has_what_moved_what_comes_and_what_others_do(
    signed_in: SignedIn, indexes: Indexes, client: Client
) -> None:
    moved, still, _later = action("moved"), action("still"), action("later", position=9)
    step(moved, "running", date(2026, 11, 9), 40, **said("says", "Two people were found."))
    step(still, "running", date(2026, 10, 5), 10)
    initiative("tank")
    initiative("told")
    initiative("plain", highlighted=False)
    make()
    update(indexes["en"], date(2026, 10, 1), highlights=[line("Told.", initiative="told")])
    answer = signed_in("project_team").post("/edit/doing/update/")
    english, dutch = (UpdatePage.objects.get(month=NOVEMBER, locale=indexes[code].locale) for code in ("en", "nl"))

    assert answer["Location"] == f"/edit/pages/{dutch.pk}/edit/"
    assert (english.title, dutch.title, english.live) == ("November 2026", "November 2026", False)
    assert english.translation_key == dutch.translation_key
    assert words(english, "happening") == ["Two people were found."]
    assert words(dutch, "happening")[0] == "Two people were found. (nl)"
    assert words(english, "coming") == ["Title of later: early September 2026."]
    assert words(english, "highlights") == ["Title of tank. They thought."]
    english.happening[0].value["text"].source = "<p>Better words. The board had a reflection session.</p>"
    english.save_revision().publish()
    shown = client.get("/en/news/2026-11/").text
    assert re.findall(r"<h2>(.+?)</h2>", shown) == ["What is happening now?", "What will we do?", "Highlighted"]
    assert "Better words. The board had a reflection session." in shown


@proves("R-003-16")
@IN_NOVEMBER
def test_what_was_promised_stands_first_when_its_state_or_its_day_changed(indexes: Indexes) -> None:
    plain, promised = action("plain"), action("promised", promised=True, position=5)
    waits, moves = action("waits", promised=True), action("moves", promised=True)
    for one in (waits, moves):
        step(one, "running", date(2026, 5, 1), 10)
    make(on=date(2026, 5, 1))
    update(indexes["en"], date(2026, 10, 1))
    for one in (plain, promised):
        step(one, "done", date(2026, 11, 2), 100)
    Action.objects.filter(key="moves").update(window_en="spring 2027")
    make({"moves": "It takes longer"}, on=date(2026, 11, 5))
    page = next(one for one in actions.draft_update(NOVEMBER, by=None) if one.locale.language_code == "en")

    assert words(page, "happening") == [f"Title of {key}: done, 100 per cent." for key in ("promised", "plain")]
    assert words(page, "coming") == ["Title of moves: spring 2027."]


@proves("R-003-02")
@IN_NOVEMBER
def test_a_quiet_month_is_drafted_as_one_and_said_calmly(client: Client, indexes: Indexes) -> None:
    page = next(one for one in actions.draft_update(NOVEMBER, by=None) if one.locale.language_code == "en")

    assert page.quiet
    page.save_revision().publish()
    shown = client.get("/en/news/2026-11/").text
    assert "It was a quiet month." in shown
    assert "Nothing changed in the plan this month." in shown


@proves("R-003-02")
@IN_NOVEMBER
def test_a_month_without_an_update_is_said_in_public_and_is_red_for_editors(
    client: Client, signed_in: SignedIn, indexes: Indexes
) -> None:
    for index in indexes.values():
        update(index, date(2026, 8, 1))
        update(index, date(2026, 10, 1))
    with override("en"):
        shown = client.get("/en/news/").text
    assert "There was no update in September 2026." in shown
    assert "no update in November" not in shown
    editor = signed_in("communication")
    at_home = editor.get("/edit/").text
    assert "help-critical" in at_home
    assert "September" in at_home.lower().title()
    for index in indexes.values():
        update(index, NOVEMBER)
    assert "help-critical" not in editor.get("/edit/").text
    assert "update-of-the-month" not in signed_in("partner_body").get("/edit/").text


def test_only_who_writes_the_whole_site_drafts_an_update(signed_in: SignedIn, indexes: Indexes) -> None:
    assert signed_in("partner_body").post("/edit/doing/update/").status_code in {302, 403}
    assert not UpdatePage.objects.exists()
    assert signed_in("communication").get("/edit/doing/update/").status_code == 405


def test_drafting_again_changes_nothing(indexes: Indexes) -> None:
    first = actions.draft_update(NOVEMBER, by=None)
    assert [one.pk for one in actions.draft_update(NOVEMBER, by=None)] == [one.pk for one in first]


@proves("R-003-31")
def test_an_editor_is_warned_of_a_paragraph_that_was_said_before(
    client: Client, signed_in: SignedIn, indexes: Indexes
) -> None:
    long = "The board consults deans and directors, so that the plan is carried out well and watched."
    variant = long.replace("carried out well", "properly carried out")
    update(indexes["en"], date(2026, 9, 1), happening=[line(long)])
    page = update(indexes["en"], date(2026, 10, 1), happening=[line(variant), line("It ran.")])
    edited = signed_in("communication").get(f"/edit/pages/{page.pk}/edit/").text

    assert page.repeats() == [variant]
    assert "help-warning" in edited
    assert re.findall(r"<li>Dit stond er al: .(.*) …", edited) == ["The board consults deans and directors, so that"]
    assert "said before" not in client.get("/en/news/2026-10/").text


def test_a_short_line_may_come_back_and_a_paragraph_not_even_in_the_same_text() -> None:
    long = "One two three four five six seven eight nine ten"
    assert repeated(["More in October", long, f"{long} eleven", "Something else altogether"], ["More in October"]) == [
        f"{long} eleven"
    ]


@proves("R-003-24", "R-003-26")
def test_every_initiative_is_public_and_found_by_unit_kind_audience_and_state(client: Client, homes: Homes) -> None:
    published(InitiativeIndexPage(title="Initiatives", locale=homes["en"].locale), below=homes["en"])
    assert InitiativeKind.objects.count() >= 10
    other = {"unit": Unit.objects.get(key="society"), "kind": InitiativeKind.objects.get(key="agenda_item")}
    initiative("one", audiences=["student"])
    initiative("two", audiences=["staff"], status="planned", highlighted=False)
    initiative("three", **other)

    def found(query: str) -> list[str]:
        shown = client.get(f"/en/initiatives/{query}").text
        return re.findall(r'<article class="card action" id="(\w+)"', shown)

    assert found("") == ["one", "two", "three"]
    assert found("?unit=society") == found("?kind=agenda_item") == ["three"]
    assert found("?status=planned") == ["two"]
    assert found("?for=student") == ["one", "three"]
    assert "Nothing fits this choice." in client.get("/en/initiatives/?unit=society&status=planned").text
