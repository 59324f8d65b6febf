"""Finds a Chromium or Chrome for the tests, or gets one; prints its path.

In this order: one that is there; Playwright's own installer; as root, the system's package manager; else one
sentence with the command to type. Never sudo.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable

import programs
from programs import Which, Works, starts

# The headless shell first: it opens a page in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MANAGERS = {
    "apt-get": ["apt-get install -y chromium", "apt-get install -y chromium-headless-shell", "apt-get update -q"],
    "dnf": ["dnf install -y chromium"],
    "apk": ["apk add chromium"],
    "pacman": ["pacman -S --noconfirm chromium"],
    "zypper": ["zypper --non-interactive install chromium"],
}

# As root there is no sandbox; without the rest Chromium calls home at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def there(which: Which = shutil.which, places: Iterable[str] = PLACES, works: Works = starts) -> str | None:
    """The path of a browser on this machine; CHROMIUM in the environment comes first."""
    candidates = [
        os.environ.get("CHROMIUM"),
        *(which(name) for name in NAMES),
        *(p for p in places if os.path.exists(p)),
        _playwrights(),
    ]
    return programs.first(candidates, works)


def command(which: Which = shutil.which) -> str:
    """The one command that a person without root can type to get a browser on this machine."""
    return programs.command(MANAGERS, "install Chromium or Google Chrome from its maker's site", which)


def get() -> str | None:
    """Install a browser with Playwright, or as root with the system's package manager; its path, or None."""
    programs.say("Getting a browser for the tests (once) ...")
    programs.run([sys.executable, "-m", "playwright", "install", "chromium"])
    return there() or programs.install(MANAGERS, there)


def _playwrights() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            return playwright.chromium.executable_path
    except Exception:  # no Playwright, or none for this system: then it has no browser either
        return None


def main() -> int:
    """Print the browser's path; returns 1 after saying what to type when there is none to be had."""
    path = there() or get()
    print(path or f"The tests need a browser and none could be installed. To mend, type: {command()}")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
