"""Every page of the reporter's door, good and bad, in both languages: what a browser is told, and what it is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoDbBlocker

from haven.cases import actions
from haven.rulebook import shelf
from haven.vault.codes import new_code
from tests.institution import Institution
from tests.proofs.filled import open_for
from tests.proves import proves
from tests.reporter.visitor import HERE, Visitor

SELF = {f"{kind}-src 'self'" for kind in ("style", "script", "img", "font", "connect", "media")}
POLICY = SELF | {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"}
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ADDRESSES = {"href", "src", "action", "formaction", "srcset", "poster", "data"}
ACTIVE = {"iframe", "object", "embed", "style", "base"}
NOT_TYPED = {"hidden", "radio", "checkbox", "file", "submit"}
type Page = tuple[str, Any]


class Sheet(HTMLParser):
    """What stands in a page: its language, title, addresses, and everything that could act by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language, self.title, self._inside = "", "", ""
        self.addresses: set[str] = set()
        self.active: list[str] = []
        self.remembered: list[str] = []
        self._form: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = tag
        self.language = given.get("lang") or "" if tag == "html" else self.language
        if not (tag == "a" and "noreferrer" in (given.get("rel") or "")):
            self.addresses |= {given[name] or "" for name in ADDRESSES & given.keys()}
        self.active += [name for name in given if name.startswith("on") or name == "style"]
        if tag in ACTIVE or (tag == "script" and "src" not in given):
            self.active.append(tag)
        self._remember(tag, given)

    def _remember(self, tag: str, given: dict[str, str | None]) -> None:
        """Fields of words that a browser might fill in by itself, or keep for the next person."""
        self._form = given.get("autocomplete") if tag == "form" else self._form
        typed = tag == "textarea" or (tag == "input" and given.get("type", "text") not in NOT_TYPED)
        if typed and given.get("autocomplete", self._form) != "off" and "readonly" not in given:
            self.remembered.append(str(given.get("name")))

    def handle_data(self, data: str) -> None:
        self.title += data if self._inside == "title" else ""
        self._inside = ""


def is_ours(address: str) -> bool:
    return not address or (address.startswith(("/", "#", "?", "tel:", "mailto:")) and not address.startswith("//"))


@dataclass(frozen=True)
class Door:
    """Every page in one language: those before a code was used, and those of the mailbox."""

    language: str
    before: list[Page]
    inside: list[Page]

    @property
    def all(self) -> list[Page]:
        return [*self.before, *self.inside]

    @property
    def sheets(self) -> list[tuple[str, Sheet]]:
        return [(name, Sheet(answer.content.decode())) for name, answer in self.all if name != "code file"]


