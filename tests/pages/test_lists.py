"""In the editor, everything new can be begun, and what was begun can be looked at before it is published."""

from datetime import date

from django.test import Client
from wagtail.models import Page

from haven.pages import models
from haven.pages.models import (
    HomePage,
    Question,
    QuestionGroup,
    StandardPage,
    StatementIndexPage,
    Survey,
    ToolkitItem,
    TopicIndexPage,
)
from tests.pages.conftest import Homes, SignedIn, published
from tests.pages.test_papers import version

BELOW_HOME = ("AccessibilityPage", "DefinitionPage", "DocumentPage", "RequiredPage", "SituationPage")


def opens(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert (address, answer.status_code) == (address, status)
    return answer.text


def test_every_kind_of_page_can_be_begun_with_words_of_the_language_of_the_editor(
    homes: Homes, signed_in: SignedIn
) -> None:
    editor, home = signed_in("communication"), homes["nl"]
    statements = published(StatementIndexPage(title="Stellingen", locale=home.locale), below=home)
    topics = published(TopicIndexPage(title="Onderwerpen", locale=home.locale), below=home)
    for kind in BELOW_HOME:
        shown = opens(editor, f"/edit/pages/add/pages/{kind.lower()}/{home.pk}/")
        name = str(getattr(models, kind)._meta.verbose_name)
        assert name.lower() in shown.lower()
    assert "gespreksvragen" in opens(editor, f"/edit/pages/add/pages/statementpage/{statements.pk}/").lower()
    assert "laatste dag" in opens(editor, f"/edit/pages/add/pages/topicpage/{topics.pk}/").lower()
    partner = signed_in("partner_body")
    assert partner.get(f"/edit/pages/add/pages/toolkitpage/{home.pk}/").status_code != 200


def test_the_lists_open_and_what_stands_in_them_can_be_looked_at_first(homes: Homes, signed_in: SignedIn) -> None:
    editor, locale = signed_in("communication"), homes["en"].locale
    group = QuestionGroup.objects.create(title="Group", locale=locale)
    answers = [("answer", {"audience": "", "text": "<p>Yes.</p>"})]
    asked = Question.objects.create(group=group, asks="Really?", slug="really", answers=answers, locale=locale)
    day = date(2026, 11, 1)
    tool = ToolkitItem(title="A tool", slug="tool", kind="tool", subject="awareness", text="x", reviewed_on=day)
    survey = Survey(title="A survey", slug="survey", text="x", from_on=day, to_on=day, link="https://x.example/")
    for one in (tool, survey):
        one.locale = locale
        one.save()
    for entry in (asked, tool, survey):
        name = entry._meta.model_name
        assert str(entry) in opens(editor, f"/edit/snippets/pages/{name}/")
        opens(editor, f"/edit/snippets/pages/{name}/add/")
        entry.save_revision()
        shown = opens(
            editor, f"/edit/snippets/pages/{name}/history/{entry.pk}/revisions/{entry.latest_revision.pk}/view/"
        )
        assert f"<h1>{entry}</h1>" in shown
    opens(editor, "/edit/snippets/pages/questiongroup/")


def test_a_page_of_ours_is_looked_at_before_it_is_published(homes: Homes, signed_in: SignedIn) -> None:
    page = models.DocumentPage(title="The code", locale=homes["en"].locale, versions=[version("1.0", "2024-09-01")])
    homes["en"].add_child(instance=page)
    revision = page.save_revision()
    shown = opens(signed_in("communication"), f"/edit/pages/{page.pk}/revisions/{revision.pk}/view/")

    assert "<h1>The code</h1>" in shown
    assert "Be kind." in shown


def test_no_door_is_shadowed_and_pages_stand_where_they_may(homes: Homes) -> None:
    assert {kind.__name__ for kind in StandardPage.allowed_subpage_models()} >= {"DocumentPage", "PracticePage"}
    assert HomePage in models.SituationPage.allowed_parent_page_models()
    assert Page not in models.SituationPage.allowed_subpage_models()
