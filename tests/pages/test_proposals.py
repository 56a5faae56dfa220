"""Input that was used becomes an action of the plan: a title crosses over, and nothing of what was said, or by whom."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from haven.pages import planting
from haven.pages.models import Action, PlanPage
from haven.trail.models import Entry
from haven.voices import actions, planned
from haven.voices.actions import Refused
from haven.voices.models import Decision, PlanLine, Wording
from tests.desk.conftest import sits_down
from tests.institution import Institution
from tests.pages.conftest import Homes, SignedIn, published
from tests.pages.test_plan import action, card, make
from tests.proves import proves
from tests.voices.test_input import on_disk
from tests.voices.told import TOLD, decided, opens, told

TITLE = {"nl": "Betere lampen op het plein", "en": "Better lamps on the square"}
KEY = "better-lamps-on-the-square"


@pytest.fixture
def house(db: None, settings: Any) -> Institution:
    return Institution(settings).with_readers(2)


@proves("R-003-06", "R-003-23", "R-004-51")
def test_input_becomes_an_action_and_the_page_of_outcomes_leads_to_it(
    client: Client, house: Institution, signed_in: SignedIn, homes: Homes
) -> None:
    address = published(PlanPage(title="Plan", locale=homes["en"].locale), below=homes["en"]).get_url()
    _is_proposed_at_the_desk(house, told(mail="zqmail@voorbeeld.example"))
    assert [one for one in (TOLD, "zqmail", "zqhowwm") if one.encode() in on_disk()] == []
    editor = signed_in("project_team")
    first = editor.get("/edit/").text
    assert (TITLE["nl"] in first, TOLD in first) == (True, False)
    form = editor.get(f"/edit/snippets/pages/action/add/?proposed={KEY}").text
    assert f'value="{TITLE["en"]}"' in form
    assert TITLE["nl"] not in signed_in("partner_body").get("/edit/").text

    assert f"#{KEY}" not in client.get("/en/input/outcomes/").text
    action(KEY, title_nl=TITLE["nl"], title_en=TITLE["en"])
    assert TITLE["nl"] not in editor.get("/edit/").text  # it is taken up
    make()
    shown = client.get("/en/input/outcomes/").text
    assert f'<a href="{address}#{KEY}">In the plan: {TITLE["en"]}</a>' in shown
    plan = client.get(address).text
    assert ("Lamps will come." in card(plan, KEY), "1 idea of students and staff is in it" in plan) == (True, True)


def _is_proposed_at_the_desk(house: Institution, pk: UUID) -> None:
    """After it was used and told; from then on the two are linked for who can open it, and for nobody else."""
    keeper, other = house.readers[:2]
    decided(keeper, pk)
    actions.word(opens(keeper, pk), nl="Er komen lampen.", en="Lamps will come.")
    actions.publish(opens(other, pk))
    desk, page = sits_down(keeper), reverse("desk:one_input", args=[pk])
    assert 'id="propose"' in desk.get(page).text
    assert desk.post(reverse("desk:input_propose", args=[pk]), TITLE).status_code == 302
    assert (TITLE["en"] in desk.get(page).text, 'id="propose"' in desk.get(page).text) == (True, False)
    assert [(one.key, one.in_plan) for one in PlanLine.objects.all()] == [(KEY, False)]
    assert Entry.objects.get(did="input.proposed").subject == ""
    assert str(pk) not in repr(PlanLine.objects.values_list())


@proves("R-003-06")
def test_only_what_is_used_is_proposed_once_and_what_is_not_taken_up_goes(
    house: Institution,
    signed_in: SignedIn,
    homes: Homes,
) -> None:
    keeper, pk, twin = house.readers[0], told(), told()
    decided(keeper, pk, Decision.LATER)
    with pytest.raises(Refused, match="not_used"):
        planned.propose(opens(keeper, pk), nl=TITLE["nl"], en=TITLE["en"])
    decided(keeper, pk)
    decided(keeper, twin)
    before = opens(keeper, pk)
    planned.propose(before, nl=TITLE["nl"], en=TITLE["en"])
    with pytest.raises(Refused, match="in_an_action"):
        planned.propose(before, nl=TITLE["nl"], en=TITLE["en"])
    assert planned.propose(opens(keeper, twin), nl=TITLE["nl"], en=TITLE["en"]).key == f"{KEY}-2"

    assert signed_in("communication").post(f"/edit/doing/proposed/{KEY}/leave-out/").status_code == 302
    assert ModelLogEntry.objects.get(action="wagtail.delete").label == TITLE["nl"]
    partner = signed_in("partner_body")
    assert partner.post(f"/edit/doing/proposed/{KEY}-2/leave-out/").status_code in {302, 403}
    planting.plant()
    assert [one.key for one in PlanLine.objects.all()] == [f"{KEY}-2"]
    assert (Action.objects.count(), Wording.objects.count()) == (0, 0)