@pytest.fixture(scope="module", params=["nl", "en"])
def door(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Door:
    """Walked through once for all tests of a language; of the database nothing stays."""
    place, language = override_settings(VAULT_ROOTS=(), BLOB_ROOT=tmp_path_factory.mktemp("blobs")), request.param
    with django_db_blocker.unblock(), place, translation.override(language), transaction.atomic():
        house = Institution(settings).with_readers(3)
        walked = Door(language, list(before_the_code(language)), list(inside_the_mailbox(house, language)))
        transaction.set_rollback(True)
    return walked


def before_the_code(language: str) -> Iterator[Page]:
    """Nobody has used a code here: no cookie may be there, whatever goes wrong."""
    yield from the_way(Visitor(language))
    client = Client(headers=HERE)
    mailbox, start, write = (reverse(f"reporter:{name}") for name in ("mailbox", "start", "write"))
    yield "mailbox", client.get(mailbox)
    yield "unknown code", client.post(mailbox, {"code": new_code()})
    yield "mistyped code", client.post(mailbox, {"code": "nonsense"})
    yield "close", client.post(reverse("reporter:close"))
    yield "not ours", client.post(start, {"state": "tampered", "words": "kept"})
    yield "elsewhere", Client(headers={"sec-fetch-site": "cross-site"}).post(start, {"state": "x"})
    with connection.execute_wrapper(refuse):
        yield "busy", client.post(mailbox, {"code": new_code()})
    many = {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    yield "too much", client.post(start, many)
    yield "no visit", client.post(write, {"words": "kept"})


def refuse(*_query: object) -> NoReturn:
    raise OperationalError("database is locked")


def the_way(visitor: Visitor) -> Iterator[Page]:
    """Through all the questions of somebody who wants to be known to one person."""
    visitor.open()
    answers = {"purpose": {"choice": "report"}, "mode": {"choice": "confidential"}, "name": {"words": "Sam"}}
    answers |= {"contact_way": {"choice": "phone"}, "contact_detail": {"words": "06"}, "story": {"words": "Shouted."}}
    while visitor.at != "code":
        yield visitor.at, visitor.answer
        picked = {"keeper": visitor.answer.context["left"][0].value} if visitor.at == "keeper" else {}
        given: dict[str, Any] = answers.get(visitor.at.removeprefix("ask:"), {})
        visitor.press("next", **picked, **given)
    yield "code", visitor.answer
    yield "code file", visitor.client.post(reverse("reporter:code"), {"state": visitor.state})
    yield "sent", visitor.press("send").answer


def inside_the_mailbox(house: Institution, language: str) -> Iterator[Page]:
    case, code = house.report()
    visitor = Visitor(language).go("mailbox/", code=code)
    yield "open", visitor.answer
    yield "reveal", visitor.go("mailbox/open/reveal/").answer
    yield "reveal, wrong", visitor.go("mailbox/open/reveal/", name="").answer
    yield "written", visitor.go("mailbox/open/write/", words="Hello").answer
    yield "empty message", visitor.go("mailbox/open/write/", words="").answer
    yield "withdraw?", visitor.go("mailbox/open/withdraw/").answer
    actions.screen(open_for(house.readers[0], case), "other")
    yield "withdrawn", visitor.go("mailbox/open/withdraw/", sure="yes").answer


def test_the_pages_looked_at_are_all_there_are(door: Door) -> None:
    names = {name for name, _answer in door.all}

    asked = {f"ask:{one.key}" for one in shelf.current().intake.questions if one.show_if is None}
    assert asked - names == set()
    assert {"start", "readers", "keeper", "check", "code", "sent", "open", "withdrawn"} - names == set()


@proves("R-003-13", "R-003-14", "R-000-18")
def test_every_page_carries_the_strict_headers(door: Door) -> None:
    for name, answer in door.all:
        said = {header: answer.headers.get(header) for header in HEADERS}
        policy = set(answer.headers["Content-Security-Policy"].split("; "))
        assert (name, said, policy) == (name, HEADERS, POLICY)


@proves("R-003-14", "R-000-18")
def test_no_cookie_is_set_before_the_code_is_used(door: Door) -> None:
    cookies = {name: list(answer.cookies.values()) for name, answer in door.before}

    assert {name for name, set_ in cookies.items() if set_} == {"no visit", "close"}
    for emptied in (*cookies["no visit"], *cookies["close"]):
        assert (emptied.key, emptied.value, emptied["max-age"]) == ("mailbox", "", 0)


@proves("R-003-14")
def test_inside_the_mailbox_there_is_one_cookie_that_says_nothing_and_ends_with_the_browser(door: Door) -> None:
    for name, answer in door.inside[:-1]:
        [morsel] = answer.cookies.values()
        attributes = {key: value for key, value in morsel.items() if value}
        assert (name, morsel.key) == (name, "mailbox")
        assert attributes == {"path": "/", "httponly": True, "samesite": "Strict"}

    [morsel] = door.inside[-1][1].cookies.values()
    assert (door.inside[-1][0], morsel.value, morsel["max-age"]) == ("withdrawn", "", 0)


@proves("R-003-13", "R-003-14")
def test_no_page_fetches_from_somebody_else_or_acts_by_itself(door: Door) -> None:
    for name, sheet in door.sheets:
        assert len(sheet.addresses) > 3
        strange = {address for address in sheet.addresses if not is_ours(address)}
        assert (name, strange, sheet.active) == (name, set(), [])


@proves("R-003-14", "R-000-18")
def test_titles_are_neutral_and_the_language_is_told(door: Door) -> None:
    for name, sheet in door.sheets:
        title = sheet.title.rstrip("0123456789").strip()
        assert (name, title, sheet.language) == (name, "Contact", door.language)


@proves("R-003-14", "R-000-18")
def test_the_browser_is_asked_to_remember_nothing_that_was_typed(door: Door) -> None:
    assert {name: sheet.remembered for name, sheet in door.sheets if sheet.remembered} == {}


@proves("R-003-14", "R-000-18")
def test_the_exit_takes_everything_along_and_does_not_say_where_one_was(db: None) -> None:
    answer = Client().get("/exit/")

    said = {name: answer.headers[name] for name in ("Location", "Referrer-Policy", "Cache-Control", "Clear-Site-Data")}
    assert said == {
        "Location": shelf.current().institution.exit_address,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Clear-Site-Data": '"cache", "storage"',
    }
    assert answer.cookies["mailbox"]["max-age"] == 0
