"""Questions and answers: one thing to keep, an answer for each audience, none where nobody gave one."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale

from haven.pages.models import AudiencePage, Question, QuestionGroup, QuestionIndexPage
from haven.pages.variants import side_by_side
from tests.pages.conftest import Homes, SignedIn, published
from tests.proves import proves


def question(homes: Homes, asks: str = "What now?", code: str = "en", **answers: str) -> Question:
    locale = homes[code].locale
    group, _made = QuestionGroup.objects.get_or_create(title="About this", locale=locale)
    given = [
        ("answer", {"audience": key.replace("everyone", ""), "text": f"<p>{words}</p>"})
        for key, words in answers.items()
    ]
    slug = asks.lower().strip("?").replace(" ", "-")
    return Question.objects.create(group=group, asks=asks, slug=slug, answers=given, locale=locale)


def page(homes: Homes) -> str:
    """The addresses of the page with all questions, and of those for students and for staff."""
    for key in ("student", "staff"):
        published(AudiencePage(title=key, audience=key, locale=homes["en"].locale), below=homes["en"])
    published(QuestionIndexPage(title="Questions", locale=homes["en"].locale), below=homes["en"])
    return "/en/questions/"


@proves("R-004-23", "R-004-60")
def test_each_audience_reads_its_own_answer_on_its_own_page(client: Client, homes: Homes) -> None:
    question(homes, everyone="Ask anybody.", student="Ask your adviser.", role_model="Ask yourself.")
    address = page(homes)

    for where, answer in (("/en/student/", "Ask your adviser."), ("/en/staff/", "Ask anybody.")):
        shown = client.get(where).text
        assert re.findall(r"Ask [a-z ]+\.", shown) == [answer]
        assert re.findall(r"Ask [a-z ]+\.", client.get(f"{address}?for={where[4:-1]}").text) == [answer]
    assert re.findall(r"Ask [a-z ]+\.", client.get(address).text) == ["Ask anybody."]
    assert Question.objects.count() == 1


@proves("R-004-21", "R-004-22")
def test_a_long_list_is_folded_and_every_question_is_in_the_page_with_an_address(client: Client, homes: Homes) -> None:
    for n in range(9):
        question(homes, f"Question {n}?", student="For students only.")
    address = page(homes)
    shown = client.get(address).text

    assert re.findall(r'id="q-question-(\d)"', shown) == list("012345678")
    before, after = shown.split("More questions")
    assert (before.count('id="q-'), after.count('id="q-')) == (6, 3)
    assert re.findall(r"<h2 [^>]+>([^<]+)</h2>", shown) == ["About this"]
    assert "<b>Student</b>" in shown
    assert "q-question" not in client.get(f"{address}?for=staff").text


@proves("R-004-42")
def test_what_has_no_answer_in_a_language_cannot_be_published_in_it(
    client: Client, homes: Homes, signed_in: SignedIn
) -> None:
    english = question(homes, everyone="Ask anybody.")
    dutch = english.copy_for_translation(Locale.objects.get(language_code="nl"))
    dutch.save()
    editor, address = signed_in("communication"), f"/edit/snippets/pages/question/edit/{dutch.pk}/"
    form = {"group": dutch.group_id, "asks": "Wat nu?", "slug": "what-now", "position": 0, "answers-count": 0}
    refused = editor.post(address, form | {"action-publish": "1"})

    assert (dutch.live, len(dutch.answers), english.live) == (False, 0, True)
    assert refused.status_code == 200
    dutch.refresh_from_db()
    assert not dutch.live
    answer = {"answers-count": 1, "answers-0-type": "answer", "answers-0-order": 0, "answers-0-deleted": ""}
    answer |= {"answers-0-value-audience": "", "answers-0-value-text": WRITTEN}
    assert editor.post(address, form | answer | {"action-publish": "1"}).status_code == 302
    dutch.refresh_from_db()
    assert dutch.live


WRITTEN = (
    '{"blocks": [{"key": "a", "text": "Vraag het.", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], '
    '"entityRanges": []}], "entityMap": {}}'
)


@proves("R-004-60")
def test_an_editor_sees_the_answers_side_by_side_with_what_differs_marked(homes: Homes, signed_in: SignedIn) -> None:
    asked = question(homes, everyone="Ask anybody here.", student="Ask your adviser here.")
    shown = signed_in("communication").get(f"/edit/snippets/pages/question/edit/{asked.pk}/").text

    assert re.findall(r"<mark>([^<]+)</mark>", shown) == ["anybody", "your adviser"]
    assert side_by_side([("", "<p>One.</p><p>Two.</p>")]) == [("", [("One. Two.", False)])]


def test_a_second_answer_for_the_same_people_is_refused(homes: Homes) -> None:
    asked = question(homes, student="One.")
    asked.answers.append(("answer", {"audience": "student", "text": "<p>Two.</p>"}))
    with pytest.raises(ValidationError, match="two answers"):
        asked.full_clean()


@proves("R-004-22")
def test_a_search_leads_to_the_question_itself_and_shows_no_answer(client: Client, homes: Homes) -> None:
    question(homes, everyone="Ring the harbour office.")
    address = page(homes)

    shown = client.post("/en/search/", {"words": "harbour"}).text
    assert re.findall(r'<h3><a href="([^"]+)">', shown) == [f"{address}#q-what-now"]
    assert "Ring the" not in shown
