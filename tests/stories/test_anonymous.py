"""Anonymous, with a dialogue: from the first page to the anonymous row, by the hands of both sides."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from haven.cases import retention
from haven.cases.models import Case
from tests.conftest import NewContext
from tests.counted import ended
from tests.institution import Institution
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import Reader
from tests.stories.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.both, pytest.mark.django_db(transaction=True)]

ANSWERS = {
    "purpose": "report",
    "capacity": "self",
    "audience": "phd",
    "categories": ["bullying", "exclusion"],
    "forms": ["verbal"],
    "setting": ["work"],
    "when": "over_time",
    "where": "In the lab, on the second floor",
    "about_contact_point": "no",
    "story": "Every Monday he reads my results aloud, and everybody laughs.",
    "mode": "anonymous",
}


@proves(
    "R-000-01", "R-000-18", "R-000-06", "R-000-24", "R-002-04", "R-002-07", "R-002-08", "R-002-10", "R-002-14",
    "R-002-19", "R-002-20", "R-004-10", "R-004-12", "R-004-13", "R-004-27", "R-003-14",
)  # fmt: skip
def test_an_anonymous_report_with_a_dialogue(
    site: Site, house: Institution, page: Page, new_context: NewContext, tmp_path: Path
) -> None:
    photo, letter = tmp_path / "screenshot.txt", tmp_path / "mail.txt"
    photo.write_text("what he wrote")
    letter.write_text("what she wrote")

    reporter = Reporter(page).opens_the_door().goes_on_to("code", **ANSWERS, files=[photo])
    assert page.context.cookies() == []
    code = reporter.sends()
    assert page.context.cookies() == []
    assert reporter.passed.index("readers") < reporter.passed.index("check") < reporter.passed.index("code")

    reader = Reader(new_context().new_page(), house.readers[0]).signs_in()
    reader.opens_the_only_case()
    reader.sees(ANSWERS["story"], ANSWERS["where"], "screenshot.txt", "The report came in")  # type: ignore[arg-type]
    reader.does("screen", result="assign", remark="Somebody should call the group leader")
    reader.does("answer", text="Thank you. Shall we look for a way together?")

    address = both_sides_talk_until_it_is_closed(reporter, reader, code, letter)
    nothing_but_a_row_is_left(reader, page, address, code)


def both_sides_talk_until_it_is_closed(reporter: Reporter, reader: Reader, code: str, letter: Path) -> str:
    """Gives the address of the case at the desk."""
    reporter.returns_with(code)
    assert "Shall we look for a way together?" in reporter.talk
    assert reader.person.user.name in reporter.talk
    reporter.writes("Yes please. I add what she wrote.", letter)

    address = reader.opens_the_only_case()
    reader.sees("Yes please. I add what she wrote.", "mail.txt")
    with reader.page.expect_download() as download:
        reader.page.locator("#report ~ ul.files a, ul.files a[href$='/']").last.click()
    assert download.value.path().read_text() in {"what he wrote", "what she wrote"}
    reader.does("attempt", way="mailbox", reached="yes")
    reader.does("close", outcome="talked", category="bullying", destination="none")
    reader.sees("Talked, reporter can go on")

    return address


def nothing_but_a_row_is_left(reader: Reader, page: Page, address: str, code: str) -> None:
    assert [(row.kind, row.mode, row.outcome, row.contact_in_time) for row in ended()] == [
        ("report", "anonymous", "talked", "true")
    ]
    assert retention.forget_due(localdate() + timedelta(days=400)) == 1
    assert reader.page.goto(address).status == 404  # type: ignore[union-attr]
    page.goto("/en/contact/mailbox/")
    page.fill("#code", code)
    page.locator("main form .actions button").click()
    expect(page.locator("#errors")).to_be_visible()
    assert Case.objects.count() == 0
