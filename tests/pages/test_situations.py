"""A situation as editors wrote it: where the page of the house would stand, with for each audience what is theirs."""

import re

from django.test import Client

from haven.pages.models import AudiencePage, SituationPage
from tests.pages.conftest import Homes, published
from tests.proves import proves

HOW = [
    (
        "step",
        {"summary": "Write it down", "content_note": "", "text": "<p>Dates.</p>", "provision": "", "audiences": []},
    )
]


def step(summary: str, *, provision: str = "", only: tuple[str, ...] = ()) -> tuple[str, dict[str, object]]:
    told = {"content_note": "About violence." if provision else "", "provision": provision, "audiences": list(only)}
    return "step", {"summary": summary, "text": f"<p>Words of {summary}.</p>", **told}


def situation(homes: Homes, code: str = "en", **more: object) -> SituationPage:
    words: dict[str, object] = {"what": [step("Say stop"), step("Say stop")], "how": HOW}
    words["whom"] = [
        step("Your adviser", only=("student",)),
        step("Your manager", only=("staff", "role_model")),
        step("The centre", provision="sexual_violence_centre"),
    ]
    page = SituationPage(title="It happened", situation="self", lead="You decide today.", **words | more)
    page.locale = homes[code].locale
    published(page, below=homes[code])
    return page


def summaries(client: Client, address: str) -> list[str]:
    return re.findall(r"<summary>([^<]+)</summary>", client.get(address).text)


@proves("R-004-14")
def test_it_has_three_parts_and_stands_where_every_tile_leads(client: Client, homes: Homes) -> None:
    house = client.get("/en/help/self/").text
    page = situation(homes)
    shown = client.get("/en/help/self/").text

    assert page.get_url() == "/en/help/self/"
    assert "You decide today." in shown
    assert "You decide today." not in house
    assert re.findall(r'<h2 id="(what|how|whom)"', shown) == ["what", "how", "whom"]
    assert "You decide today." not in client.get("/nl/help/self/").text
    page.unpublish()
    assert client.get("/en/help/self/").text == house


@proves("R-004-15")
def test_every_step_unfolds_without_a_script_and_has_an_address_of_its_own(client: Client, homes: Homes) -> None:
    situation(homes)
    shown = client.get("/en/help/self/").text
    addresses = re.findall(r'<details class="more"><summary>[^<]+</summary><div class="more-body" id="([^"]+)">', shown)

    assert addresses == ["say-stop", "say-stop-2", "write-it-down", "your-adviser", "your-manager", "the-centre"]
    assert "About violence." in shown
    assert 'href="tel:08000188"' in shown


@proves("R-004-23")
def test_each_audience_sees_the_steps_that_are_theirs_and_who_says_nothing_sees_all(
    client: Client, homes: Homes
) -> None:
    situation(homes)
    published(AudiencePage(title="Students", audience="student", locale=homes["en"].locale), below=homes["en"])
    everyone = client.get("/en/help/self/").text

    assert "Your manager" not in summaries(client, "/en/help/self/?for=student")
    assert "Your adviser" not in summaries(client, "/en/help/self/?for=role_model")
    assert "Your manager" in summaries(client, "/en/help/self/?for=phd")  # they find theirs with staff
    assert {"Your adviser", "Your manager"} <= set(summaries(client, "/en/help/self/?for=nobody"))
    assert "For: Student" in everyone
    assert 'href="/en/help/self/?for=student"' in everyone
    assert 'href="/nl/help/self/?for=student"' in client.get("/en/help/self/?for=student").text
