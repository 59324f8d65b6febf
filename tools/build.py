"""Builds the site aside and puts it in place only when every check has passed: `site/` is never half a site.

A build that was killed leaves the last site, or for a moment none; the next one clears up and brings it back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import publish

with contextlib.suppress(ImportError):  # Windows has none; there two builds at once are not kept apart
    import fcntl

ASIDE = Path(".build")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Waits until no other build is at work in this folder. The system lets go when a build ends, however it ends."""
    ASIDE.mkdir(parents=True, exist_ok=True)
    with (ASIDE / "lock").open("w") as lock:
        if "fcntl" in globals():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                print("Another build is at work here; waiting for its end.", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def kept(target: Path) -> Path:
    """Where the last good folder `target` waits while a new one takes its place."""
    return ASIDE / f"last-{target.name}"


def heal(target: Path) -> None:
    """Bring back what a killed build has left aside, and clear away its unfinished work."""
    if kept(target).exists() and not target.exists():
        kept(target).rename(target)
    for left in (kept(target), *ASIDE.glob("fresh-*")):
        shutil.rmtree(left, ignore_errors=True)


def swap(fresh: Path, target: Path) -> None:
    """Put the folder `fresh` in the place of `target`, with two renames. Both lie on one file system."""
    if target.exists():
        target.rename(kept(target))
    fresh.rename(target)
    shutil.rmtree(kept(target), ignore_errors=True)


def main(target: str | None) -> int:
    """Build with --strict; with a `target` folder swap the result in. Returns the exit code of the build.

    Never -q or -v with --strict: MkDocs then lets warnings pass.
    """
    with alone():
        site = Path(target) if target else None
        heal(site or Path("site"))
        fresh = ASIDE / f"fresh-{os.getpid()}"
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
        code = subprocess.run(command).returncode
        if code == 0 and site:
            publish.finish(fresh, Path(), ASIDE / "packed")
            swap(fresh, site)
            print(f"The site is in {site}/.")
        shutil.rmtree(fresh, ignore_errors=True)
        return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
