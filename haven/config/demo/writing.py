"""Writes the site of the demo: each page in every language, published, from the files in `site/`.

A text there has `nl` and `en`; its paragraphs are separated by an empty line. Whoever adds a kind of page adds a
function that gives its words in a language, and a line in `write`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page

from haven.config.demo import days
from haven.pages import planting
from haven.pages.models import AudiencePage, CampaignPage, DirectoryEntry, HomePage
from haven.pages.models.entry import Entry

HERE: Final = Path(__file__).parent / "site"

type Table = Mapping[str, Any]
type Trees = Mapping[str, Page]  # the same page by language
type Block = tuple[str, Any]


def write() -> None:
    """In the caller's transaction."""
    planting.plant()
    homes = {page.locale.language_code: page for page in HomePage.objects.all()}
    for code, page in homes.items():
        _publish(page, _home(code))
    for told in read("audiences")["audiences"]:
        put(AudiencePage, homes, {code: _audience(told, code) for code in homes})
    campaigns = {code: CampaignPage.objects.child_of(home).get() for code, home in homes.items()}
    for code, page in campaigns.items():
        _publish(page, {"lead": read("campaign")["lead"][code]})
    for told in read("campaign")["campaigns"]:
        put(CampaignPage, campaigns, {code: _campaign(told, code) for code in homes})
    for told in read("directory")["entries"]:
        _somebody(told, homes)


def put(kind: type[Page], below: Trees, words: Mapping[str, Table]) -> Trees:
    """One page in every language: each knows the others by their key. Published as it is, without an earlier version:
    each saving is found for searching and for references, which is most of what a page costs."""
    now = timezone.now()
    days = {"first_published_at": now, "last_published_at": now, "latest_revision_created_at": now}
    same = {"translation_key": uuid4(), **days}
    pages = {code: kind(locale=parent.locale, **same, **words[code]) for code, parent in below.items()}
    for code, page in pages.items():
        below[code].add_child(instance=page)
    return pages


def _somebody(told: Table, homes: Trees) -> None:
    """Whom editors added to the directory, in every language."""
    key = uuid4()
    plain = ("for_audiences", "languages", "confidentiality", "phone", "mail", "closed_on", "closed_until")
    for code, home in homes.items():
        words = {name: told[name][code] for name in ("name", "does", "for_whom", "hours")}
        words |= {name: told[name] for name in plain if name in told} | {"confidentiality_says": told["says"][code]}
        words["closed_says"] = told.get("closed", {}).get(code, "")
        entry = DirectoryEntry(locale=home.locale, translation_key=key, **words)
        entry.save()
        entry.save_revision().publish()


def entries[Kind: Entry](kind: type[Kind], homes: Trees, words: Mapping[str, Table]) -> list[Kind]:
    """The same thing in every language."""
    same = {"translation_key": uuid4(), "first_published_at": timezone.now()}
    return [kind(locale=home.locale, **same, **words[code]) for code, home in homes.items()]


def _publish(page: Page, words: Table) -> None:
    for name, said in words.items():
        setattr(page, name, said)
    page.save_revision().publish()


def read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = days.moved(_as_written(name))
    return told


@cache
def _as_written(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def _home(code: str) -> Table:
    site = read("site")
    return {"heading": site["title"][code].strip(), "lead": site["lead"][code].strip()}


def _audience(told: Table, code: str) -> Table:
    first, *more = told["intro"][code].strip().split("\n\n")
    body: list[Block] = [("text", as_html("\n\n".join(more)))] if more else []
    examples = [one | {"note": one.get("note", {}).get(code, "")} for one in told.get("examples", ())]
    body += [("example", {"content_note": one["note"], "text": as_html(one["text"][code])}) for one in examples]
    steps = [{"summary": one["title"][code], "text": as_html(one["text"][code])} for one in told.get("steps", ())]
    body += [("heading", {"nl": "Stap voor stap", "en": "Step by step"}[code]), ("steps", steps)] if steps else []
    team = [{"name": one["role"][code], "function": one["does"][code]} for one in told.get("team", ())]
    words = {"title": told["title"][code], "audience": told["key"], "lead": first, "body": body}
    return words | {"team": [("people", team)] if team else []}


def _campaign(told: Table, code: str) -> Table:
    ways = {"understand": "/about/definition/", "talk": "/help/", "report": "/contact/", "support": "/help/"}
    cards = [_card(one, code, ways[one["key"]]) for one in told["ways"]]
    body: list[Block] = [("text", as_html(told["text"][code])), ("cards", cards)]
    return {"title": told["title"][code], "lead": told["message"][code], "body": body}


def _card(told: Table, code: str, link: str) -> Table:
    return {"title": told["title"][code], "text": told["text"][code], "page": None, "link": link}


def as_html(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in _paragraphs(text))


def _paragraphs(text: str) -> Iterable[str]:
    return (part for part in text.split("\n\n") if part.strip())
