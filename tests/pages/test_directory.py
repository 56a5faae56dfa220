"""Whom to turn to: the rulebook's provisions with what editors add; and which institution handles something."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import localdate

from haven.pages.models import DirectoryEntry
from haven.rulebook import shelf
from tests.pages.conftest import Homes, SignedIn
from tests.proves import proves

BOUND = "secret"


def entry(homes: Homes, code: str, name: str, like: DirectoryEntry | None = None, **more: Any) -> DirectoryEntry:
    words = {"does": f"What {name} does.", "for_whom": "For you.", "confidentiality_says": "Stays here."}
    one = DirectoryEntry(
        locale=homes[code].locale, name=name, **({"confidentiality": BOUND, "phone": "030 1"} | words | more)
    )
    if like is not None:
        one.translation_key = like.translation_key
    one.full_clean()
    one.save()
    one.save_revision().publish()
    return one


def cards(client: Client, address: str) -> list[str]:
    return re.findall(r'<article class="card provision" id="(\w+)"', client.get(address).text)


@proves("R-004-41", "R-004-61", "R-000-05")
def test_whom_editors_add_stands_in_the_directory_with_everything_one_has_to_know(client: Client, homes: Homes) -> None:
    one = entry(homes, "en", "Counsellor of Law", languages=["en"], mail="law@voorbeeld.example", hours="On Mondays")
    shown = client.get("/en/help/").text

    assert cards(client, "/en/help/")[:2] == ["contact_point", one.key]
    for words in (one.name, one.does, one.for_whom, one.confidentiality_says, one.hours, "mailto:law@voorbeeld"):
        assert words in shown
    card = re.search(rf'id="{one.key}".*?</article>', shown, re.DOTALL)
    assert card
    assert "<dt>Languages</dt><dd>English</dd>" in card[0]


@proves("R-000-15")
def test_wherever_the_directory_shows_a_mail_address_it_says_that_mail_is_not_anonymous(
    client: Client, homes: Homes
) -> None:
    shown = client.get("/en/help/").text
    with_mail = [one for one in shelf.current().provisions if one.ways.mail and not one.emergency]

    assert shown.count("A mail is not anonymous.") == len(with_mail) > 5
    assert all(client.get(f"/{code}/help/").text.count("mailto:") >= len(with_mail) for code in ("nl", "en"))


@proves("R-004-41")
def test_the_directory_is_made_shorter_by_audience_language_and_how_confidential_all_at_once(
    client: Client, homes: Homes
) -> None:
    english = entry(homes, "en", "English only", languages=["en"], for_audiences=["student"], confidentiality="open")
    nothing_said = entry(homes, "en", "Says nothing of languages")

    everybody = cards(client, "/en/help/")
    assert {english.key, nothing_said.key, "online_threats"} <= set(everybody)
    assert english.key not in cards(client, "/en/help/?for=staff")
    in_english = cards(client, "/en/help/?speaks=en")
    assert "online_threats" not in in_english
    assert {english.key, nothing_said.key} <= set(in_english)
    assert cards(client, "/en/help/?for=student&speaks=en&keeps=open") == [english.key, "complaints_officer"]
    assert cards(client, "/en/help/?speaks=martian&keeps=all") == everybody


def test_when_nobody_is_left_there_is_a_person_all_the_same(client: Client, homes: Homes) -> None:
    book = shelf.current()
    nobody = book.provisions.model_copy(update={"provisions": book.provisions.emergencies()})
    shelf.put(replace(book, provisions=nobody))
    shown = client.get("/en/help/?keeps=open").text

    assert "Nobody fits all of this." in shown
    assert f"mailto:{shelf.current().institution.contact_ways.mail}" in shown


def test_who_is_away_says_so_until_they_are_back(client: Client, homes: Homes) -> None:
    today = localdate()
    for name, until in (("Back tomorrow", today + timedelta(days=1)), ("Back already", today - timedelta(days=1))):
        entry(homes, "en", name, closed_on=date(2020, 1, 1), closed_until=until, closed_says=f"{name}, says the note.")
    shown = client.get("/en/help/").text

    assert "Back tomorrow, says the note." in shown
    assert "Back already, says the note." not in shown
    psychologists = shelf.current().provisions["student_psychologists"]
    assert psychologists.away(date(2026, 12, 22)) == (psychologists.closed[0].says,)
    assert psychologists.away(date(2027, 1, 4)) == ()


@proves("R-004-01")
def test_somebody_who_is_there_in_one_language_only_is_shown_in_it_and_nobody_twice(
    client: Client, homes: Homes
) -> None:
    both = entry(homes, "nl", "Jan in het Nederlands")
    english = entry(homes, "en", "Jan in English", like=both)
    dutch = entry(homes, "nl", "Alleen Nederlands")

    assert [one for one in cards(client, "/en/help/") if "entry" in one] == [dutch.key, english.key]
    assert f'id="{dutch.key}" lang="nl"' in client.get("/en/help/").text


def test_an_entry_without_a_way_to_reach_them_or_with_half_an_absence_is_refused(homes: Homes) -> None:
    with pytest.raises(ValidationError, match="at least one way"):
        entry(homes, "nl", "Niemand", phone="")
    with pytest.raises(ValidationError, match="both days"):
        entry(homes, "nl", "Weg", closed_says="Weg.", closed_on=date(2026, 1, 2))


@pytest.mark.parametrize(("role", "may"), [("communication", True), ("project_team", True), ("partner_body", False)])
def test_who_writes_the_whole_site_adds_somebody_in_the_editor(
    client: Client, signed_in: SignedIn, homes: Homes, role: str, *, may: bool
) -> None:
    editor, form = signed_in(role), "/edit/snippets/pages/directoryentry/add/"
    opened = editor.get(f"{form}?locale=nl")
    assert opened.status_code == (200 if may else 302)
    words = {"name": "Els", "does": "Luistert.", "for_whom": "Voor iedereen.", "confidentiality": BOUND}
    words |= {
        "confidentiality_says": "Geheim.",
        "phone": "030 2",
        "reviewed_on": "2026-11-01",
        "for_audiences": "staff",
    }
    editor.post(f"{form}?locale=nl", words | {"action-publish": "yes"})

    assert [one.for_audiences for one in DirectoryEntry.objects.all()] == ([["staff"]] if may else [])
    assert ("Els" in client.get("/nl/help/?for=staff").text) is may


@proves("R-004-26", "R-004-33", "R-004-34")
def test_which_institution_handles_something_follows_from_where_the_other_person_belongs(
    client: Client, homes: Homes
) -> None:
    shown = client.get("/en/about/institution/").text
    parts = re.findall(r'<li class="card flow" id="(\w+)">(.*?)(?=<li class="card flow"|<h2>Shall)', shown, re.DOTALL)
    told = dict(parts)

    assert list(told) == [rule.key for rule in shelf.current().routes.governing]
    assert "/en/help/#hospital_complaints" in told["hospital"]
    assert "unless you agree" in told["hospital"]
    assert "/en/help/#complaints_officer" in told["university"]
    assert "/en/about/procedures/hospital_wrongdoing/" in told["hospital"]
    assert "/en/about/procedures/hospital_wrongdoing/" not in told["university"]
    assert "unless you agree" not in told["university"]
    assert all(rule.says.en in told[rule.key] for rule in shelf.current().routes.governing)
    assert "/en/about/institution/" in client.get("/en/help/").text
