"""Finds a program that the tests need, or gets it: what tools/browser.py and tools/nginx.py share.

In this order: one that is there and works; as root, the system's package manager; else one sentence with the command
to type. Never sudo.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

Which = Callable[[str], "str | None"]
Works = Callable[[str], bool]
# Package manager: its commands, from the last to the first; the first is the one that a person is told.
Managers = Mapping[str, Sequence[str]]


def starts(path: str, option: str = "--version") -> bool:
    """Whether the program at `path` starts (a package may leave an empty shell behind)."""
    try:
        return subprocess.run([path, option], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def first(candidates: Iterable[str | None], works: Works = starts) -> str | None:
    """The first of the paths where a program is that works, or None."""
    return next((path for path in candidates if path and works(path)), None)


def command(managers: Managers, otherwise: str, which: Which = shutil.which) -> str:
    """The one command that a person without root can type; otherwise: what to do where no manager of ours is."""
    for name, commands in managers.items():
        if which(name):
            # Homebrew refuses to run as root.
            return commands[0] if name == "brew" else f"sudo {commands[0]}"
    return otherwise


def install(managers: Managers, there: Callable[[], str | None], which: Which = shutil.which) -> str | None:
    """As root have the system's package manager install it; what `there` then finds. Without root: None."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    commands = next((commands for name, commands in managers.items() if name != "brew" and which(name)), ())
    for line in reversed(commands):
        run(line.split())
        if path := there():
            return path
    return None


def run(arguments: list[str]) -> None:
    """Run it without a word; whether it helped is seen by looking for the program."""
    subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900, check=False)


def say(what: str) -> None:
    """Tell a person at the terminal what takes long; stdout is for the path."""
    print(what, file=sys.stderr, flush=True)
