"""Every address of the desk, from the resolver; everybody who could ask there; and what they got, to the byte."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from haven.people.access import ANYONE
from haven.people.adapter import give_totp, has_second_factor
from haven.people.models import User
from haven.rulebook.roles import Right
from haven.vault import unlocking
from haven.vault.models import Grant
from tests.institution import Person
from tests.proofs.filled import Filled

type May = Callable[[User, Right], bool]
type Wire = tuple[int, bytes, list[tuple[str, str]], str]

NO_CASE, NO_FILE = "ZZZZ-ZZZZ", "00000000-0000-4000-8000-000000000000"
# One form for every deed, and more than any of them asks for: what is not asked for must change nothing.
_TYPED = """stamp=1&result=urgent&remark=x&text=x&way=phone&reached=no&on=2026-01-05&reason=x&outcome=talked&secret=x
&category=bullying&destination=none&action=listened&kind=talk&other=ZZZZ-ZZZZ&about=together&tags=x&sure=yes
&words=zq&where=text&route=contact_point&state=closed&handler=1&reference=ZZZZ-ZZZZ"""
FORM = dict(parse_qsl(_TYPED.replace("\n", "")))


# The editor and what is written in it: tests/pages/test_editor.py asks these.
WRITTEN = ("edit/", "media/")


class Outcome(StrEnum):
    SIGN_IN = "is asked to sign in"
    SECOND_FACTOR = "has to set up a second factor"
    UNLOCK = "is asked to unlock"
    NOT_THERE = "there is nothing here"
    WRONG_METHOD = "not asked like that"
    COMES_IN = "comes in"


RELEASE = "desk:overview_release"
OF_AN_OVERVIEW = {  # none was closed here, and no plan proposed
    *(f"desk:overview{deed}" for deed in ("", "_file", "_agree", "_release")),
    *(f"desk:{whose}_{page}" for whose in ("contact_point", "counsellors") for page in ("report", "deed", "file")),
}


@dataclass(frozen=True)
class Address:
    """One address of the desk. `audience` is what its view says of itself."""

    name: str
    audience: Any
    takes: frozenset[str]

    @property
    def of_a_case(self) -> bool:
        return "reference" in self.takes

    @property
    def of_an_extract(self) -> bool:
        """What was referred: nobody here holds a key to one, so for who may ask at all there is nothing."""
        return "part" in self.takes

    def path(self, reference: str, item: str, person: int, *, notification: str = NO_FILE, part: str = NO_FILE) -> str:
        given = {
            "reference": reference,
            "item": item,
            "person": NO_FILE if self.name.startswith("parties:") else person,
            "part": part,
            "notification": notification,
            "pk": 1,
            "token": "x-y",
            "key": "x",
            "kind": "x",
            "number": 1,
            "deed": "facts",
            "paper": item,
            "seat": part,
            "steps": "2",
            "hearing": "0123456789abcdef",
            "procedure": "complaints",
            "year": 2025,
            "label": "2025Q1",
            "name": "figures.csv",
            "plan": "00000000-0000-4000-8000-000000000000",
            "made": "00000000-0000-4000-8000-000000000001",
        }
        return reverse(self.name, kwargs={name: given[name] for name in self.takes})


def addresses(door: str = "") -> list[Address]:
    """Every address below `desk/` or `sign-in/`, or every address there is."""
    return list(_walk(get_resolver(), "", door))


def _walk(resolver: URLResolver, prefix: str, door: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if str(entry.pattern).startswith(WRITTEN) or getattr(entry, "name", "") in {None, "wagtail_serve"}:
            continue
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{prefix}{entry.pattern}", door)
        elif isinstance(entry, URLPattern) and f"{door}/" in f"/{prefix}":
            name = f"{resolver.app_name}:{entry.name}" if resolver.app_name else str(entry.name)
            yield Address(name, getattr(entry.callback, "open_to", None), frozenset(entry.pattern.converters))


@dataclass
class Asker:
    """Somebody with a browser. `kid`: what was unlocked in it and belongs to who signed in."""

    client: Client
    user: User | None = None
    second_factor: bool = True
    kid: str = ""
    cookies: Any = field(default=None)

    def __post_init__(self) -> None:
        self.cookies = self.client.cookies.output(header="", sep=";")

    @contextmanager
    def asks(self, method: str, path: str, form: Mapping[str, str] = FORM) -> Iterator[Any]:
        """The answer; what was done is undone afterwards, so that every request meets the same world."""
        self.client.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            yield getattr(self.client, method)(path, form if method == "post" else {})
            transaction.set_rollback(True)

    def holds(self, filled: Filled, audience: Any) -> bool:
        """Whether the key is there. To reveal a name takes the key of the compartment with the name."""
        kind = "identity" if audience is Right.REVEAL else "internal"
        return Grant.objects.filter(compartment__scope=filled.case.pk, compartment__kind=kind, kid=self.kid).exists()


def sits(person: Person, *, unlocked: bool = True, second_factor: bool = True, cookie: str = "") -> Asker:
    """A browser in which this person signed in; `cookie`: with the unlocked session of somebody else."""
    client = Client()
    client.force_login(person.user)
    if second_factor and not has_second_factor(person.user):
        give_totp(person.user)
    if person.keyring and (unlocked or cookie):
        own = unlocking.open_session(person.user.key_bundles.get(), person.keyring)
        client.cookies[settings.UNLOCK_COOKIE_NAME] = cookie or own
    kid = person.kid if unlocked and not cookie and person.keyring else ""
    return Asker(client, person.user, second_factor, kid)


def unlocked_cookie(person: Person) -> str:
    assert person.keyring is not None
    return unlocking.open_session(person.user.key_bundles.get(), person.keyring)


def proposes(user: User, may: May) -> bool:
    """The two views that are open to either of two rights."""
    return may(user, Right.MANAGE_PEOPLE) or may(user, Right.ENDORSE)


def due(asker: Asker, address: Address, filled: Filled, *, refused: bool, may: May) -> Outcome:
    """What this person has to get there: follows from the audience of the view, and from the key."""
    right, user = address.audience, asker.user
    known = [
        (user is not None and not asker.second_factor and right != ANYONE, Outcome.SECOND_FACTOR),
        (refused, Outcome.WRONG_METHOD),
        (address.name == "desk:feed", Outcome.NOT_THERE),  # nobody here has the address of a calendar
        (user is None, Outcome.SIGN_IN),
        (isinstance(right, Right) and user is not None and not may(user, right), Outcome.NOT_THERE),
        (
            address.name in {"desk:propose", "desk:reviewed"} and user is not None and not proposes(user, may),
            Outcome.NOT_THERE,
        ),
        (address.name in OF_AN_OVERVIEW and bool(asker.kid or address.name != RELEASE), Outcome.NOT_THERE),
        (address.of_a_case and not asker.kid, Outcome.UNLOCK),
        (address.of_an_extract and not asker.kid, Outcome.UNLOCK),
        (address.of_an_extract, Outcome.NOT_THERE),
        (address.of_a_case and not asker.holds(filled, right), Outcome.NOT_THERE),
    ]
    return next((one for holds, one in known if holds), Outcome.COMES_IN)


def outcome(answer: Any, address: Address) -> Outcome:
    where = answer.headers.get("Location", "")
    sealed = address.of_a_case or address.of_an_extract
    templates = {template.name for template in getattr(answer, "templates", [])}
    known = [
        (answer.status_code == 405, Outcome.WRONG_METHOD),
        (answer.status_code == 404, Outcome.NOT_THERE),
        (where.startswith(f"{reverse('account_login')}?"), Outcome.SIGN_IN),
        (where == reverse("mfa_activate_totp"), Outcome.SECOND_FACTOR),
        (where.startswith(f"{reverse('desk:unlock')}?") and sealed, Outcome.UNLOCK),
        ("desk/unlock.html" in templates and sealed, Outcome.UNLOCK),
    ]
    return next((one for holds, one in known if holds), Outcome.COMES_IN)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def on_the_wire(answer: Any) -> Wire:
    """All that arrives at a browser, apart from the date that a server adds."""
    return answer.status_code, body(answer), sorted(answer.headers.items()), answer.cookies.output()


_RANDOM = re.compile(rb'(value="|form=|csrftoken=)[\w\-]{32,}')


def without_chance(wire: Wire, *names: str) -> tuple[Any, ...]:
    """The same without tokens and seconds that differ at each request, and without what was asked for itself."""
    status, content, headers, _cookies = wire
    text = _RANDOM.sub(rb"\1", content).decode() + repr([one for one in headers if one[0] != "Expires"])
    for name in names:
        text = text.replace(name, "·")
    return status, text
