"""What is laid down: definitions, documents with their versions, good practice, accessibility, and all on one page."""

import re
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from haven.pages import code
from haven.pages.models import AccessibilityPage, DefinitionPage, DocumentPage, PracticePage, RequiredPage
from haven.rulebook import shelf
from tests.pages.conftest import Homes, published
from tests.proves import proves

IN_NOVEMBER = "2026-11-25 09:00:00+00:00"


def write(homes: Homes, page: Page) -> str:
    page.locale = homes["en"].locale
    return str(published(page, below=homes["en"]).get_url())


@proves("R-000-09", "R-001-16", "R-001-17", "R-001-19", "R-001-20", "R-004-39")
def test_the_definitions_say_what_the_rulebook_promises_and_the_regulation_rules_with_examples(
    client: Client, homes: Homes
) -> None:
    rules = shelf.current().procedures.in_force("complaints", date(2026, 11, 25))
    assert rules is not None
    terms = [
        ("category", {"category": one.key, "title": one.label.en, "text": "", "content_note": "", "examples": ["So."]})
        for one in rules.categories
    ]
    house = client.get("/en/about/definition/").text
    with time_machine.travel(IN_NOVEMBER):
        assert write(homes, DefinitionPage(title="What is it?", categories=terms)) == "/en/about/definition/"
        shown = client.get("/en/about/definition/").text

    for paragraph in shelf.current().institution.definition.paragraphs("en"):
        assert paragraph in shown
        assert paragraph in house
    assert len(terms) >= 5
    for one in rules.categories:
        assert one.hint
        assert one.hint.en in shown.replace("&#x27;", "'")
    assert shown.count("<li>So.</li>") == len(terms)


@proves("R-001-18", "R-004-08", "R-004-10", "R-004-03")
def test_they_name_the_grounds_the_forms_and_the_settings_and_fold_strong_examples(
    client: Client, homes: Homes
) -> None:
    form = {"title": "With words", "text": "", "content_note": "About words.", "examples": ["A nickname"]}
    where = {"title": "Online", "text": "In a chat.", "content_note": "", "examples": []}
    page = DefinitionPage(title="What is it?", forms=[("term", form)], settings=[("term", where)])
    page.grounds = [("ground", {"ground": "religion", "text": "Your faith."})]
    with time_machine.travel(IN_NOVEMBER):
        shown = client.get(write(homes, page)).text

    assert re.search(r"<dt>Religion</dt><dd>Your faith.</dd>", shown)
    assert re.search(r"<dt>Online</dt><dd>In a chat.</dd>", shown)
    folded = r"<summary>Examples: About words.</summary><div class=\"more-body\"><ul><li>A nickname"
    assert re.search(folded, shown)


def version(number: str, first: str, until: str = "") -> tuple[str, dict[str, object]]:
    told = {"number": number, "changes": f"Changes of {number}.", "agreed_by": "The board"}
    days = {"from_on": date.fromisoformat(first), "until": date.fromisoformat(until) if until else None}
    return "version", {**told, **days, "articles": [{"title": f"Article of {number}", "text": "<p>Be kind.</p>"}]}


@proves("R-001-14", "R-003-28")
def test_a_document_shows_the_version_in_force_and_keeps_the_others(client: Client, homes: Homes) -> None:
    versions = [version("1.0", "2024-09-01", "2026-08-31"), version("2.0", "2026-09-01"), version("3.0", "2027-01-01")]
    address = write(homes, DocumentPage(title="Code", versions=versions))
    for on, now in (("2026-08-31", "1.0"), ("2026-09-01", "2.0"), ("2026-12-31", "2.0"), ("2027-01-01", "3.0")):
        with time_machine.travel(f"{on} 12:00:00+00:00"):
            shown = client.get(address).text
            poster = client.get(f"{address}?view=screen&article=1").text
        assert re.findall(r"<h2>(Article of [\d.]+)</h2>", shown) == [f"Article of {now}"]
        assert len(re.findall(r"Changes of [\d.]+\.", shown)) == 3
        assert f"<h1>Article of {now}</h1>" in poster
        assert code.drawn(f"http://testserver{address}").path in poster
    assert 'class="poster' not in client.get(f"{address}?view=screen&article=9").text


@proves("R-003-17", "R-004-56")
def test_good_practice_says_whose_it_is_and_gaps_stand_apart(client: Client, homes: Homes) -> None:
    told = {"source": "A ward", "text": "<p>They stand in a circle.</p>", "used": "On three wards.", "link": ""}
    here = ("practice", {**told, "title": "Ten minutes", "origin": "here"})
    gap = ("gap", {**told, "title": "At night", "origin": "elsewhere"})
    shown = client.get(write(homes, PracticePage(title="What works", practices=[here, gap]))).text
    works, missing = shown.split("What nobody has solved yet")

    assert "Ten minutes" in works
    assert "From a unit of ours · A ward" in works
    assert "At night" in missing
    assert "From elsewhere · A ward" in missing


def test_the_accessibility_statement_says_of_each_deviation_why_for_whom_what_and_when(
    client: Client, homes: Homes
) -> None:
    house = client.get("/en/about/accessibility/").text
    told = {"title": "No films", "cause": "No money.", "consequence": "Second language.", "measure": "Films."}
    days = {name: date(2026, 10, 5) for name in ("made_on", "checked_on", "recheck_on")}
    page = AccessibilityPage(title="Access", status="partial", how="With programs.", contact="Call us.", **days)
    page.deviations = [("deviation", {**told, "by": date(2027, 9, 30)})]
    assert write(homes, page) == "/en/about/accessibility/"
    shown = client.get("/en/about/accessibility/").text

    assert "No films" not in house
    for words in (*told.values(), "30 September 2027", "Meets the standard in part", "WCAG 2.2 AA", "5 October 2026"):
        assert words in shown
    assert "late" not in re.findall(r"<dt>Ready by</dt><dd>([^<]+)</dd>", shown)[0]


def test_all_on_one_page_cannot_lack_a_block_and_every_published_version_stays_readable(
    client: Client, homes: Homes
) -> None:
    keys = [one.key for one in shelf.current().site.required_blocks]
    blocks = [("block", {"about": key, "title": f"On {key}", "text": "<p>First words.</p>"}) for key in keys]
    page = RequiredPage(title="All on one page", blocks=blocks)
    address = write(homes, page)
    page.blocks = [("block", {**told, "text": "<p>New words.</p>"}) for _kind, told in blocks]
    draft = page.save_revision()
    assert "First words." in client.get(address).text
    assert "New words." not in client.get(f"{address}?version={draft.pk}").text
    draft.publish()
    shown = client.get(address).text
    versions = re.findall(r"\?version=(\d+)", shown)

    assert "New words." in shown
    assert len(versions) == 2
    old = client.get(f"{address}?version={versions[-1]}").text
    assert "First words." in old
    assert "This is an earlier version." in old
    assert [key for key in keys if f'id="{key}"' not in shown] == []
    page.blocks = blocks[1:]
    with pytest.raises(ValidationError, match="Still missing"):
        page.full_clean()
