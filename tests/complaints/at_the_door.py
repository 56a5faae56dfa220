"""A party at their own door, as the pages offer it: coming in with the letter, looking, answering, filing."""

import re
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.complaints.court import PASS
from tests.complaints.sheets import Sheet, sheets

HERE = {"Sec-Fetch-Site": "same-origin"}
_PAPER = re.compile(r'<li><a href="[^"]*/document/[^"]+">(.*?)</a> <span>(.*?)</span></li>', re.DOTALL)
_MINE = re.compile(r'<li><a href="([^"]*/document/[^"]+)">(.*?)</a>')
_SHOWN = re.compile(r'id="(number|code)">([^<]+)<')
_WRONG = re.compile(r'class="errors".*?</div>', re.DOTALL)
type Desks = dict[tuple[str, date], Client]


@dataclass(kw_only=True)
class AtTheDoor:
    """`letters`: number and secret of each party. `browsers`: of everybody, a new one each day."""

    letters: dict[str, tuple[str, str]] = field(default_factory=dict)
    browsers: Desks = field(default_factory=dict)

    def comes_in(self, key: str, shown: Any) -> None:
        """With the number and the code of the page that was printed; then confidentiality."""
        told, path, client = (
            dict(_SHOWN.findall(shown.content.decode())),
            reverse("parties:first"),
            Client(headers=HERE),
        )
        form = the_form(client.get(path), path, fields={"number", "code"})
        answer = client.post(path, form.filled(told | {"passphrase": PASS, "again": PASS}))
        assert settings.PARTY_COOKIE_NAME in client.cookies, wrong(answer)
        self.letters[key], self.browsers[key, localdate()] = (told["number"], PASS), client
        path = reverse("parties:confidential")
        form = the_form(client.get(path), path, fields={"accept"})
        assert client.post(path, form.filled({"accept": True})).status_code == 302

    def party(self, key: str) -> Client:
        where = (key, localdate())
        if where not in self.browsers:
            client, path = Client(headers=HERE), reverse("parties:enter")
            number, secret = self.letters[key]
            form = the_form(client.get(path), path, fields={"number", "secret"})
            assert client.post(path, form.filled({"number": number, "secret": secret})).status_code == 302
            self.browsers[where] = client
        return self.browsers[where]

    def looks(self, key: str) -> str:
        """The page of a party."""
        answer = self.party(key).get(reverse("parties:open"))
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    def sends(self, key: str, page: str, at: str = "", *, press: str = "", **told: Any) -> None:
        """A form of a page to which the page of this party leads."""
        path = reverse(f"parties:{page}", args=[at] if at else [])
        assert f'href="{path}"' in self.looks(key), (key, path)
        form = the_form(self.party(key).get(path), path, fields=set(told), press=press)
        answer = self.party(key).post(path, form.filled(told, press))
        assert answer.status_code == 302, wrong(answer)

    def agrees(self, *keys: str) -> None:
        for key in keys:
            self.sends(key, "agree", press="agree")

    def papers(self, key: str) -> dict[str, str]:
        """Every paper in the door of a party, with where it lies."""
        return {title: " ".join(state.split()) for title, state in _PAPER.findall(self.looks(key))}

    def given(self, key: str) -> dict[str, str]:
        """What was given to a party, and on which day, as their page says it."""
        return {one: state for one, state in self.papers(key).items() if state.startswith("Given to you")}

    def letter_of(self, key: str) -> str:
        """The letter of complaint as a party reads it."""
        path = next(path for path, title in _MINE.findall(self.looks(key)) if title == "Letter of complaint")
        return unescape(self.party(key).get(path).content.decode())


def the_form(answer: Any, path: str, place: str = "", *, fields: set[str] | None = None, press: str = "") -> Sheet:
    """The form of this name, or the one with these fields, or the first with this button."""
    assert answer.status_code in {200, 422}, (path, answer.status_code)
    every = sheets(answer.content.decode(), path)
    for one in every:
        pressed = not press or press in {value for _name, value in one.buttons}
        if (not place or one.place == place) and (fields or set()) <= one.asks and pressed and one.asks | {press}:
            return one
    raise AssertionError((path, place, fields, press, [(one.place, one.asks) for one in every]))


def wrong(answer: Any) -> str:
    """What the page says is wrong, in plain words."""
    found = _WRONG.findall(unescape(answer.content.decode()))
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())
