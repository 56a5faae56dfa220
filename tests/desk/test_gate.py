"""Who may come in. Absent, forbidden and struck out are one answer, to the byte."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from haven.desk import sign_in_urls, urls
from haven.people.access import ANYONE, SIGNED_IN
from haven.rulebook.roles import Right
from tests.desk.conftest import AtDesk
from tests.institution import Institution
from tests.proves import proves

DEEDS = ("screen", "answer", "note", "attempt", "assign", "reveal", "close")
FORMS = {
    "screen": {"result": "other"},
    "answer": {"text": "Thank you for writing."},
    "note": {"text": "Called the house doctor."},
    "attempt": {"way": "phone", "reached": "no", "on": "2026-01-05"},
    "assign": {"to": "1"},
    "reveal": {"reason": "To call."},
    "close": {"outcome": "talked", "category": "bullying", "destination": "none"},
}


def case_pages(reference: str) -> list[tuple[str, str, dict[str, str]]]:
    """Every address of one case: method, address, form."""
    file = reverse("desk:file", args=[reference, "00000000-0000-4000-8000-000000000000"])
    pages: list[tuple[str, str, dict[str, str]]] = [
        ("get", reverse("desk:case", args=[reference]), {}),
        ("get", file, {}),
    ]
    return pages + [("post", reverse(f"desk:{deed}", args=[reference]), FORMS[deed] | {"stamp": "1"}) for deed in DEEDS]


def answers(client: Client, reference: str) -> list[tuple[int, bytes, list[tuple[str, str]]]]:
    got = [getattr(client, method)(address, data) for method, address, data in case_pages(reference)]
    return [(one.status_code, one.content, sorted(one.headers.items())) for one in got]


@proves("R-000-21", "R-002-17")
def test_struck_out_without_a_key_and_not_there_are_the_same_to_the_byte(house: Institution, at_desk: AtDesk) -> None:
    reader, struck_out = house.readers[0], house.readers[3]
    outsider = house.person("Outsider")
    case, _code = house.report(struck_out=frozenset({struck_out.kid}))
    assert at_desk(reader).get(reverse("desk:case", args=[case.reference])).status_code == 200

    for person in (struck_out, outsider):
        client = at_desk(person)
        there, absent = answers(client, case.reference), answers(client, "ZZZZ-ZZZZ")
        assert there == absent
        assert {status for status, _content, _headers in there} == {404}
        assert case.reference.encode() not in b"".join(content for _status, content, _headers in there)
        assert b"csrfmiddlewaretoken" not in there[0][1]
        assert b"nonce" not in there[0][1]
    case.refresh_from_db()
    assert case.stamp == 1


def test_an_administrator_gets_the_same_answer_for_every_case(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report()
    client = at_desk(house.person("Pim", role="administrator", keys=False, serves=False))

    assert answers(client, case.reference) == answers(client, "ZZZZ-ZZZZ")
    assert {status for status, _content, _headers in answers(client, case.reference)} == {404}
    for name in ("inbox", "search", "unlock", "first_keys"):
        assert client.get(reverse(f"desk:{name}")).status_code == 404


def test_the_right_alone_opens_nothing(house: Institution, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    case, _code = house.report()
    admin = house.person("Pim", role="administrator", serves=False)
    monkeypatch.setattr("haven.people.access.permits", lambda _user, _right: True)

    assert {status for status, _content, _headers in answers(at_desk(admin), case.reference)} == {404}
    assert case.reference not in at_desk(admin).get(reverse("desk:inbox")).content.decode()


def test_every_address_says_who_may_enter() -> None:
    patterns = [*urls.urlpatterns, *sign_in_urls.urlpatterns]

    for pattern in patterns:
        audience = getattr(pattern.callback, "open_to", None)
        assert isinstance(audience, Right) or audience in {ANYONE, SIGNED_IN}, pattern.name
    assert get_resolver() is not None


FOR_STAFF = [pattern for pattern in urls.urlpatterns if getattr(pattern.callback, "open_to", None) != ANYONE]


@pytest.mark.parametrize("pattern", FOR_STAFF, ids=lambda pattern: pattern.name)
def test_a_stranger_is_asked_to_sign_in_everywhere(db: None, client: Client, pattern: object) -> None:
    some = "00000000-0000-4000-8000-000000000000"
    given = {"person": 1, "reference": "ABCD-EFGH", "item": some, "part": some, "notification": some, "number": 1}
    given |= {"paper": some, "seat": some, "deed": "x", "key": "x", "plan": some, "year": 2026, "label": "2026Q1"}
    given |= {"procedure": "x", "hearing": "0123456789abcdef", "name": "x", "made": some}
    wanted = {name: given[name] for name in pattern.pattern.converters}  # type: ignore[attr-defined]
    address = reverse(f"desk:{pattern.name}", kwargs=wanted)  # type: ignore[attr-defined]

    got = client.post(address)
    got = client.get(address) if got.status_code == 405 else got

    assert got.status_code == 302
    assert got.headers["Location"].startswith(reverse("account_login"))


def test_nothing_opens_without_a_second_factor(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report()
    client = at_desk(house.readers[0], second_factor=False)

    for address in (reverse("desk:inbox"), reverse("desk:case", args=[case.reference]), reverse("desk:people")):
        got = client.get(address)
        assert (got.status_code, got.headers["Location"]) == (302, reverse("mfa_activate_totp"))


def test_who_did_not_unlock_is_asked_to_and_comes_back(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report()
    address = reverse("desk:case", args=[case.reference])

    got = at_desk(house.readers[0], unlocked=False).get(address)

    assert got.headers["Location"] == f"{reverse('desk:unlock')}?next={address.replace('/', '%2F')}"


def test_the_unlocked_session_of_a_colleague_opens_nothing(house: Institution, at_desk: AtDesk) -> None:
    mine, theirs = at_desk(house.readers[0], unlocked=False), at_desk(house.readers[1])
    mine.cookies[settings.UNLOCK_COOKIE_NAME] = theirs.cookies[settings.UNLOCK_COOKIE_NAME].value

    assert theirs.get(reverse("desk:inbox")).status_code == 200
    assert mine.get(reverse("desk:inbox")).status_code == 302
