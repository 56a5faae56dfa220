"""The toolkit: what fits whom, how a talk with a group goes, and what somebody should look at again."""

import re
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from haven.pages.models import AudiencePage, ToolkitItem, ToolkitPage
from tests.pages.conftest import Homes, SignedIn, published
from tests.proves import proves

PLAN = [("part", {"minutes": 5, "text": "Say why."}), ("part", {"minutes": 40, "text": "Talk in pairs."})]


def item(homes: Homes, title: str, **more: object) -> ToolkitItem:
    told: dict[str, object] = {"kind": "training", "subject": "active_bystander", "text": "What it is."}
    told |= {"languages": ["en"], "contact": "training@voorbeeld.example", "reviewed_on": date(2026, 9, 1)}
    slug = title.lower().replace(" ", "-")
    return ToolkitItem.objects.create(title=title, slug=slug, locale=homes["en"].locale, **told | more)


def toolkit(homes: Homes) -> None:
    published(ToolkitPage(title="Toolkit", locale=homes["en"].locale), below=homes["en"])
    published(AudiencePage(title="Students", audience="student", locale=homes["en"].locale), below=homes["en"])


def titles(client: Client, query: str = "") -> list[str]:
    return re.findall(r"<h2>([^<]+)</h2>", client.get(f"/en/toolkit/{query}").text)


@proves("R-004-19", "R-004-49")
def test_it_is_narrowed_by_audience_kind_and_language_in_the_address(client: Client, homes: Homes) -> None:
    item(homes, "For all", languages=["nl", "en"])
    item(homes, "For students", audiences=["student"], kind="workshop")
    item(homes, "For staff", audiences=["staff"])
    item(homes, "A draft", live=False)
    toolkit(homes)

    assert titles(client) == ["For all", "For staff", "For students"]
    assert titles(client, "?for=student&kind=&in=") == ["For all", "For students"]
    assert titles(client, "?for=phd") == ["For all", "For staff"]  # they find theirs with staff
    assert titles(client, "?kind=workshop") == ["For students"]
    assert titles(client, "?in=nl") == ["For all"]
    assert titles(client, "?kind=nonsense&in=fr&for=martian") == titles(client)
    shown = client.get("/en/toolkit/?for=student&kind=workshop").text
    assert '<option value="student" selected>' in shown
    assert 'href="mailto:training@voorbeeld.example"' in shown
    assert 'id="t-for-students"' in shown
    assert 'href="/en/toolkit/?for=student"' in client.get("/en/students/").text


@proves("R-004-53")
def test_a_conversation_guide_has_a_plan_in_minutes_and_the_size_of_the_group(client: Client, homes: Homes) -> None:
    item(homes, "A talk", kind="guide", plan=PLAN, group_min=6, group_max=16, tense="Take a break.")
    toolkit(homes)
    shown = client.get("/en/toolkit/").text

    for words in ("45 minutes", "6 to 16 people", "5 minutes", "Say why.", "Take a break.", 'id="plan-a-talk"'):
        assert words in shown
    with pytest.raises(ValidationError, match="has a plan"):
        item(homes, "No plan", kind="guide").full_clean()


@proves("R-004-20")
def test_editors_see_what_nobody_looked_at_for_longer_than_the_rulebook_says(homes: Homes, signed_in: SignedIn) -> None:
    item(homes, "Fresh", reviewed_on=date(2026, 5, 25))
    item(homes, "Stale", reviewed_on=date(2026, 5, 24))
    editor = signed_in("communication")
    with time_machine.travel("2026-11-25 09:00:00+00:00"):
        shown = editor.get("/edit/").text

    assert "Meer dan 6 maanden keek niemand" in shown
    assert re.findall(r'/toolkititem/edit/\d+/">([^<]+)</a>', shown) == ["Stale"]
    assert "Stale" not in signed_in("partner_body").get("/edit/").text
