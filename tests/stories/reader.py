"""Somebody of the contact point at the desk, in a browser."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from haven.people.adapter import current_code, give_totp, has_second_factor
from haven.vault import unlocking
from tests.institution import PASSPHRASE, Person
from tests.stories.looking import look

PASSWORD = "a password of a story"


@dataclass
class Reader:
    page: Page
    person: Person
    language: str = "en"
    scripts: bool = True

    def signs_in(self) -> "Reader":
        """By hand: password, second factor, passphrase."""
        self.person.user.set_password(PASSWORD)
        self.person.user.save()
        give_totp(self.person.user)
        self.page.goto(f"/{self.language}/desk/")
        self._fills(login=self.person.user.email, password=PASSWORD)
        self._fills(code=current_code(self.person.user))
        self._fills(secret=PASSPHRASE)
        expect(self.page.locator("nav.tabs")).to_be_visible()
        return self._looks()

    def sits_down(self, home: str) -> "Reader":
        """With the cookies of somebody who did all that before."""
        if not has_second_factor(self.person.user):
            give_totp(self.person.user)
        client, keyring = Client(), self.person.keyring
        assert keyring is not None
        client.force_login(self.person.user)
        unlocked = unlocking.open_session(self.person.user.key_bundles.get(), keyring)
        cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        cookies |= {settings.UNLOCK_COOKIE_NAME: unlocked}
        self.page.context.add_cookies([{"name": name, "value": value, "url": home} for name, value in cookies.items()])
        return self.goes("")

    def goes(self, path: str) -> "Reader":
        self.page.goto(f"/{self.language}/desk/{path}")
        return self._looks()

    def opens_the_only_case(self) -> str:
        """Its address. Fails when there is none, or more than one."""
        self.goes("")
        link = self.page.locator("table a[href*='/case/']")
        expect(link).to_have_count(1)
        link.click()
        expect(self.page.locator("#report")).to_be_visible()
        self._looks()
        return self.page.url

    def does(self, deed: str, **fields: str) -> None:
        """Fill in the form of a deed and send it; the page says that it was done."""
        form = self.page.locator(f"form[action$='/{deed.replace('_', '-')}/']")
        folded = self.page.locator(f"details#{deed}:not([open]) > summary")
        if folded.count():
            folded.click()
        for name, value in fields.items():
            box = form.locator(f"[name={name}]").first
            if box.get_attribute("type") == "radio":
                form.locator(f"label:has(input[name={name}][value='{value}'])").click()
            elif box.evaluate("one => one.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        form.locator("button").last.click()
        expect(
            self.page.locator(".done" if deed != "reveal" else "#who ~ dl, [aria-labelledby=who] dl")
        ).to_be_visible()
        self._looks()

    def sees(self, *words: str) -> "Reader":
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)
        return self

    def _fills(self, **fields: str) -> None:
        form = self.page.locator("form", has=self.page.locator(f"[name={next(iter(fields))}]:visible"))
        for name, value in fields.items():
            form.locator(f"[name={name}]").fill(value)
        self._looks()
        form.locator("button.btn").click()

    def _looks(self) -> "Reader":
        if self.scripts:
            look(self.page)
        return self


def reader(context: BrowserContext, person: Person, home: str, language: str = "en", *, width: int = 1280) -> Reader:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    return Reader(page, person, language).sits_down(home)
