"""Two other ways in which a procedure begins, in a browser: what the contact point referred becomes a letter that was
signed; and the board asks for an investigation of which there is no complainant."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from haven.complaints.models import Complaint
from tests.desk.test_beginnings import AGREED, refer
from tests.proves import proves
from tests.stories.test_formal_complaint import Bench, bench, fill  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@proves("R-001-10", "R-001-37")
def test_a_referral_becomes_a_complaint_and_a_request_becomes_an_investigation(bench: Bench) -> None:  # noqa: F811  the fixture
    refer(bench.court)
    carries_over(bench)
    asks_for_an_investigation(bench)
    assert Complaint.objects.count() == 2


def carries_over(bench: Bench) -> None:  # noqa: F811  the fixture
    officer = bench.desk("officer").goes("complaints/")
    officer.page.locator("a[href*='/complaints/from/']").click()
    officer.sees(AGREED, "Vera Klager")._looks()
    officer.page.locator("#carry > summary").click()
    told = {"entity": "University", "defendant": "Anton Beklaagd", "steps_taken": "none", "language": "English"}
    fill(officer, "#carry", told | {"signed_on": localdate().isoformat(), "invoked": True})
    officer.page.locator("#carry button").click()
    expect(officer.page.locator(".errors")).to_be_visible()
    officer._looks()
    fill(officer, "#carry", {"told_named": True})
    officer.page.locator("#carry button").click()
    expect(officer.page.locator("#code")).to_be_visible()


def asks_for_an_investigation(bench: Bench) -> None:  # noqa: F811  the fixture
    officer = bench.desk("officer").goes("complaints/")
    officer.page.locator("a[href$='/complaints/request/']").click()
    officer._looks()
    told = {"entity": "University", "requested_by": "Executive Board", "description": "The culture of one group"}
    fill(officer, "#request", told | {"about": "Anton Beklaagd", "language": "English"})
    officer.page.locator("#request button").click()
    expect(officer.page.locator("#file-of")).to_be_visible()
    bench.address = officer.page.url
    officer.sees("The board asks for an investigation, without a complaint")._looks()
    bench.deed("officer", "appoint", seat="Boris Board: Executive")
    bench.step("boris board", "measure_taken", **MEASURE)
    bench.opens("officer").sees("It is necessary for the wellbeing of the complainant")


MEASURE = {
    "part-asked_by": ["The committee"],
    "part-measure_ground": ["wellbeing of the complainant"],
    "part-measure": "Another room",
}
