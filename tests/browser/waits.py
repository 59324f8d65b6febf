"""Waiting in a page whose policy lets no text be run as a script, as Playwright's wait_for_function does."""

import time

from playwright.sync_api import Page


def until(page: Page, expression: str, seconds: float = 15) -> None:
    """Ask the page again and again until the JavaScript expression is true. Fails after so many seconds."""
    end = time.monotonic() + seconds
    while not page.evaluate(f"Boolean({expression})"):
        assert time.monotonic() < end, f"still not: {expression}"
        page.wait_for_timeout(30)
