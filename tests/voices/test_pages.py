"""The pages of input: where anybody can write, and where staff read. Nobody is kept, nothing typed is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from haven.rulebook import shelf
from haven.voices import collecting
from haven.voices.models import Input
from haven.voices.pace import pace
from tests.desk.conftest import sits_down
from tests.institution import Institution
from tests.pages.test_site import look
from tests.proves import proves
from tests.voices.told import HERE, MAIL, TOLD, form, opens, told

pytestmark = pytest.mark.django_db


@proves("R-004-05", "R-004-50")
def test_every_page_leads_to_the_form_with_its_own_path_and_the_form_keeps_no_cookie(
    client: Client, house: Institution
) -> None:
    for path in ("/nl/", "/en/help/", "/en/about/privacy/"):
        assert f'href="{path[:3]}/input/?about={path}"' in client.get(f"{path}?for=student").text
    page = client.get("/en/input/?about=/en/help/")
    assert 'name="about" value="/en/help/"' in page.text
    assert 'href="/en/contact/"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    for kind in shelf.current().voices.kinds:
        assert f'value="{kind.key}"' in page.text
    for wrong in ("https://x.example/", "//x.example", "/en/help/?for=me", "javascript:x"):
        assert client.get("/en/input/", {"about": wrong}).context["about"] == ""

    sent = client.post("/en/input/", form(page), headers=HERE)
    assert (sent.status_code, sent.cookies, Input.objects.count()) == (200, {}, 1)
    [row] = Input.objects.all()
    assert opens(house.readers[0], row.pk).said | {"words": ""} == {
        "kind": "tip", "words": "", "language": "en", "about": "/en/help/", "round": "", "source": "",
    }  # fmt: skip
    client.post("/en/input/", form(page), headers=HERE)
    assert Input.objects.count() == 1


def test_what_is_wrong_or_from_elsewhere_is_not_kept_and_nothing_typed_is_lost(
    client: Client, house: Institution
) -> None:
    page = client.get("/en/input/")
    for wrong in ({"kind": ""}, {"kind": "x"}, {"mail": "no address"}, {"slip": "x"}, {"slip": ""}):
        answer = client.post("/en/input/", form(page, **wrong), headers=HERE)
        assert (answer.status_code, TOLD in answer.text) == (422, True)
    assert client.post("/en/input/", form(page), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/en/input/", form(page), headers={"Origin": "https://x.example"}).status_code == 403
    for _number in range(shelf.current().voices.inputs_in_ten_minutes):
        pace.admit(collecting.PURPOSE, 1000)
    flooded = client.post("/en/input/", form(page), headers=HERE)
    assert (flooded.status_code, TOLD in flooded.text) == (422, True)
    pace.clear()
    assert Input.objects.count() == 0

    with connection.execute_wrapper(locked):
        busy = client.post("/en/input/", form(page), headers=HERE)
    assert (busy.status_code, TOLD in busy.text, Input.objects.count()) == (503, True, 0)


def locked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's shape
    """The database takes nothing more."""
    if sql.startswith("INSERT"):
        raise OperationalError
    return execute(sql, params, many, context)


def test_the_desk_shows_it_to_who_can_open_it_and_to_nobody_else(house: Institution) -> None:
    pk = told(mail=MAIL)
    late = house.person("Later")  # has the right, and no key
    pages = [reverse("desk:one_input", args=[pk]), reverse("desk:input_decide", args=[pk])]
    reader, newcomer = sits_down(house.readers[0]), sits_down(late)
    administrator = sits_down(house.person("Admin", role="administrator", serves=False))

    assert TOLD in reader.get(pages[0]).text
    assert MAIL not in reader.get(pages[0]).text  # nobody needs to see it to answer
    assert [newcomer.get(pages[0]).status_code, newcomer.post(pages[1], {}).status_code] == [404, 404]
    listed = newcomer.get(reverse("desk:inputs"))
    assert (listed.status_code, TOLD in listed.text, listed.context["answered"].waiting) == (200, False, 0)
    assert administrator.get(reverse("desk:inputs")).status_code == 404
    assert newcomer.get(pages[0]).text == newcomer.get(reverse("desk:one_input", args=[uuid4()])).text
    queries_alike(reader)


def queries_alike(reader: Client) -> None:
    """The list asks as often for three as for one."""
    counts = []
    for _round in range(2):
        reader.get(reverse("desk:inputs"))
        with connection.execute_wrapper(counting := Counting()):
            reader.get(reverse("desk:inputs"))
        counts.append(counting.count)
        told()
        told()
    assert counts[0] == counts[1]


class Counting:
    count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's shape
        self.count += 1
        return execute(sql, params, many, context)


@pytest.mark.parametrize("page", ["input/", "input/outcomes/"])
def test_a_page_of_input_is_built_like_every_page_of_the_site(client: Client, page: str) -> None:
    outline = look(client, f"/nl/{page}")
    assert (outline.elements.count("h1"), outline.elements.count("main"), outline.links[0]) == (1, 1, "#main")
    assert {f"/en/{page}", "/nl/contact/"} <= set(outline.links)
