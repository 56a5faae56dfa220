"""Somebody who got a letter, in a browser. Finds everything by what it is, so that every language goes alike."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.complaints.court import PASS
from tests.stories.looking import look


@dataclass
class Letter:
    """`name` is for pictures of the pages (SHOTS). `twin`: a page that runs scripts, as axe does, for one that does
    not: it is shown what this one shows, as far as an address leads there."""

    page: Page
    name: str
    language: str = "nl"
    twin: Page | None = None

    def opens_the_door(self) -> "Letter":
        self.page.goto(f"/{self.language}/letter/")
        return self.looks("enter")

    def comes_first(self, number: str, code: str) -> str:
        """With the code of the letter; gives the recovery code that is shown once."""
        self.goes("/letter/first/")
        self.looks("first")
        self.page.fill("#id_number", number)
        self.page.fill("#id_code", code)
        self.page.fill("#id_passphrase", PASS)
        self.page.fill("#id_again", PASS)
        self.presses("main form .btn")
        self.looks("recovery")
        recovery = self.page.locator("output#code").inner_text()
        self.goes("/letter/open/")
        return recovery

    def comes_back(self, number: str) -> "Letter":
        self.opens_the_door()
        self.page.fill("#id_number", number)
        self.page.fill("#id_secret", PASS)
        self.presses("main form .btn")
        return self.looks("open")

    def accepts(self) -> "Letter":
        self.looks("confidential")
        self.page.check("#accept")
        self.presses("main form .btn")
        return self.looks("open")

    def goes(self, address: str) -> "Letter":
        """By a link on the page, the first that leads there."""
        self.page.locator(f"main a[href$='{address}'], main a[href*='{address}#']").first.click()
        return self

    def presses(self, button: str) -> None:
        self.page.locator(button).first.click()

    def looks(self, what: str) -> "Letter":
        if self.twin is None:
            look(self.page)
        elif "-" not in what:  # the same page again, with something in it, looks the same to axe
            self.twin.context.add_cookies(self.page.context.cookies())  # type: ignore[arg-type]  # as they come out
            self.twin.goto(self.page.url)
            look(self.twin)
        expect(self.page).to_have_title(re.compile("^Contact$"))
        if folder := os.environ.get("SHOTS"):
            self.page.screenshot(path=Path(folder) / f"{self.name}-{what}.png", full_page=True)
        return self

    @property
    def said(self) -> str:
        return self.page.locator("main").inner_text()
