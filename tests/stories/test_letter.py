"""A letter of complaint from the site: somebody in doubt, somebody who writes it, mistakes, and pressing twice."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ViewportSize, expect

from haven.complaints import entering
from haven.complaints.models import Complaint
from haven.complaints.opened import open_complaint, open_party
from haven.rulebook import shelf
from haven.vault.models import SealedItem
from tests.complaints import small
from tests.complaints.court import PASS, Court
from tests.conftest import NewContext
from tests.live import Site
from tests.proves import proves
from tests.stories.reporter import ON, SEND, Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = ViewportSize(width=390, height=844)
SAYS = "Hij schreeuwde tegen mij in elk overleg."
TICK = "label:has(input[value={}])"
FORM = "main button[value=form-complaint_letter]"


@pytest.fixture
def court(site: Site, settings: Any) -> Court:
    """With categories, beside which stands what they mean."""
    court = Court(settings)
    about = [
        {"key": key, "label": small.said(key), "hint": small.said(f"What {key} is")}
        for key in ("bullying", "discrimination")
    ]
    grounds = [{"key": key, "label": small.said(key)} for key in ("religion", "appearance")]
    rules = small.regulation(categories=about, grounds_of_discrimination=grounds)
    shelf.put(replace(shelf.current(), procedures=rules))
    return court


class Writer(Reporter):
    """Goes to the letter, and through its pages one by one."""

    def chooses_to_complain(self) -> "Writer":
        self.opens_the_door()
        self.page.set_viewport_size(NARROW)
        self.goes_on_to("purpose")
        self.page.locator(TICK.format("complain")).click()
        self.presses(ON)
        return self

    def ticks(self, *values: str) -> None:
        for value in values:
            self.page.locator(TICK.format(value)).click()
        self.presses(ON)

    def fills(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.fill(f"#{name.replace('_', '-')}", value)

    def is_stopped(self, button: str = ON) -> None:
        heading = self.heading
        self.page.locator(button).click()
        expect(self.page.locator("#errors")).to_be_visible()
        assert self.heading == heading
        self._looks()

    def writes_it(self, file: Path) -> None:
        """A student, about two people, for a year, with a file, with nothing tried."""
        self.presses(FORM)
        self.presses(ON)
        self.ticks("university")
        self.ticks("student")
        self._names_two()
        self.fills(words=SAYS)
        self.presses(ON)
        self._says_when()
        expect(self.page.get_by_text("What bullying is")).to_be_visible()
        self.ticks("bullying", "discrimination")
        self.ticks("appearance")
        self.ticks("yes")
        self.ticks("none")
        self.ticks("none")
        self.ticks("no")
        self.page.set_input_files("#files", file)
        self.presses(ON)
        for words in ("Vera Klager", "vera@example.org"):
            self.fills(words=words)
            self.presses(ON)
        self.presses("main button[value=skip]")

    def _names_two(self) -> None:
        """A line without a name is a mistake; what was typed stays."""
        self.fills(function_0="Docent")
        self.is_stopped()
        expect(self.page.locator("#function-0")).to_have_value("Docent")
        self.fills(name_0="Anton Beklaagd")
        self.page.select_option("#as-0", "employee")
        self.page.locator("main button[value=more]").click()
        expect(self.page.locator("#name-1")).to_be_visible()
        self.fills(name_1="Bea Beklaagd")
        self.presses(ON)

    def _says_when(self) -> None:
        self.page.fill("#from", "2025-03-01")
        self.page.fill("#to", "2024-03-01")
        self.page.locator(TICK.format("yes")).click()
        self.is_stopped()
        expect(self.page.locator("#from")).to_have_value("2025-03-01")
        self.fills(to="2026-02-01")
        self.presses(ON)


@proves("R-001-57", "R-004-32")
def test_who_is_in_doubt_reads_that_it_cannot_be_anonymous_and_reports_instead(
    court: Court, new_context: NewContext
) -> None:
    court.house.route = "contact_point"
    writer = Writer(new_context(java_script_enabled=False).new_page(), "en", scripts=False).chooses_to_complain()
    writer.presses(FORM)
    expect(writer.page.locator("#anonymous")).to_contain_text("cannot be anonymous")
    expect(writer.page.locator("#readers")).to_contain_text("The other person gets to read your letter too")
    writer.presses("main button[value=form-]")
    assert writer.where == "purpose"
    writer.goes_on_to("story")
    assert (Complaint.objects.count(), SealedItem.objects.count()) == (0, 0)


@proves("R-001-04", "R-001-10", "R-001-12", "R-001-18", "R-001-20", "R-001-48", "R-001-59")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_is_written_signed_and_sent_and_pressing_twice_makes_one_complaint(
    court: Court, new_context: NewContext, tmp_path: Path, language: str
) -> None:
    """In Dutch without JavaScript; in English with it, so that axe looks at every page. Both on a telephone."""
    scripts = language == "en"
    (tmp_path / "gesprek.txt").write_text("wat er gezegd is")
    page = new_context(java_script_enabled=scripts).new_page()
    writer = Writer(page, language, scripts=scripts).chooses_to_complain()
    writer.writes_it(tmp_path / "gesprek.txt")

    assert writer.where == "readers"
    expect(page.locator("ul.people")).to_contain_text("Olga Officer")
    writer.presses(ON)
    for words in ("Anton Beklaagd, Docent", "Bea Beklaagd", SAYS, "gesprek.txt", "Otto Officer"):
        expect(page.locator("main dl")).to_contain_text(words)
    writer.presses(ON)
    writer.is_stopped(SEND)
    assert not Complaint.objects.exists()
    for statement in ("own", "invoked", "true"):
        page.locator(TICK.format(statement)).click()
    writer.presses(SEND)

    told = (page.locator("output#number").inner_text(), writer.code)
    page.reload()
    assert (page.locator("output#number").inner_text(), writer.code, Complaint.objects.count()) == (*told, 1)
    _both_read_it(court, *told)
    with page.expect_download() as got:
        page.locator("main button[data-file]").click()
    assert SAYS in got.value.path().read_text()
    assert page.context.cookies() == []


def _both_read_it(court: Court, number: str, code: str) -> None:
    row, officer = Complaint.objects.get(), court.accounts["officer"]
    assert officer.keyring
    theirs = open_complaint(row.reference, keyring=officer.keyring, by=officer.user)
    mine = open_party(entering.enter_first_time(number, code, PASS).keyring)
    head = theirs.head
    assert [one["name"] for one in head["defendants"]] == ["Anton Beklaagd", "Bea Beklaagd"]
    assert (head["steps_taken"], head["lacks"], head["invoked"], head["repeated"]) == ("none", [], True, True)
    assert (head["incident_from"], head["incident_to"]) == ("2025-03-01", "2026-02-01")
    assert (head["entity"], head["categories"], head["grounds"]) == (
        "university", ["bullying", "discrimination"], ["appearance"],
    )  # fmt: skip
    (letter,) = theirs.papers
    assert SAYS in letter.text
    assert "vera@example.org" not in letter.text
    assert [one.payload["name"] for one in letter.files] == ["gesprek.txt"]
    assert mine.party.number == number
