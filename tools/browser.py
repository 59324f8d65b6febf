"""Finds a Chromium or Chrome for the tests, or gets one; prints its path.

In this order: one that is there; Playwright's own installer; as root, the system's package manager; else one
sentence with the command to type. Never sudo.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable

# The headless shell first: it opens a page in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MANAGERS = {
    # From the last to the first, until there is a browser.
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

Which = Callable[[str], "str | None"]


def starts(path: str) -> bool:
    """Whether the browser at `path` starts (a package may leave an empty shell behind)."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def there(
    which: Which = shutil.which, places: Iterable[str] = PLACES, works: Callable[[str], bool] = starts
) -> str | None:
    """The path of a browser on this machine; CHROMIUM in the environment comes first."""
    candidates = [
        os.environ.get("CHROMIUM"),
        *(which(name) for name in NAMES),
        *(p for p in places if os.path.exists(p)),
        _playwrights(),
    ]
    return next((path for path in candidates if path and works(path)), None)


def command(which: Which = shutil.which) -> str:
    """The one command that a person without root can type to get a browser on this machine."""
    for name, commands in MANAGERS.items():
        if which(name):
            return f"sudo {commands[0]}"
    return "install Chromium or Google Chrome from its maker's site"


def get() -> str | None:
    """Install a browser with Playwright, or as root with the system's package manager; its path, or None."""
    print("Getting a browser for the tests (once) ...", file=sys.stderr, flush=True)
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    path = there()
    if not path and hasattr(os, "geteuid") and os.geteuid() == 0:
        for line in reversed(next((commands for name, commands in MANAGERS.items() if shutil.which(name)), [])):
            _run(line.split())
            if path := there():
                break
    return path


def _playwrights() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            return playwright.chromium.executable_path
    except Exception:  # no Playwright, or none for this system: then it has no browser either
        return None


def _run(arguments: list[str]) -> None:
    subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900, check=False)


def main() -> int:
    """Print the browser's path; returns 1 after saying what to type when there is none to be had."""
    path = there() or get()
    print(path or f"The tests need a browser and none could be installed. To mend, type: {command()}")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
