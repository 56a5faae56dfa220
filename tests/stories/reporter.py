"""Somebody at the reporter's door, in a browser. Finds everything by what it is, so that every language goes alike."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from haven.rulebook import shelf
from haven.rulebook.questions import Kind, Question
from tests.stories.looking import look

ON = "main button[value=next]:visible"
SEND = "main button[value=send]"
CHANGE = "main button[value^=change-]"


@dataclass
class Reporter:
    """`scripts`: whether this browser runs any. `passed`: the pages so far."""

    page: Page
    language: str = "en"
    scripts: bool = True
    passed: list[str] = field(default_factory=list)

    def opens_the_door(self) -> "Reporter":
        self.page.goto(f"/{self.language}/contact/")
        return self._looks()

    def goes_on_to(self, end: str, **answers: Any) -> "Reporter":
        """Answers where there is an answer, passes where there is none, until the page `end`."""
        for _page in range(40):
            where = self.where
            self.passed.append(where)
            if where == end:
                return self
            self._fills_in(where, answers.get(where))
            self.presses(ON)
        raise AssertionError(f"never came to {end}, but past {self.passed}")

    def presses(self, button: str) -> None:
        """Press it, and wait for another page."""
        heading = self.heading
        self.page.locator(button).click()
        expect(self.page.locator("h1").first).not_to_have_text(heading)
        self._looks()

    def sends(self) -> str:
        """The code, read from the page before sending."""
        code = self.code
        self.presses(SEND)
        assert self.code == code
        return code

    def strikes_out(self, *names: str) -> "Reporter":
        self._ticks("readers", names)
        return self

    def leaves(self, how: str) -> None:
        """By the link, or by a key that is pressed three times. Where it leads to is not visited, only asked."""

        def stay(route: Route) -> None:
            answer = route.fetch(max_redirects=0)
            assert answer.headers["location"] == shelf.current().institution.exit_address
            route.fulfill(status=200, headers=answer.headers, body="<title>Weather</title>")

        self.page.route("**/exit/", stay)
        if how == "link":
            self.page.locator("aside.leave a[data-leave]").click()
        else:
            for _time in range(3):
                self.page.keyboard.press(how)
        expect(self.page).to_have_title("Weather")

    def returns_with(self, code: str) -> "Reporter":
        self.page.goto(f"/{self.language}/contact/mailbox/")
        self._looks()
        self.page.fill("#code", code)
        self.page.locator("main form .actions button").click()
        expect(self.page.locator("#code")).to_have_count(0)
        return self._looks()

    def writes(self, words: str, *files: Path) -> None:
        self.page.fill("#words", words)
        if files:
            self.page.set_input_files("#files", files)
        self.page.locator("#write .actions button").click()
        expect(self.page.locator("#words")).to_have_value("")

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    @property
    def code(self) -> str:
        return self.page.locator("output#code").inner_text()

    @property
    def talk(self) -> str:
        return self.page.locator("#talk").inner_text()

    @property
    def where(self) -> str:
        """The key of the question, or the name of one of the other pages."""
        marks = {"keeper": "input[name=keeper]", "readers": "input[name=strike]", "code": SEND, "check": CHANGE}
        asked = {question.asks.say(self.language): question.key for question in shelf.current().intake.every}
        found = asked.get(self.heading)
        return found or next((name for name, mark in marks.items() if self.page.locator(mark).count()), "start")

    def _fills_in(self, where: str, answer: Any) -> None:
        question = shelf.current().intake.question(where)
        if question is None:
            self._ticks(where, answer)
        elif answer:
            self._answers(question, answer)

    def _ticks(self, where: str, answer: Any) -> None:
        """The names of people, as the page shows them."""
        kind = {"readers": "strike", "keeper": "keeper"}.get(where, "")
        for name in answer or ():
            self.page.locator(f"label:has(input[name={kind}])", has_text=name).click()

    def _answers(self, question: Question, answer: Any) -> None:
        if question.kind is Kind.FILES:
            self.page.set_input_files("#files", answer)
            self.page.locator("main button[value=add]").click()
            expect(self.page.locator("ul.files li")).to_have_count(len(answer))
        elif question.kind in {Kind.WORDS, Kind.STORY}:
            self.page.fill("#words", answer)
        else:
            for option in [answer] if isinstance(answer, str) else answer:
                self.page.locator(f"label:has(input[name=choice][value={option}])").click()

    def _looks(self) -> "Reporter":
        if self.scripts:
            look(self.page)
        return self
