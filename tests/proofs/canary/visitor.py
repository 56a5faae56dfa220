"""A browser without a window: keeps cookies, fills in forms, and tells about itself all that a browser can tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import uuid4

ADDRESS = "127.0.0.77"  # where this visitor comes from: a word like any other in the search afterwards
REDIRECTS = {301, 302, 303}
type Fields = list[tuple[str, str]]
type Files = Sequence[tuple[str, bytes]]


@dataclass
class Form:
    action: str
    hidden: Fields = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    picked: dict[str, list[str]] = field(default_factory=dict)


class Sheet(HTMLParser):
    """The forms of a page, with what a browser would send of them."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.forms, self.links, self._address = [Form(address)], set[str](), address
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "a":
            self.links.add(given.get("href", ""))
        if tag == "form":
            self.forms.append(Form(urljoin(self._address, given.get("action", ""))))
        elif tag == "input" and kind == "hidden":
            self.forms[-1].hidden.append((name, given.get("value", "")))
        elif tag == "input" and kind in {"radio", "checkbox"}:
            self.forms[-1].picked.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "textarea" or (tag == "input" and kind != "file"):
            self.forms[-1].typed.append(name)


@dataclass
class Visitor:
    """`tells`: headers of every request. `seen` keeps all that was ever answered, to show that words did arrive."""

    port: int
    tells: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "/"
    status: int = 0
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seen: str = ""

    def get(self, path: str) -> Self:
        return self._ask("GET", path)

    def post(self, path: str, fields: Fields, files: Files = ()) -> Self:
        if not files:
            return self._ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        body, kind = multipart(fields, files)
        return self._ask("POST", path, body, kind)

    def send(self, **fill: str) -> Self:
        """Send the form that has all these fields, with what it holds."""
        form = next(one for one in self.sheet.forms if fill.keys() <= {*one.typed, *one.picked, *dict(one.hidden)})
        kept = [(name, value) for name, value in form.hidden if name not in fill]
        return self.post(form.action, [*kept, *fill.items()])

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.text, self.address)

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Self:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(ADDRESS, 0))
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Sec-Fetch-Site": "same-origin"} | self.tells
        headers["Cookie"] = "; ".join(filter(None, (self.tells.get("Cookie"), cookies)))
        headers |= {"Content-Type": kind} if body else {}
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        self._keep(answer, path)
        connection.close()
        if self.status in REDIRECTS and urlsplit(self.headers["Location"]).netloc in {"", f"127.0.0.1:{self.port}"}:
            return self._ask("GET", urljoin(path, self.headers["Location"]))
        return self

    def _keep(self, answer: HTTPResponse, path: str) -> None:
        self.status, self.address, self.headers = answer.status, path, dict(answer.getheaders())
        self.text = answer.read().decode(errors="replace")
        self.seen += self.text + str(self.headers)
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if not morsel.value:
                    del self.cookies[name]


def multipart(fields: Fields, files: Files) -> tuple[bytes, str]:
    mark = uuid4().hex
    head = f"--{mark}\r\nContent-Disposition: form-data; name="
    parts = [f'{head}"{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields]
    for file, content in files:
        about = f'{head}"files"; filename="{file}"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(about.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
