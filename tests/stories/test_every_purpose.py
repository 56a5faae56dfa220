"""A question, a talk, a complaint, and not knowing yet: each goes the whole way, and is counted as what it is."""

import pytest
from playwright.sync_api import Page

from tests.conftest import NewContext
from tests.counted import ended
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type Way = tuple[str, str, str, dict[str, str | list[str]]]
WAYS: list[Way] = [
    ("ask", "nl", "question", {"story": "Waar kan mijn collega terecht?", "categories": ["harassment"]}),
    ("talk", "en", "talk", {"story": "I would like to talk to somebody about my group."}),
    ("complain", "nl", "complaint", {"story": "Ik wil een klacht indienen.", "categories": ["discrimination"]}),
    ("help", "en", "question", {"need": "options", "story": "I do not know yet what I want."}),
]


@pytest.mark.parametrize("way", WAYS, ids=[way[0] for way in WAYS])
@proves("R-000-01", "R-000-02", "R-000-03", "R-000-06", "R-000-30", "R-002-07")
def test_the_whole_way_from_first_word_to_the_register(
    site: Site, house: Institution, page: Page, new_context: NewContext, way: Way
) -> None:
    purpose, language, kind, answers = way
    reporter = Reporter(page, language).opens_the_door().goes_on_to("code", purpose=purpose, **answers)
    code = reporter.sends()

    someone = reader(new_context(), house.readers[0], site.url, language)
    someone.opens_the_only_case()
    someone.sees(str(answers["story"]))
    someone.does("screen", result="other")
    someone.does("answer", text="Dank je wel. Thank you.")
    someone.does("assign", to=str(house.readers[1].user.pk))
    someone.does("close", outcome="advice_given", category="other", destination="none")

    reporter.returns_with(code)
    assert "Dank je wel. Thank you." in reporter.talk
    assert [(row.kind, row.outcome) for row in ended()] == [(kind, "advice_given")]
