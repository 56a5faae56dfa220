"""What is looked at on every page of every story, once for each width and language."""

from playwright.sync_api import Page, expect

from tests.browser import judged

type Glance = tuple[str, str, int]
_seen: set[Glance] = set()


def look(page: Page) -> None:
    """axe finds nothing, nothing sticks out at the side, and there is one heading."""
    expect(page.locator("main h1").first).to_be_visible()
    width = page.viewport_size["width"] if page.viewport_size else 0
    glance = (page.locator("html").get_attribute("lang") or "", page.locator("h1").first.inner_text(), width)
    if glance in _seen:
        return
    _seen.add(glance)
    found = judged(page)
    wrong = [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]]
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (glance, wrong, wide, page.locator("h1").count()) == (glance, [], 0, 1)
    assert found["passes"]
