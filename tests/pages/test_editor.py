"""Who comes into the editor, what they can change there, and what it keeps of a picture."""

import gc
import warnings
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.urls import URLResolver, reverse
from PIL import Image as Pillow
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from haven.config import editor_urls
from haven.pages.models import CampaignPage, StandardPage
from haven.people.models import User
from haven.rulebook.roles import ROLES, Right
from tests.house.test_doors import ways_in
from tests.pages.conftest import Homes, SignedIn, published
from tests.proves import proves

WRITERS = ("communication", "project_team", "partner_body")
NOT_OURS = ("login/", "account/", "documents/", "users/", "users/1/", "groups/", "groups/new/", "password_reset/")


def new_page(client: Client, kind: str, below: Page, **words: Any) -> Any:
    """Fill in the form for a new page and press Publish."""
    form = {"slug": words["title"].lower(), "lead": "", "body-count": "0", "search_description": ""}
    return client.post(f"/edit/pages/add/pages/{kind}/{below.pk}/", form | words | {"action-publish": "action-publish"})


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_does_not_write_finds_no_editor(client: Client, signed_in: SignedIn, homes: Homes, role: str) -> None:
    answer = signed_in(role).get("/edit/", follow=True)

    assert answer.status_code == (200 if role in WRITERS else 404)
    if role not in WRITERS:
        absent = client.get("/no-such-page/", follow=True)
        assert (answer.content, answer.redirect_chain) == (absent.content, [("/nl/edit/", 302)])


def test_a_stranger_is_asked_to_sign_in_by_the_house(client: Client, homes: Homes) -> None:
    for address in ("/edit/", "/edit/pages/", "/edit/images/"):
        assert client.get(address)["Location"] == f"/nl/sign-in/?next={address}"


def test_every_address_of_the_editor_asks_for_the_right_to_write() -> None:
    editor = next(one for one in editor_urls.urlpatterns if isinstance(one, URLResolver))
    audiences = [getattr(view, "open_to", None) for _address, view in ways_in(editor.url_patterns)]

    assert len(audiences) > 100
    assert set(audiences) == {Right.EDIT_SITE}


@pytest.mark.parametrize("address", NOT_OURS)
def test_accounts_are_none_of_the_editors_business(signed_in: SignedIn, homes: Homes, address: str) -> None:
    editor = signed_in("communication")
    assert editor.get(f"/edit/{address}", follow=True).status_code == 404
    assert editor.post(f"/edit/{address}", follow=True).status_code == 404


@pytest.mark.parametrize("role", WRITERS)
def test_who_writes_the_site_finds_nothing_at_the_desk_and_has_no_right_on_a_case(
    signed_in: SignedIn, homes: Homes, role: str
) -> None:
    client = signed_in(role)

    assert {client.get(f"/nl/desk/{page}").status_code for page in ("", "people/", "unlock/", "search/")} == {404}
    assert ROLES[role].rights - {Right.READ_OVERVIEWS} == {Right.EDIT_SITE}
    assert not User.objects.get(role_key=role).key_bundles.exists()


@proves("R-002-06")
def test_a_partner_body_publishes_in_a_campaign_and_nowhere_else(
    client: Client, signed_in: SignedIn, homes: Homes
) -> None:
    partner = signed_in("partner_body")
    campaigns = CampaignPage.objects.child_of(homes["en"]).get()
    about = published(StandardPage(title="About us", locale=homes["en"].locale), below=homes["en"])

    assert new_page(partner, "campaignpage", campaigns, title="Stop").status_code == 302
    assert client.get("/en/campaigns/stop/").status_code == 200
    for forbidden in (f"pages/{about.pk}/edit/", f"pages/add/pages/standardpage/{homes['en'].pk}/"):
        assert partner.get(f"/edit/{forbidden}").status_code in {302, 404}
    new_page(partner, "standardpage", homes["en"], title="Mine")
    assert not StandardPage.objects.filter(title="Mine").exists()


@proves("R-002-06")
def test_a_partner_body_reaches_no_list_no_plan_and_no_page_but_its_campaigns(
    signed_in: SignedIn, homes: Homes
) -> None:
    partner, other = signed_in("partner_body"), signed_in("communication")
    lists = [model.snippet_viewset for model in get_snippet_models()]
    forbidden = [reverse(one.get_url_name(what)) for one in lists for what in ("list", "add")]
    forbidden += ["/edit/doing/version/", "/edit/redirects/", "/edit/sites/"]
    forbidden += ["/edit/locales/", "/edit/settings/", "/edit/collections/", "/edit/workflows/list/"]
    deeds = ("edit", "delete", "move", "unpublish", "copy", "history", "privacy")
    forbidden += [f"/edit/pages/{home.pk}/{deed}/" for home in homes.values() for deed in deeds]

    assert len(lists) >= 12
    assert {address for address in forbidden if partner.get(address).status_code == 200} == set()
    assert other.get(reverse(lists[0].get_url_name("list"))).status_code == 200
    campaigns = CampaignPage.objects.child_of(homes["en"]).get()
    assert partner.get(f"/edit/pages/{campaigns.pk}/edit/").status_code == 200
    new_page(other, "standardpage", homes["en"], title="Elsewhere")
    for address in (f"/edit/pages/{homes['en'].pk}/", "/edit/pages/", "/edit/reports/site-history/", "/edit/"):
        listed = partner.get(address, follow=True).text
        assert [f"/edit/pages/{homes['en'].pk}/edit/" in listed, "Elsewhere" in listed] == [False, False]


