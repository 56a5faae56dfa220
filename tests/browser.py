"""A real Chromium: found, or installed, or else the test fails. Never skipped. And axe, which judges a page in it."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DEBIAN = "/usr/bin/chromium"
JUDGE = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]})
    return {violations: found.violations, passes: found.passes.length}
}"""
ANSWERED = re.compile(r"^Failed to load resource: the server responded with a status of 4\d\d")  # a test looks at those


@cache
def find() -> str | None:
    """Where Chromium is. None means the one that Playwright installed and finds itself."""
    for place in (os.environ.get("CHROMIUM", ""), DEBIAN):
        if place and Path(place).exists():
            return place
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "update", "-q")
        _run("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium")
        return DEBIAN
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    return None


def arguments() -> list[str]:
    """Root cannot have Chromium's sandbox; anybody else keeps it."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def watch(context: BrowserContext, home: str, complaints: list[str]) -> None:
    """Collect errors of the console and of scripts, and requests that leave the site (following a link is none)."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not ANSWERED.match(message.text):
            complaints.append(f"console: {message.text}")

    def request(asked: Request) -> None:
        if not asked.is_navigation_request() and not asked.url.startswith((home, "data:", "blob:")):
            complaints.append(f"asked somebody else: {asked.url}")

    def weberror(error: WebError) -> None:
        complaints.append(f"script: {error.error}")

    context.on("console", console)
    context.on("request", request)
    context.on("weberror", weberror)


def assert_accessible(page: Page, response: Response | None, *, shows: str, status: int = 200) -> None:
    """axe finds nothing on this page. First the page is shown to be the one that was meant: `shows` is a selector."""
    assert response is not None
    assert response.status == status
    assert page.locator(shows).first.is_visible(), f"{shows} is not on {page.url}"
    assert AXE.exists(), "axe-core is missing: run `npm ci`."
    found = judged(page)
    assert found["passes"], "axe looked at nothing"
    assert [_told(one) for one in found["violations"]] == []


def judged(page: Page) -> dict[str, Any]:
    """What axe says of this page: every violation with its places, and how many rules passed. The places where a rule
    passed are hundreds on a page; to describe them and bring them here took most of the time of a look."""
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate(JUDGE)
    return found


@cache
def _axe() -> str:
    return AXE.read_text()


def _told(violation: dict[str, Any]) -> str:
    places = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} ({places})"


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
