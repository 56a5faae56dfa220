"""A formal complaint at the desk, from a letter on paper to the closed file: founded, with a measure. Everybody of ours
sits at a desk of their own; the two parties are heard, and get the same papers at the same moment."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, expect

from haven.complaints.models import Complaint, Served
from haven.complaints.serving import unequal
from haven.rulebook import shelf
from tests.complaints.court import CHAIR, MEMBERS, SECRETARY, Court
from tests.conftest import NewContext
from tests.live import Site
from tests.proves import proves
from tests.stories.reader import Reader, reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMPLAINANT, DEFENDANT, STORY = "Sanne Verzonnen", "Dirk Bedacht", "He shouted at me in every meeting."


@dataclass
class Bench:
    """Who sits where, each in a browser of their own; and the address of the complaint."""

    court: Court
    new_context: NewContext
    site: Site
    address: str = ""

    def __post_init__(self) -> None:
        self.desks: dict[str, Reader] = {}

    def desk(self, key: str) -> Reader:
        if key not in self.desks:
            self.desks[key] = reader(self.new_context(), self.court.accounts[key], self.site.url)
        return self.desks[key]

    def opens(self, key: str) -> Reader:
        found = self.desk(key)
        found.page.goto(self.address)
        expect(found.page.locator("#file-of")).to_be_visible()
        return found._looks()

    def does(self, key: str, deed: str, **fields: Any) -> Reader:
        """Open the complaint, fill in one deed, send it; the page says that it was done."""
        found = self.opens(key)
        form = found.page.locator(f"#{deed}")
        if form.get_attribute("open") is None:
            form.locator("> summary").click()
        fill(found, f"#{deed}", fields)
        form.locator("button").last.click()
        return found

    def step(self, key: str, step: str, **fields: Any) -> None:
        found = self.does(key, f"step-{step}", **fields)
        expect(found.page.locator(".done")).to_be_visible()

    def deed(self, key: str, deed: str, **fields: Any) -> None:
        found = self.does(key, deed, **fields)
        expect(found.page.locator(".done")).to_be_visible()

    def letter(self, key: str, paper: str, **fields: Any) -> None:
        """Fill in, look at, issue."""
        found = self.desk(key)
        found.page.goto(f"{self.address}letter/{paper}/")
        found._looks()
        fill(found, "#letter", {"language": "English", **fields})
        found.page.locator("#letter button[value=look]").click()
        expect(found.page.locator("#letter button[value=issue]")).to_be_visible()
        found._looks()
        found.page.locator("#letter button[value=issue]").click()
        expect(found.page.locator(".done")).to_be_visible()


def fill(desk: Reader, form: str, fields: dict[str, Any]) -> None:
    """A list ticks boxes by what stands beside them; True ticks one box; of a list one takes what has these words."""
    for name, value in fields.items():
        box = desk.page.locator(f"{form} [name={name}]").first
        beside = desk.page.locator(f"{form} label:has([name={name}])")
        if isinstance(value, list):
            for label in value:
                beside.filter(has_text=label).first.click()
        elif value is True:
            beside.click()
        elif box.get_attribute("type") == "radio":
            desk.page.locator(f"{form} label:has([name={name}][value='{value}'])").click()
        else:
            write(box, value)


def write(box: Locator, value: str) -> None:
    if box.evaluate("one => one.tagName") == "SELECT":
        box.select_option(label=next(one for one in box.locator("option").all_inner_texts() if value in one))
    else:
        box.fill(value)


@pytest.fixture
def bench(site: Site, settings: Any, new_context: NewContext) -> Iterator[Bench]:
    """Officers, board, committee and secretary, under the regulation of the example."""
    cache.clear()
    regulations = shelf.current().procedures
    court = Court(settings)
    shelf.put(replace(shelf.current(), procedures=regulations))
    court.board()
    court.portfolio()
    court.secretary()
    court.account("maud management", role="management_council", pool="management_councils")
    for key in (CHAIR, *MEMBERS):
        court.member(key)
    yield Bench(court, new_context, site)
    cache.clear()


@proves("R-001-99", "R-001-100")
def test_a_complaint_from_a_letter_on_paper_to_a_closed_file(bench: Bench) -> None:
    registers(bench)
    tells_both_sides(bench)
    asks_a_committee(bench)
    hears(bench)
    recommends_and_decides(bench)
    closes(bench)
    reports_on_the_year(bench)
    row = Complaint.objects.get()
    assert row.ended_on is not None
    assert unequal(row) == []
    assert Served.objects.filter(exception="").values("party").distinct().count() == 2


def registers(bench: Bench) -> None:
    officer = bench.desk("officer")
    officer.page.locator("a[href$='/complaints/new/']").click()
    officer._looks()
    told = {"entity": "University", "name": COMPLAINANT, "defendant": DEFENDANT, "description": STORY}
    fill(officer, "#register", told | {"steps_taken": "none", "language": "English"})
    officer.page.locator("#register button").click()
    expect(officer.page.locator(".errors")).to_be_visible()
    fill(officer, "#register", {"invoked": True})
    officer.page.locator("#register button").click()
    expect(officer.page.locator("#code")).to_be_visible()
    officer._looks()
    officer.page.locator("main a.btn").click()
    expect(officer.page.locator("#file-of")).to_be_visible()
    bench.address = officer.page.url
    officer.sees(COMPLAINANT, DEFENDANT, "Hearing the complainant and the defendant")._looks()


def tells_both_sides(bench: Bench) -> None:
    bench.letter("officer", "receipt", party=COMPLAINANT, how="confirmation")
    bench.step("officer", "receipt_sent")
    invited = bench.does("officer", "invite")
    expect(invited.page.locator("#number")).to_be_visible()
    bench.letter("officer", "information_complainant", how="own letter")
    bench.letter("officer", "information_defendant", how="own letter")
    bench.step("officer", "rights_told")
    bench.deed("officer", "serve", papers=["Letter of complaint"])


def asks_a_committee(bench: Bench) -> None:
    for key, role in (("petra portfolio", "Portfolio holder"), ("boris board", "Executive")):
        bench.deed("officer", "appoint", seat=f"{key.title()}: {role}")
    bench.step("officer", "handed_over")
    bench.step("petra portfolio", "informal_impossible", **{"part-reasons": "They do not want it."})
    for key, role in ((SECRETARY, "Secretary"), (CHAIR, "Chair"), *((one, "Member") for one in MEMBERS)):
        bench.deed("officer", "appoint", seat=f"{key.title()}: {role}")
        asked = bench.desk(key).goes("complaints/").sees(COMPLAINANT, DEFENDANT)
        expect(asked.page.locator("table")).to_have_count(0)
        fill(asked, "section.next", {"answer": "yes"})
        asked.page.locator("section.next button").click()
        expect(asked.page.locator(".done")).to_be_visible()
        bench.deed("officer", "admit")
    bench.step("officer", "committee_appointed", **{"part-consulted": "With the board and the committee."})
    bench.step("petra portfolio", "referred")


def hears(bench: Bench) -> None:
    bench.step(CHAIR, "admissible")
    hearing = {"hearing_on": "2026-12-01"}
    for side in ("complainant", "defendant"):
        known = {f"known-{name}": value for name, value in hearing.items()}
        known |= {"known-hearing_at": "10:00", "known-hearing_place": "Room 4"}
        bench.letter(SECRETARY, f"invitation_{side}", how="own invitation", **known)
    told = {"part-complaint_copy": "The letter", "part-documents_list": "The letter"}
    bench.step(SECRETARY, "invited", **told)
    present = [SECRETARY.title(), CHAIR.title(), MEMBERS[0].title(), COMPLAINANT, DEFENDANT]
    refused = bench.does(SECRETARY, "step-complainant_heard", present=present[1:])
    refused.sees("A hearing counts with the secretary")._looks()
    for side in ("complainant", "defendant"):
        bench.step(SECRETARY, f"{side}_heard", present=present)
    bench.deed(SECRETARY, "file", kind="eport", title="Report of the hearing", text="What was said.", within="draft")
    bench.deed(CHAIR, "approve", paper="Report of the hearing")
    bench.deed(SECRETARY, "serve", papers=["Report of the hearing"])
    bench.step(SECRETARY, "report_sent")


def recommends_and_decides(bench: Bench) -> None:
    said = {"part-nature": "Shouting.", "part-affected": "The group.", "part-reasoning": "Two people heard it."}
    said |= {"part-measures": "A talk, and coaching."}
    bench.letter(CHAIR, "recommendation", **said, **{"part-finding": "Founded.", "facts": ["founded"]})
    founded = {"part-finding": ["Founded"], "part-aftercare": "After three months."}
    bench.step(CHAIR, "recommended", **said, **founded)
    bench.step("officer", "recommendation_received")
    beside = "Shouting | founded | follows"
    known = {"known-beside": beside, "known-addressees": f"{COMPLAINANT}\n{DEFENDANT}"}
    bench.letter("boris board", "decision", **{"part-decision": "We follow.", **known})
    bench.step("boris board", "decided", **{"part-decision": "We follow.", "part-decided_measures": "A talk."})


def closes(bench: Bench) -> None:
    early = bench.does("officer", "step-outcome_sent")
    early.sees("Not everybody on the list")._looks()
    bench.deed("officer", "serve", papers=["Recommendation on the complaint", "Decision on the complaint"])
    bench.step("officer", "outcome_sent")
    both = {"known-recipient": f"{COMPLAINANT}, {DEFENDANT}"}
    bench.letter("officer", "closing", how="both sides at once", **both)
    bench.step("officer", "closed")
    as_on_a_telephone(bench)


def reports_on_the_year(bench: Bench) -> None:
    desk = bench.desk("officer")
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.language = "en"
    desk.goes("complaints/yearly/")
    desk.page.locator("main form button").first.click()
    desk.page.locator("[name=learned_en]").fill("Two of them took long.")
    desk.page.locator("button[value=save]").click()
    desk.sees("Recorded.", "A small number.", "This is not shown yet.")._looks()
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk._looks()
    desk.page.locator("#finish button").click()
    desk.sees("not sent yet", "yearly-nl.pdf")._looks()


def as_on_a_telephone(bench: Bench) -> None:
    desk = bench.desk("officer")
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.language = "nl"
    for path in ("complaints/", "complaints/new/", bench.address.partition("/desk/")[2]):
        desk.goes(path)
    desk.page.locator("main a[href*='/paper/']").first.click()
    expect(desk.page.locator("#words")).to_be_visible()
    desk._looks()
