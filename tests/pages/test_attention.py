"""What is pointed out to editors, and what waits for them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils.timezone import localdate, now
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page

from haven.clock.site import publish_what_is_due
from haven.config.demo import writing
from haven.pages import reading_along
from haven.pages.models import (
    Action,
    Activity,
    CampaignPage,
    Component,
    HomePage,
    Initiative,
    InitiativeKind,
    StandardPage,
    Unit,
)
from tests.pages.conftest import Homes, SignedIn, published
from tests.pages.test_editor import new_page
from tests.proves import proves

HARD = (
    "De verantwoordelijkheidsverdeling betreffende ongewenste omgangsvormen wordt institutioneel geëffectueerd door "
    "functionarissen die overeenkomstig vigerende reglementering gemandateerd zijn tot interventie, waarbij "
    "proportionaliteit en subsidiariteit als beoordelingscriteria worden gehanteerd binnen de daarvoor gestelde "
    "kaders en termijnen."
)


def standard(homes: Homes, code: str, title: str, text: str = "", like: Page | None = None) -> StandardPage:
    page = StandardPage(title=title, locale=homes[code].locale, body=[("text", text)] if text else [])
    if like is not None:
        page.translation_key = like.translation_key
    published(page, below=homes[code])
    return page


@pytest.fixture
def signed_in(signed_in: SignedIn) -> SignedIn:
    """With a browser that asks for English; the editor speaks both."""

    def sign_in(role: str) -> Client:
        client = signed_in(role)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return sign_in


def told(client: Client) -> str:
    answer = client.get("/edit/attention/")
    assert answer.status_code == 200
    return answer.text


@proves("R-003-32")
@pytest.mark.parametrize(
    ("said", "right"),
    [("Social security", "social safety"), ("cross-border behaviour", "transgressive behaviour")],
)
def test_publishing_a_wrong_term_warns_and_says_the_right_one(
    signed_in: SignedIn, homes: Homes, said: str, right: str
) -> None:
    editor = signed_in("communication")
    answer = new_page(editor, "standardpage", homes["en"], title="Words", lead=f"All about {said} here.")

    assert answer.status_code == 302
    assert f"It says “{said.lower()}”. We say “{right}”." in editor.get(answer["Location"]).text.replace("&quot;", '"')
    assert reading_along.hints(StandardPage.objects.get())
    assert StandardPage.objects.get().live  # a warning, no refusal


def test_hard_dutch_is_pointed_out_and_the_words_of_the_demo_are_not(homes: Homes) -> None:
    hard = standard(homes, "nl", "Moeilijk", f"<p>{HARD}</p>")

    long, difficult = reading_along.hints(hard)
    assert long.startswith("A long sentence: “De verantwoordelijkheidsverdeling betreffende ongewenste")
    assert difficult.startswith("This Dutch is hard to read")
    assert reading_along.ease_of("Te kort.") is None
    writing.write()
    pages = [
        page
        for page in Page.objects.live().specific()
        if page.pk != hard.pk and isinstance(page, StandardPage | CampaignPage | HomePage)
    ]
    assert len(pages) > 5
    assert [(page.title, hints) for page in pages if (hints := reading_along.hints(page))] == []


def test_links_that_lead_nowhere_are_pointed_out(homes: Homes) -> None:
    there, gone = standard(homes, "nl", "Hier"), standard(homes, "nl", "Weg")
    gone.unpublish()
    links = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in (there, gone))
    links += '<a href="/help/">x</a><a href="/nl/hier/">x</a><a href="/hier/#a">x</a><a href="/nergens/">x</a>'
    links += '<a href="https://elders.example/">x</a>'
    page = standard(homes, "nl", "Links", f"<p>{links}</p>")
    page.body.append(("cards", [{"title": "Weg", "text": "", "page": gone, "link": ""}]))
    page.save()

    assert reading_along.hints(StandardPage.objects.get(pk=page.pk)) == [
        "A link leads to a page that nobody can read.",
        "A link leads nowhere: /nergens/",
        "A link leads to a page that nobody can read.",
    ]
    assert reading_along.outside(page) == ["https://elders.example/"]


@pytest.mark.parametrize("alternative", ["", "IMG_2031", "pier.jpg", "foto"])
def test_a_picture_without_words_for_who_cannot_see_it_is_refused(homes: Homes, alternative: str) -> None:
    block = StandardPage.body.field.stream_block.child_blocks["picture"]
    with pytest.raises((ValidationError, StreamBlockValidationError)) as refused:
        block.clean(block.normalize({"image": None, "alternative": alternative, "caption": ""}))
    assert "alternative" in refused.value.block_errors or alternative


@proves("R-004-01")
def test_an_editor_sees_in_the_list_and_in_one_overview_what_is_not_translated_and_where_the_dutch_is_newer(
    signed_in: SignedIn, homes: Homes
) -> None:
    editor = signed_in("communication")
    with time_machine.travel(now() - timedelta(days=3)):
        dutch = standard(homes, "nl", "Vergadering")
        english = standard(homes, "en", "Meeting", like=dutch)
        standard(homes, "nl", "Alleenstaand")
        standard(homes, "en", "Lonely")
    assert english.get_admin_display_title() == "Meeting"
    assert "Vergadering" not in told(editor)
    for expected in ("Alleenstaand</a> (Dutch): Not in English yet", "Lonely</a> (English): Not in Dutch yet"):
        assert expected in told(editor)

    dutch.save_revision().publish()
    assert StandardPage.objects.get(pk=english.pk).get_admin_display_title() == "Meeting (The Dutch is newer)"
    assert "Meeting (The Dutch is newer)" in editor.get(f"/edit/pages/{homes['en'].pk}/").text
    assert "Meeting</a> (English): The Dutch is newer" in told(editor)
    english.save_revision().publish()
    assert "The Dutch is newer" not in told(editor)


@proves("R-004-20")
def test_what_nobody_looked_at_for_half_a_year_is_listed(signed_in: SignedIn, homes: Homes) -> None:
    with time_machine.travel(now() - timedelta(days=190)):
        standard(homes, "nl", "Oud")
    with time_machine.travel(now() - timedelta(days=170)):
        standard(homes, "nl", "Vrij nieuw")
    stale = told(signed_in("project_team")).partition("Not published anew for 6 months")[2]

    assert "Oud</a>" in stale
    assert "Vrij nieuw</a>" not in stale


def test_a_page_appears_and_goes_on_its_day_and_waits_in_the_overview(
    client: Client, signed_in: SignedIn, homes: Homes
) -> None:
    editor = signed_in("communication")
    day = now() + timedelta(days=2)
    when = {
        "go_live_at": day.strftime("%Y-%m-%d 08:00"),
        "expire_at": (day + timedelta(days=2)).strftime("%Y-%m-%d 08:00"),
    }
    assert new_page(editor, "standardpage", homes["nl"], title="Straks", **when).status_code == 302

    publish_what_is_due()
    assert client.get("/nl/straks/").status_code == 404
    assert "Straks</a> · appears" in told(editor)
    with time_machine.travel(day + timedelta(days=1)):
        publish_what_is_due()
        assert client.get("/nl/straks/").status_code == 200
    with time_machine.travel(day + timedelta(days=3)):
        publish_what_is_due()
        assert client.get("/nl/straks/").status_code == 404


def test_an_earlier_version_is_kept_and_a_page_is_looked_at_in_both_languages_on_a_telephone_and_on_a_desk(
    signed_in: SignedIn, homes: Homes
) -> None:
    dutch = standard(homes, "nl", "Vergadering")
    english = standard(homes, "en", "Meeting", like=dutch)
    english.title = "Meeting, rewritten"
    english.save_revision()

    assert [size["device_width"] for size in dutch.preview_sizes] == [390, 1280]
    request = RequestFactory().get("/")
    shown = {mode: dutch.make_preview_request(request, mode).content.decode() for mode, _name in dutch.preview_modes}
    assert list(shown) == ["", "en"]
    assert "<h1>Vergadering</h1>" in shown[""]
    assert "<h1>Meeting, rewritten</h1>" in shown["en"]
    assert '<html lang="en">' in shown["en"]
    assert StandardPage.objects.get(pk=english.pk).title == "Meeting"
    assert english.revisions.count() == 2
    lonely = standard(homes, "nl", "Alleen")
    assert "This page is not there in English yet." in lonely.make_preview_request(request, "en").content.decode()


def test_what_is_in_the_plan_and_the_calendar_is_looked_at_in_both_languages_before_it_is_public(homes: Homes) -> None:
    unit, request = Unit.objects.get(key="science"), RequestFactory().get("/")
    told = {"key": "new", "title_nl": "Nieuw hier", "title_en": "New here", "unit": unit}
    words = {"text_nl": "Wat we doen.", "text_en": "What we do.", "window_nl": "in mei", "window_en": "in May"}
    drafts = [
        Action(**told, **words, component=Component.objects.get(key="prevention"), targets=["staff"], priority="high"),
        Initiative(**told, text_nl="Wat we doen.", text_en="What we do.", kind=InitiativeKind.objects.all()[0]),
        Activity(**told, kind="talk", on=localdate(), purpose_nl="Wat we doen.", purpose_en="What we do."),
    ]
    for one in drafts:
        assert [name for name, _label in one.preview_modes] == ["", "en"]
        assert [size["device_width"] for size in one.preview_sizes] == [390, 1280]
        shown = [one.make_preview_request(request, mode).content.decode() for mode in ("", "en")]
        assert ["Wat we doen." in shown[0], "What we do." in shown[1]] == [True, True]
        assert ['<html lang="nl">' in shown[0], '<html lang="en">' in shown[1]] == [True, True]
    assert not Action.objects.exists()


@proves("R-002-06")
def test_a_partner_body_sees_its_campaigns_and_nothing_else_of_what_wants_a_look(
    client: Client, signed_in: SignedIn, homes: Homes
) -> None:
    partner = signed_in("partner_body")
    standard(homes, "en", "Of the house")
    campaigns = CampaignPage.objects.child_of(homes["en"]).get()
    published(CampaignPage(title="Of the union", locale=homes["en"].locale), below=campaigns)

    shown = told(partner)
    assert "Of the union" in shown
    assert "Of the house" not in shown
    for forbidden in ("snippets/pages/directoryentry/", "snippets/pages/directoryentry/add/"):
        assert partner.get(f"/edit/{forbidden}").status_code in {302, 404}
    for closed in ("/nl/desk/", "/nl/desk/register/", "/nl/desk/input/"):
        assert partner.get(closed).status_code == 404
    assert client.get("/edit/attention/").status_code == 302
