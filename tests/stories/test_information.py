"""Three people find what they came for, with the keyboard, on a telephone, without scripts; and somebody to talk to."""

import pytest
from playwright.sync_api import Page, ViewportSize

from haven.config.demo import helping, writing
from haven.voices.models import Tally
from tests.conftest import NewContext
from tests.live import Site
from tests.proves import proves
from tests.stories.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALSO = (
    "/nl/vragen-en-antwoorden/",
    "/en/topics/saying-something-when-you-see-something/",
    "/en/what-do-you-think/not-my-business/",
    "/en/what-do-you-think/not-my-business/?view=poster",
    "/en/about/definition/",
    "/en/about/accessibility/",
    "/en/what-we-agreed/integrity-code/",
    "/en/what-we-agreed/what-works-here-and-elsewhere/",
    "/nl/wat-we-afspraken/alles-op-een-pagina-intimidatie-en-seksueel-wangedrag/",
)
PHONE: ViewportSize = {"width": 390, "height": 844}
FOCUSED = "() => document.activeElement.textContent.trim()"


class Visitor:
    """Presses Tab until what they look for has the focus, and then Enter. `twin` shows axe, a script, the same page."""

    def __init__(self, new_context: NewContext, twin: Page, start: str) -> None:
        self.page = new_context(java_script_enabled=False).new_page()
        self.page.set_viewport_size(PHONE)
        self.twin = twin
        self.page.goto(start)
        self.look()

    def chooses(self, words: str) -> "Visitor":
        before = self.page.url
        for _press in range(150):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED).startswith(words):
                break
        else:
            raise AssertionError(f"“{words}” cannot be reached with the keyboard on {before}")
        self.page.keyboard.press("Enter")
        if self.page.locator("details:has(summary:focus)").count() == 0:
            self.page.wait_for_url(lambda url: url != before)
            self.look()
        return self

    def reads(self, *words: str) -> "Visitor":
        for one in words:
            assert self.page.get_by_text(one).first.is_visible(), f"“{one}” is not to be read on {self.page.url}"
        return self

    def look(self) -> None:
        if "/choose/2-" not in self.page.url:  # one question looks like the other
            self.twin.goto(self.page.url)
            look(self.twin)


@proves("R-004-04", "R-004-14", "R-004-15", "R-004-21", "R-004-47", "R-004-53", "R-004-54", "R-003-14")
def test_a_student_in_doubt_a_teacher_and_somebody_accused_each_find_somebody(
    site: Site, new_context: NewContext
) -> None:
    writing.write()
    helping.write()
    twin = new_context().new_page()
    twin.set_viewport_size(PHONE)

    visitors = [
        a_student_in_doubt(Visitor(new_context, twin, "/nl/")),
        a_teacher(Visitor(new_context, twin, "/en/")),
        somebody_accused(Visitor(new_context, twin, "/en/help/accused/?for=staff")),
    ]
    for address in ALSO:
        found = twin.goto(address)
        assert (address, found is not None and found.status) == (address, 200)
        look(twin)
    assert [sum(one.votes) for one in Tally.objects.all()] == [2]
    assert [visitor.page.context.cookies() for visitor in visitors] == [[], [], []]


def a_student_in_doubt(student: Visitor) -> Visitor:
    student.chooses("Voor studenten")
    student.chooses("Ik twijfel of het erg genoeg is").reads("Wij vragen niet hoe erg het was.")
    student.chooses("Het is mij overkomen").chooses("Neem je gevoel serieus").reads("niet dat het jouw schuld is")
    student.chooses("Help me kiezen").chooses("Nee").chooses("Ik studeer").chooses("Mij overkomt iets")
    student.chooses("Praten, zonder").reads("Vertrouwenspersoon voor studenten")
    student.chooses("English").reads("Confidential counsellor for students")
    return student


def a_teacher(teacher: Visitor) -> Visitor:
    teacher.chooses("For lecturers")
    teacher.chooses("Someone confided in me").chooses("Consult without names").reads("We do not ask who it is about.")
    teacher.page.goto("/en/for-lecturers-supervisors-and-managers/")
    teacher.chooses("Toolkit").chooses("The plan").reads("15 minutes")
    for page in (teacher.page, teacher.twin):  # one press, and it is counted
        page.goto("/en/what-do-you-think/not-my-business/")
        page.get_by_role("button", name="I disagree", exact=True).press("Enter")
        page.wait_for_url("**/input/vote/")
    look(teacher.twin)
    teacher.page.goto("/nl/help/other/?for=role_model")
    teacher.chooses("Overleg zonder namen").reads("Wij vragen niet om wie het gaat.")
    return teacher


def somebody_accused(accused: Visitor) -> Visitor:
    accused.chooses("Do not go looking").reads("because of a report is not allowed")
    accused.chooses("Occupational social work").reads("your work no longer goes well")
    address = accused.page.locator(".more-body").nth(1).get_attribute("id")
    accused.page.goto(f"/en/help/accused/?for=staff#{address}")
    accused.reads("What did the other notice?")
    accused.page.goto("/nl/help/accused/?for=staff")
    accused.chooses("Ga niet op zoek").reads("om een melding is niet toegestaan")
    accused.page.goto("/en/questions-and-answers/#q-what-if-i-change-my-mind")  # behind “more questions”
    assert accused.page.locator("#q-what-if-i-change-my-mind p").first.is_visible()
    accused.chooses("Report or ask")
    assert "/en/contact/" in accused.page.url
    return accused
