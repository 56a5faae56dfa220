"""What is looked at on every page of every story, once in a run for each width and language."""

from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import judged

type Glance = tuple[str, str, int]
seen = Path()  # a folder that the workers of this run share: see conftest.py


def is_first(glance: Glance) -> bool:
    """Nobody of this run looked here yet."""
    try:
        (seen / sha256(repr(glance).encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def look(page: Page) -> None:
    """axe finds nothing, nothing sticks out at the side, and there is one heading."""
    expect(page.locator("main h1").first).to_be_visible()
    width = page.viewport_size["width"] if page.viewport_size else 0
    glance = (page.locator("html").get_attribute("lang") or "", page.locator("h1").first.inner_text(), width)
    if not is_first(glance):
        return
    found = judged(page)
    wrong = [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]]
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (glance, wrong, wide, page.locator("h1").count()) == (glance, [], 0, 1)
    assert found["passes"]