@pytest.mark.parametrize("role", ["communication", "project_team"])
def test_an_editor_writes_and_publishes_a_page(client: Client, signed_in: SignedIn, homes: Homes, role: str) -> None:
    editor = signed_in(role)
    assert editor.get(f"/edit/pages/add/pages/standardpage/{homes['nl'].pk}/").status_code == 200
    answer = new_page(editor, "standardpage", homes["nl"], title="Nieuws", lead="Lees dit.")

    assert answer.status_code == 302
    assert "Lees dit." in client.get("/nl/nieuws/").text
    again = editor.get(f"/edit/pages/{StandardPage.objects.get().pk}/edit/")
    assert again.status_code == 200
    assert "default-src 'none'" in again["Content-Security-Policy"]
    assert "http" not in again["Content-Security-Policy"]  # nothing from elsewhere


@proves("R-003-32")
def test_who_publishes_a_known_wrong_term_is_told_the_right_one(signed_in: SignedIn, homes: Homes) -> None:
    editor = signed_in("communication")
    warned = []
    for number, lead in enumerate(("About social safety.", "Social  security and cross-border behavior.")):
        new_page(editor, "standardpage", homes["en"], title=f"Page{number}", lead=lead)
        warned.append(editor.get("/edit/pages/").text.count("Wij zeggen"))
    assert warned == [0, 2]


@proves("R-003-32", "R-003-31")
def test_an_editor_sees_what_wants_a_look_while_the_page_is_still_a_draft(
    client: Client, signed_in: SignedIn, homes: Homes
) -> None:
    editor, page = signed_in("communication"), published(StandardPage(title="Page"), below=homes["nl"])
    twice = "Wie iets wil vertellen over sociale veiligheid kan altijd bij ons terecht."
    body = [f'<p>{twice}</p><p>{twice}</p><p>About social security. <a href="/nowhere/">Read</a></p>']
    draft = StandardPage.objects.get()
    draft.body = [("text", body[0]), ("picture", {"image": None, "alternative": "", "caption": ""})]
    draft.save_revision(clean=False)

    edited = editor.get(f"/edit/pages/{page.pk}/edit/").text
    preview = draft.make_preview_request(RequestFactory().get("/"), "").content.decode()
    for shown in (edited, preview):
        assert shown.count('class="help-block help-warning') == 1
        for words in ("social security", "Dit stond er al: ", "/nowhere/", "niet wat erop staat"):
            assert words in shown
    assert "help-warning" not in client.get("/nl/page/").text


def test_a_page_is_looked_at_in_a_frame_beside_the_form(client: Client, signed_in: SignedIn, homes: Homes) -> None:
    editor, page = signed_in("communication"), published(StandardPage(title="Page"), below=homes["nl"])
    looked_at = f"/edit/pages/{page.pk}/edit/preview/"
    words = {"title": "Page", "slug": "page", "lead": "Now", "body-count": "0", "search_description": ""}
    assert editor.post(looked_at, words).json()["is_valid"]
    shown = editor.get(looked_at, {"in_preview_panel": "true"})

    assert ("<h1>Page</h1>" in shown.text, shown["X-Frame-Options"]) == (True, "SAMEORIGIN")
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/nl/page/")["Content-Security-Policy"]


def test_nobody_may_do_everything(signed_in: SignedIn, homes: Homes) -> None:
    signed_in("communication")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.update(is_superuser=True)


def test_a_picture_is_kept_without_what_the_camera_wrote(signed_in: SignedIn, homes: Homes) -> None:
    taken, exif = BytesIO(), Pillow.Exif()
    exif[0x010E] = "where it was taken"
    Pillow.new("RGB", (40, 30), "teal").save(taken, "JPEG", exif=exif)
    assert b"where it was taken" in taken.getvalue()
    editor = signed_in("communication")
    sent = SimpleUploadedFile("pier.jpg", taken.getvalue(), "image/jpeg")

    editor.post("/edit/images/add/", {"title": "Pier", "file": sent, "collection": "1"})
    kept = Image.objects.get()
    with kept.file.open() as file:
        assert b"where it was taken" not in file.read()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # wagtail leaves its copy in memory to be closed by chance
        shown = kept.get_rendition("width-20")
        gc.collect()
    answer = editor.get(shown.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert editor.get(f"/media/{kept.file.name}", follow=True).status_code == 404


def test_what_is_no_picture_is_dropped(signed_in: SignedIn, homes: Homes) -> None:
    sent = SimpleUploadedFile("pier.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    signed_in("communication").post("/edit/images/add/", {"title": "Pier", "file": sent, "collection": "1"})

    assert not Image.objects.exists()
