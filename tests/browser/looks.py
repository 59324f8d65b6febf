"""How the browser tests judge a page: the rules of axe-core, and whether it is too wide."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
# WCAG 2.2 A and AA, target sizes among them. Nothing is left out.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MORE = {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": False}}


def violations(page: Page, part: str | None = None, **options) -> list[tuple[str, str, int]]:
    """(rule, the first element's HTML, how many) for each rule broken. part: a selector to look at nothing else."""
    rules = {"runOnly": {"type": "tag", "values": TAGS}, "rules": MORE, "resultTypes": ["violations"], **options}
    found = _AXE.run(page, context=part, options=rules).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:160], len(v["nodes"])) for v in found]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
