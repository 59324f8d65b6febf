"""How long the builds take, each as a process of its own, and how soon `make serve` shows a change."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import copying

OURS = [sys.executable, "tools/build.py", "site"]
PLAIN = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "plain.yml", "-d", "plain-site"]
PATIENCE = 600  # seconds
PAGE, ADDRESS = "docs/conditions/ptsd.md", "conditions/ptsd/"


@dataclass(frozen=True)
class Time:
    """Seconds. wall: on the clock; busy: of the processor, which depends less on what else the machine does."""

    wall: float
    busy: float


@dataclass(frozen=True)
class Built:
    """pages: how many; times: site -> (first build, second build)."""

    pages: int
    times: dict[str, tuple[Time, Time]]


def _busy() -> float:
    # Of all processes that this one has started and that have ended, and of theirs.
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(command: Sequence[str], root: Path) -> Time:
    """How long a build takes as a process in `root`. Raises RuntimeError, with what it said, where it fails."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    busy, begun = _busy(), time.perf_counter()
    done = subprocess.run(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    taken = Time(time.perf_counter() - begun, _busy() - busy)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stdout[-4000:]}")
    return taken


def prepare(root: Path, folder: Path, factor: int) -> int:
    """A fresh copy of the project in `folder` with `factor` times the pages, for both themes; how many pages it has."""
    copying.copy(root, folder)
    pages = len(copying.sources(folder / "docs"))
    if factor > 1:
        copying.extend(folder, pages * (factor - 1))
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "plain.yml").write_text(copying.plain_config(config), encoding="utf-8")
    return pages * factor


def builds(root: Path, folder: Path, factor: int, say: Callable[[str], None]) -> Built:
    """Build both sites twice in a fresh copy; `say` is told what is being done."""
    pages = prepare(root, folder, factor)
    times = {}
    for name, command in (("plain", PLAIN), ("ours", OURS)):
        say(f"building {name}, {pages} pages, cold and warm")
        times[name] = (run(command, folder), run(command, folder))
    return Built(pages, times)


def free_port() -> int:
    """A port of this machine on which nothing listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def served(address: str, words: str, patience: float = PATIENCE) -> None:
    """Wait until the page at `address` holds the words. Raises TimeoutError after `patience` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=patience) as answer:
                if words in answer.read().decode("utf-8"):
                    return
        except (urllib.error.URLError, ConnectionError):
            pass  # not up yet
        time.sleep(0.05)
    raise TimeoutError(f"'{words}' was not served within {patience:g} seconds")


def saved_to_served(root: Path) -> float:
    """Seconds from saving a changed page of the copy in `root` until `make serve`'s program serves the change."""
    port = free_port()
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "tools/serve.py", str(port)]
    server = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        served(f"http://127.0.0.1:{port}/{ADDRESS}", "</html>")
        time.sleep(2)  # until it watches the files
        page = root / PAGE
        changed = page.read_text(encoding="utf-8") + "\nThe bench wrote this sentence.\n"
        begun = time.perf_counter()
        page.write_text(changed, encoding="utf-8")
        served(f"http://127.0.0.1:{port}/{ADDRESS}", "The bench wrote this sentence.")
        return time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait(timeout=30)
